"""« Mon compte », the name, and the page after signing out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cops.accounts.forms.managing import NameForm
from cops.accounts.pages import home_of
from cops.accounts.perms import person_of, team_required
from cops.accounts.services.consents import missing_terms
from cops.accounts.services.people import person_rename
from cops.http.methods import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here."""
    return render(
        request, "cops/accounts/home.html", {"missing": missing_terms(person_of(request))}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """The name that others read."""
    form = NameForm(request.POST or None, instance=person_of(request))
    if request.method == "POST" and form.is_valid():
        person_rename(user=person_of(request), name=form.cleaned_data["display_name"])
        messages.success(request, "Votre nom est enregistré.")
        return redirect("accounts:home")
    return render(request, "cops/accounts/name.html", {"form": form})


@team_required
@require_safe
def team_home(request: HttpRequest) -> HttpResponse:
    """To the first page of the team."""
    return HttpResponseRedirect(home_of(person_of(request)))


@login_not_required
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """It is done: nothing of the session is left here."""
    return render(request, "cops/accounts/signed_out.html")


def to_own_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The admin's page to change one's password is ours."""
    return redirect("account_change_password")
