"""Proposing a remarkable experience, without an account: short steps, a saved draft, one link."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cops.http import answers
from cops.http.honeypot import is_trapped
from cops.http.limits import Limit, take
from cops.http.secret_pages import secret_form
from cops.secrets import is_secret, random_name
from resources import emails
from resources.enums import ProposalState
from resources.forms.experiences import STEP_TITLES, STEPS, LinkForm, ProposalForm, SendForm
from resources.models import Proposal
from resources.services.proposals import (
    CHAPTERS,
    NEEDED,
    proposal_of,
    proposal_send,
    proposal_start,
    proposal_withdraw,
    proposal_write,
)

# A service of a hospital proposes several in an afternoon, from one network.
STARTS = (Limit(20, seconds=3600), Limit(60, seconds=86_400))
LINKS = (Limit(5, seconds=3600),)
# Whatever the number of proposals begun: nobody makes the portal write to half a town.
ALL_LINKS = (Limit(15, seconds=3600), Limit(40, seconds=86_400))

_CRUMBS = [("Accueil", "/"), ("Ressources", "/ressources/")]
PROPOSE = "Proposer une expérience"


def experiences(request: HttpRequest) -> HttpResponseBase:
    """The published ones are a part of the library."""
    return HttpResponseRedirect(f"{reverse('resources:list')}?genre=experience")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponseBase:
    """The first step; what it says makes the draft."""
    if request.method != "POST":
        return _step_page(request, ProposalForm(step=1), 1, secret=random_name())
    secret = request.POST.get("jeton", "")
    later = "plus-tard" in request.POST
    form = ProposalForm(request.POST, step=1, finish_later=later)
    if not is_secret(secret):
        secret = random_name()
    if is_trapped(request):
        return redirect("resources:propose")
    if not form.is_valid():
        return _step_page(request, form, 1, secret=secret)
    if wait := take(request, "resources.propose", *STARTS):
        return answers.too_many(wait)
    owner = request.user if request.user.is_authenticated else None
    try:
        proposal_start(secret=secret, fields=form.answers, owner=owner)
    except ValidationError as error:
        form.add_error(None, error)
        return _step_page(request, form, 1, secret=secret)
    return _onward(secret, 1, later=later)


View = Callable[..., HttpResponseBase]


def _bearer(view: View) -> View:
    """For the bearer's own link; unknown, withdrawn and erased answer alike."""

    @secret_form
    @wraps(view)
    def opened(request: HttpRequest, jeton: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        proposal = proposal_of(jeton)
        if proposal is None:
            return closed(request)
        return view(request, proposal, jeton, *args, **kwargs)

    return opened


def closed(request: HttpRequest) -> HttpResponse:
    """A link that opens nothing, whatever the reason."""
    return render(request, "resources/experiences/closed.html", status=404)


@_bearer
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, proposal: Proposal, jeton: str, number: int) -> HttpResponseBase:
    """One step of the draft, from the first to the last before sending."""
    if number not in range(1, len(STEPS) + 1):
        return closed(request)
    if proposal.state != ProposalState.DRAFT:
        return redirect("resources:proposal", jeton)
    if request.method != "POST":
        form = ProposalForm(step=number, instance=proposal)
        return _step_page(request, form, number, secret=jeton, proposal=proposal)
    later = "plus-tard" in request.POST
    form = ProposalForm(request.POST, step=number, instance=proposal, finish_later=later)
    if form.is_valid():
        try:
            proposal_write(proposal=proposal, fields=form.answers)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _onward(jeton, number, later=later)
    return _step_page(request, form, number, secret=jeton, proposal=proposal)


