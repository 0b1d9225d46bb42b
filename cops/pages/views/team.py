"""The first page of the team: what each app wants done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cops.accounts.perms import team_required
from cops.todo.collecting import collect, count, late


@require_safe
@team_required
def todo(request: HttpRequest) -> HttpResponse:
    """« À traiter », the most urgent first."""
    groups = collect(request.user)
    return render(
        request,
        "cops/pages/todo.html",
        {"groups": groups, "waiting": count(groups), "late": late(groups)},
    )
