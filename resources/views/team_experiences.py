"""The team's pages for remarkable experiences: what came, who reads, what is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cops import audit
from cops.accounts.perms import team_required
from cops.http.methods import require_safe
from cops.territory import Department
from cops.topics import Topic
from resources.enums import READING_GRID, ProposalState, ReaderRole, ReadingCriterion
from resources.forms.experiences import AnswerForm, AskReaderForm
from resources.models import Proposal, ProposalReading
from resources.services import proposal_readings, proposals
from resources.views.experience_answers import chapters

PAGE = 30
# What the list shows under each tab; « à suivre » is where the team begins.
TABS: dict[str, tuple[str, tuple[ProposalState, ...]]] = {
    "": ("À suivre", (ProposalState.SENT, ProposalState.READING)),
    "complement": ("À compléter par leur auteur", (ProposalState.DRAFT,)),
    "retenues": ("Retenues", (ProposalState.ACCEPTED,)),
    "closes": ("Non retenues et retirées", (ProposalState.REFUSED, ProposalState.WITHDRAWN)),
}


@team_required
@require_safe
def proposals_list(request: HttpRequest) -> HttpResponseBase:
    """What was proposed, by tab."""
    tab = request.GET.get("etat", "")
    if tab not in TABS:
        tab = ""
    counts = dict(
        Proposal.objects.sent().order_by().values_list("state").annotate(number=Count("pk"))
    )
    tabs = [
        (code, label, sum(counts.get(state.value, 0) for state in states), code == tab)
        for code, (label, states) in TABS.items()
    ]
    rows = (
        Proposal.objects.sent()
        .filter(state__in=TABS[tab][1])
        .annotate(
            asked=Count("readings"),
            read=Count("readings", filter=Q(readings__sent_at__isnull=False)),
        )
        .select_related("resource")
        .order_by("-sent_at", "-pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "resources/experiences/team_list.html",
        {
            "tabs": tabs,
            "page": page,
            "base": f"?etat={tab}" if tab else "?",
            "crumbs": _crumbs(),
        },
    )


@team_required
@require_safe
def proposal_detail(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One proposal: its words, its readings side by side, and what can be done now."""
    return _page(request, _found(public_id))


Act = Callable[[HttpRequest, Proposal], HttpResponseBase | None]


@team_required
@require_POST
def proposal_act(request: HttpRequest, public_id: str, act: str) -> HttpResponseBase:
    """One action on a proposal; what it refuses is said on the page, with what was typed."""
    found = _found(public_id)
    if act not in _ACTS:
        raise Http404
    try:
        answer = _ACTS[act](request, found)
    except ValidationError as error:
        for words in error.messages:
            messages.error(request, words)
        return redirect("resources:team_experience", public_id)
    return answer or redirect("resources:team_experience", public_id)


def _ask_reader(request: HttpRequest, found: Proposal) -> HttpResponseBase | None:
    form = AskReaderForm(request.POST)
    if not form.is_valid():
        return _page(request, found, ask=form, status=422)
    data = form.cleaned_data
    try:
        proposal_readings.reading_ask(
            proposal=found,
            actor=request.user,
            role=ReaderRole(data["role"]),
            email=data["email"],
            name=data["name"],
        )
    except ValidationError as error:
        if "email" not in getattr(error, "error_dict", {}):
            raise
        form.add_error(None, error)
        return _page(request, found, ask=form, status=422)
    messages.success(request, "La demande de lecture part par courriel.")
    return None


def _give_back(request: HttpRequest, found: Proposal) -> HttpResponseBase | None:
    form = AnswerForm(request.POST, prefix="retour")
    if not form.is_valid():
        return _page(request, found, give_back=form, status=422)
    proposals.proposal_return(
        proposal=found, actor=request.user, answer=form.cleaned_data["answer"]
    )
    messages.success(request, "Votre demande de précision est partie.")
    return None


