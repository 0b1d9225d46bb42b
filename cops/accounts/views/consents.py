"""The terms of use, and what the person agreed to."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cops.accounts.models import Consent
from cops.accounts.pages import home_of
from cops.accounts.perms import person_of
from cops.accounts.purposes import TERMS, Purpose, find_purpose, purposes
from cops.accounts.services.consents import (
    consent_give,
    consent_withdraw,
    has_consented,
    missing_terms,
)
from cops.http.methods import require_safe
from cops.http.redirects import safe_redirect
from cops.pagecache import cached_page


@login_not_required
@cached_page()
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of use, for everybody to read."""
    crumbs = [("Accueil", "/"), ("Conditions d’utilisation", None)]
    return render(request, "cops/accounts/terms.html", {"crumbs": crumbs})


@require_http_methods(["GET", "HEAD", "POST"])
def accept_terms(request: HttpRequest) -> HttpResponse:
    """Asked once more when the terms changed, on the way to the page one wanted."""
    after = request.POST.get("next") or request.GET.get("next") or ""
    wrong = False
    if request.method == "POST":
        wrong = request.POST.get("agree") != "1"
        if not wrong:
            consent_give(user=person_of(request), purpose=TERMS)
    if not missing_terms(person_of(request)):
        return safe_redirect(request, after, default=home_of(person_of(request)))
    known = Consent.objects.filter(user=person_of(request), purpose=TERMS).exists()
    context = {"next": after, "known": known, "wrong": wrong}
    return render(request, "cops/accounts/accept_terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """Each purpose, its text, and whether one agrees; one click to change one's mind."""
    wrong = ""
    if request.method == "POST":
        purpose = find_purpose(request.POST.get("purpose", ""))
        if purpose is None:
            raise Http404
        wrong = _change(request, purpose)
        if not wrong:
            return redirect("accounts:consents")
    standing = {
        consent.purpose: consent
        for consent in Consent.objects.filter(user=person_of(request), withdrawn_at=None)
    }
    lines = [
        {
            "purpose": purpose,
            "text": purpose.text(),
            "consent": standing.get(purpose.key),
            "current": has_consented(person_of(request), purpose.key),
            "wrong": purpose.key == wrong,
        }
        for purpose in purposes()
    ]
    return render(request, "cops/accounts/consents.html", {"lines": lines, "wrong": wrong})


def _change(request: HttpRequest, purpose: Purpose) -> str:
    """The key of the purpose whose box was not ticked; empty when it is done."""
    if request.POST.get("action") == "withdraw" and not purpose.needed:
        consent_withdraw(user=person_of(request), purpose=purpose.key)
        messages.success(request, f"Votre accord est retiré : {purpose.label}.")
    elif request.POST.get("agree") == "1":
        consent_give(user=person_of(request), purpose=purpose.key)
        messages.success(request, f"Votre accord est enregistré : {purpose.label}.")
    else:
        return purpose.key
    return ""
