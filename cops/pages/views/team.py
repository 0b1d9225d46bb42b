"""The first page of the team: what each app wants done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cops.accounts.perms import team_required
from cops.http.methods import require_safe
from cops.mail.enums import SuppressionReason
from cops.mail.suppressions import is_suppressed, suppression_add, suppression_lift
from cops.pages.emails import MORNING
from cops.todo.collecting import collect, count, late


@require_safe
@team_required
def todo(request: HttpRequest) -> HttpResponse:
    """« À traiter », the most urgent first."""
    groups = collect(request.user)
    context = {
        "groups": groups,
        "waiting": count(groups),
        "late": late(groups),
        "mailed": not is_suppressed(request.user.get_username(), MORNING),
    }
    return render(request, "cops/pages/todo.html", context)


@require_POST
@team_required
def morning_choice(request: HttpRequest) -> HttpResponse:
    """Each person says whether they want the morning mail."""
    address = request.user.get_username()
    if request.POST.get("wanted"):
        suppression_lift(address=address, category=MORNING)
        messages.success(request, "Le courriel du matin vous sera envoyé.")
    else:
        suppression_add(address=address, category=MORNING, reason=SuppressionReason.OPT_OUT)
        messages.success(request, "Le courriel du matin ne vous sera plus envoyé.")
    return redirect("pages:todo")