def _refuse(request: HttpRequest, found: Proposal) -> HttpResponseBase | None:
    form = AnswerForm(request.POST, prefix="refus")
    if not form.is_valid():
        return _page(request, found, refuse=form, status=422)
    proposals.proposal_refuse(
        proposal=found, actor=request.user, answer=form.cleaned_data["answer"]
    )
    messages.success(request, "Votre réponse est partie.")
    return None


def _accept(request: HttpRequest, found: Proposal) -> HttpResponseBase | None:
    proposals.proposal_accept(proposal=found, actor=request.user)
    words = "La fiche est créée, en brouillon. Relisez-la, puis publiez-la."
    messages.success(request, words)
    return None


def _send_link(request: HttpRequest, found: Proposal) -> HttpResponseBase | None:
    proposals.proposal_send_link(proposal=found, actor=request.user)
    messages.success(request, "Un nouveau lien part par courriel.")
    return None


_ACTS: dict[str, Act] = {
    "lecture": _ask_reader,
    "complement": _give_back,
    "refus": _refuse,
    "retenir": _accept,
    "lien": _send_link,
}


def _crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    label = "Expériences remarquables"
    place = None if not more else "/pilotage/experiences/"
    return [("Pilotage", "/pilotage/"), (label, place), *more]


def _found(public_id: str) -> Proposal:
    rows = Proposal.objects.sent().select_related("resource").prefetch_related("readings")
    return get_object_or_404(rows, public_id=public_id)


def _page(
    request: HttpRequest, found: Proposal, *, status: int = 200, **forms: Any
) -> HttpResponseBase:
    readings = {reading.role: reading for reading in found.readings.all()}
    state = ProposalState(found.state)
    read = sum(1 for reading in readings.values() if reading.sent_at)
    context = {
        "crumbs": _crumbs((found.title, None)),
        "proposal": found,
        "chapters": chapters(found),
        "facts": _facts(found),
        "readings": [(role, readings.get(role.value)) for role in ReaderRole],
        "grid": _grid(readings) if read else [],
        "both_read": read == len(ReaderRole),
        "is_open": state in (ProposalState.SENT, ProposalState.READING),
        "trail": audit.trail(found),
        "ask": AskReaderForm(initial={"role": _missing_role(readings)}),
        "give_back": AnswerForm(prefix="retour"),
        "refuse": AnswerForm(prefix="refus"),
        **forms,
    }
    return render(request, "resources/experiences/team_detail.html", context, status=status)


def _missing_role(readings: dict[str, ProposalReading]) -> str:
    return next((role.value for role in ReaderRole if role.value not in readings), "")


def _facts(found: Proposal) -> list[tuple[str, str]]:
    topics = dict(Topic.choices)
    departments = dict(Department.choices)
    rows = [
        ("Proposée par", found.get_bearer_kind_display()),
        ("Structure", found.structure),
        ("Domaines", ", ".join(str(topics[code]) for code in found.topics)),
        ("Départements", ", ".join(str(departments[code]) for code in found.departments)),
        ("Personne à joindre", found.contact_name),
        ("Adresse électronique", found.contact_email),
        ("Joignable par le portail", "Oui" if found.may_be_contacted else "Non"),
    ]
    return [(label, value) for label, value in rows if value]


def _grid(readings: dict[str, ProposalReading]) -> list[dict[str, Any]]:
    """Criterion by criterion, both marks, and whether they are far apart."""
    rows = []
    for criterion in ReadingCriterion:
        question, labels = READING_GRID[criterion]
        marks = [_mark(readings.get(role.value), criterion, labels) for role in ReaderRole]
        known = [mark["value"] for mark in marks if mark["value"] is not None]
        gap = len(known) == 2 and abs(known[0] - known[1]) >= 2
        rows.append({"label": criterion.label, "question": question, "marks": marks, "gap": gap})
    return rows


def _mark(
    reading: ProposalReading | None, criterion: ReadingCriterion, labels: tuple[str, ...]
) -> dict[str, Any]:
    if reading is None or reading.sent_at is None:
        return {"value": None, "words": "pas encore"}
    value = reading.marks.get(criterion.value)
    words = "ne peut pas le dire" if value is None else f"{value} sur 4, {labels[value].lower()}"
    return {"value": value, "words": words}