@_bearer
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, found: Proposal, jeton: str) -> HttpResponseBase:
    """The bearer's page: reread and send a draft, then follow what becomes of it."""
    form = SendForm(request.POST or None)
    if request.method == "POST" and found.state == ProposalState.DRAFT:
        try:
            proposal_send(proposal=found, agreed=form.is_valid(), secret=jeton)
        except ValidationError as error:
            if hasattr(error, "error_dict"):
                missing = set(error.error_dict)
                if "agreed" not in missing and not form.errors:
                    form.add_error(None, "Il manque encore quelques réponses, marquées ci-dessous.")
            else:
                form.add_error(None, error)
        else:
            return redirect("resources:proposal", jeton)
    return render(
        request,
        "resources/experiences/proposal.html",
        {
            "crumbs": [*_CRUMBS, (PROPOSE, reverse("resources:propose")), ("Votre récit", None)],
            "proposal": found,
            "jeton": jeton,
            "link": request.build_absolute_uri(request.path),
            "steps": STEP_TITLES,
            "form": form,
            "review": _review(found),
            "missing": [name for name in NEEDED if not getattr(found, name)],
        },
    )


@_bearer
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, proposal: Proposal, jeton: str) -> HttpResponseBase:
    """« Gardez ce lien »: send it to oneself; the address is not kept."""
    form = LinkForm(request.POST or None)
    sent = False
    if request.method == "POST" and form.is_valid():
        wait = take(request, "resources.proposal_link", *LINKS, key=jeton) or take(
            request, "resources.proposal_links", *ALL_LINKS
        )
        if wait:
            return answers.too_many(wait)
        emails.proposal_link(proposal, jeton, to=form.cleaned_data["email"])
        sent = True
    return render(
        request,
        "resources/experiences/link.html",
        {
            "crumbs": [*_CRUMBS, ("Votre récit", reverse("resources:proposal", args=[jeton])),
                       ("Garder le lien", None)],
            "proposal": proposal,
            "jeton": jeton,
            "form": form,
            "sent": sent,
        },
    )  # fmt: skip


@_bearer
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, proposal: Proposal, jeton: str) -> HttpResponseBase:
    """Take the proposal back, after a page that asks."""
    back = redirect("resources:proposal", jeton)
    if proposal.state in (
        ProposalState.ACCEPTED,
        ProposalState.REFUSED,
        ProposalState.WITHDRAWN,
    ):
        return back
    if request.method == "POST":
        proposal_withdraw(proposal=proposal)
        return back
    return render(
        request,
        "resources/experiences/withdraw.html",
        {
            "crumbs": [*_CRUMBS, ("Votre récit", reverse("resources:proposal", args=[jeton])),
                       ("Retirer", None)],
            "proposal": proposal,
            "jeton": jeton,
        },
    )  # fmt: skip


def _onward(secret: str, number: int, *, later: bool) -> HttpResponseBase:
    if later or number == len(STEPS):
        return redirect("resources:proposal", secret)
    return redirect("resources:proposal_step", secret, number + 1)


def _step_page(
    request: HttpRequest,
    form: ProposalForm,
    number: int,
    *,
    secret: str,
    proposal: Proposal | None = None,
) -> HttpResponse:
    return render(
        request,
        "resources/experiences/step.html",
        {
            "crumbs": [*_CRUMBS, (PROPOSE, None)],
            "form": form,
            "number": number,
            "step": STEPS[number - 1],
            "steps": STEP_TITLES,
            "jeton": secret,
            "proposal": proposal,
        },
        status=422 if form.errors else 200,
    )


def _review(proposal: Proposal) -> list[dict[str, Any]]:
    """Each step with what it says, and what is still missing in it."""
    labels = {field.name: field.verbose_name for field in Proposal._meta.get_fields()
              if hasattr(field, "verbose_name")}  # fmt: skip
    long = {name for name, _ in CHAPTERS}
    rows = []
    for number, one in enumerate(STEPS, start=1):
        answered = [
            {
                "label": str(labels[name]).capitalize(),
                "value": _shown(proposal, name),
                "missing": name in NEEDED and not getattr(proposal, name),
                "long": name in long,
            }
            for name in one.fields
        ]
        rows.append({"number": number, "title": one.title, "answers": answered})
    return rows


def _shown(proposal: Proposal, name: str) -> str:
    value = getattr(proposal, name)
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, list):
        field = Proposal._meta.get_field(name).base_field  # type: ignore[union-attr]
        labels = dict(field.choices)
        return ", ".join(str(labels.get(code, code)) for code in value)
    display = getattr(proposal, f"get_{name}_display", None)
    return str(display() if display else value)
