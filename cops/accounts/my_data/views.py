"""« Mes données »: seeing, taking away, correcting, leaving, and coming back."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cops.accounts.models import User
from cops.accounts.my_data import emails
from cops.accounts.my_data.archive import my_data_request
from cops.accounts.my_data.departing import DEPARTING
from cops.accounts.my_data.leaving import LastAdministrator, account_leave, account_stay
from cops.accounts.my_data.wording import section
from cops.accounts.perms import sudo_required
from cops.exports import export_address
from cops.http.methods import require_safe
from cops.privacy.departures import DELAY
from cops.privacy.models import Departure
from cops.privacy.reading import told_of
from cops.privacy.registry import declarations

SHOWN = 5  # latest rows of each kind on the page; the copy holds them all


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the portal knows of the person, in plain words."""
    sections = [section(one) for one in told_of(request.user, most=SHOWN)]
    return render(request, "cops/accounts/my_data/home.html", {"sections": sections})


@require_POST
@sudo_required
def copy(request: HttpRequest) -> HttpResponse:
    """Begin the archive, and go to its page."""
    user = _person(request)
    with transaction.atomic():
        export = my_data_request(user=user)
        emails.data_asked(user, export=export)
    return redirect(export_address(export))


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponseBase:
    """What will go, what stays and why; then, on a POST and after a proof, leaving."""
    return _leave(request) if request.method == "POST" else _before_leaving(request)


def _before_leaving(request: HttpRequest) -> HttpResponse:
    theirs = {one.declaration.model: one.total for one in told_of(request.user, most=1)}
    told = [(one, theirs.get(one.model, 0)) for one in declarations()]
    context = {
        "told": [(one, total) for one, total in told if total or one.nobody],
        "days": DELAY.days,
    }
    return render(request, "cops/accounts/my_data/leave.html", context)


@sudo_required
def _leave(request: HttpRequest) -> HttpResponse:
    try:
        account_leave(user=_person(request))
    except LastAdministrator:
        messages.error(
            request,
            "Vous êtes la seule personne à administrer le portail : donnez d’abord ce rôle à "
            "quelqu’un d’autre, puis revenez ici.",
        )
        return redirect("my_data:leave")
    logout(request)
    return redirect("my_data:goodbye")


@login_not_required
@require_safe
def goodbye(request: HttpRequest) -> HttpResponse:
    """It is noted; nothing here says of whom."""
    return render(request, "cops/accounts/my_data/goodbye.html", {"days": DELAY.days})


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """Where a person who is leaving arrives: they may stay."""
    departure = Departure.objects.filter(user=_person(request)).first()
    if departure is None:
        return redirect("my_data:home")
    return render(request, "cops/accounts/my_data/leaving.html", {"departure": departure})


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """No proof is asked: they signed in a moment ago, and nothing is lost by staying."""
    if account_stay(user=_person(request)):
        messages.success(request, "Vous restez : votre compte est comme avant.")
    request.session.pop(DEPARTING, None)
    return redirect("my_data:home")


def _person(request: HttpRequest) -> User:
    # The pages are closed to others: LoginRequiredMiddleware.
    return cast("User", request.user)
