"""The joint moment: a level agreed on for each criterion, decisions, and the next time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cops.formats import date_fr
from cops.http import answers as http_answers
from cops.http.addresses import address
from cops.http.limits import Limit, take
from selfassess.enums import Done, Mode
from selfassess.forms import NOT_CONCERNED, DecisionForm, JointForm, LinkForm
from selfassess.models.joint import MOST_DECISIONS
from selfassess.reading import evolution, outcome
from selfassess.services.assessments import assessment_open
from selfassess.services.joint import (
    Decided,
    decision_tick,
    decisions_set,
    joint_score_set,
    reminder_ask,
)
from selfassess.views.doors import OPENINGS, landing
from selfassess.views.mine import Place, mine_only

REMINDERS = (Limit(5, seconds=3600),)
DecisionForms = formset_factory(DecisionForm, extra=0, min_num=MOST_DECISIONS,
                                max_num=MOST_DECISIONS, absolute_max=MOST_DECISIONS)  # fmt: skip


def _may(place: Place) -> bool:
    """The joint moment is for those who sent theirs, once all is turned over."""
    return place.assessment.revealed_at is not None and place.me.submitted_at is not None


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, place: Place) -> HttpResponseBase:
    """One criterion at a time (``?n=1``), with everybody's earlier marks in view."""
    if not _may(place):
        return redirect("selfassess:mine", *place.key)
    criteria = list(place.assessment.instrument.criteria.values())
    number = _number(request, len(criteria))
    criterion = criteria[number - 1]
    known = place.assessment.joint_scores.filter(criterion=criterion.code).first()
    initial: dict[str, Any] = {}
    if known is not None:
        mark = NOT_CONCERNED if known.value is None else str(known.value)
        initial = {"value": mark, "sentence": known.sentence}
    form = JointForm(
        request.POST if request.method == "POST" else None,
        instrument=place.assessment.instrument,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        joint_score_set(
            assessment=place.assessment,
            criterion=criterion.code,
            value=form.level,
            sentence=form.cleaned_data["sentence"],
        )
        if number == len(criteria):
            return redirect("selfassess:decisions", *place.key)
        target = redirect("selfassess:together", *place.key)
        target["Location"] += f"?n={number + 1}"
        return target
    context = place.context() | {
        "form": form,
        "criterion": criterion,
        "number": number,
        "count": len(criteria),
        "progress_label": f"Critère {number} sur {len(criteria)}",
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < len(criteria) else None,
        **outcome.marks_of(place.assessment, criterion),
        **outcome.joint(place.assessment),
    }
    return render(request, "selfassess/together.html", context, status=422 if form.errors else 200)


def _number(request: HttpRequest, count: int) -> int:
    asked = request.GET.get("n", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    return number if 1 <= number <= count else 1


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest, place: Place) -> HttpResponseBase:
    """« Ce que nous décidons »: five lines at most."""
    if not _may(place):
        return redirect("selfassess:mine", *place.key)
    rows = [{"what": one.what, "who": one.who, "when": one.when}
            for one in place.assessment.decisions.all()]  # fmt: skip
    forms = DecisionForms(request.POST if request.method == "POST" else None, initial=rows)
    if request.method == "POST" and forms.is_valid():
        decisions_set(
            assessment=place.assessment,
            decisions=[Decided(**{name: form.cleaned_data.get(name, "")
                                  for name in ("what", "who", "when")}) for form in forms],
        )  # fmt: skip
        return redirect("selfassess:joint", *place.key)
    context = place.context() | {"forms": forms}
    status = 422 if request.method == "POST" else 200
    return render(request, "selfassess/decisions.html", context, status=status)


@mine_only
@require_safe
def joint(request: HttpRequest, place: Place) -> HttpResponseBase:
    """The joint wheel with its sentences and decisions, and how it moved since last time."""
    if not _may(place):
        return redirect("selfassess:mine", *place.key)
    context = place.context() | outcome.joint(place.assessment) | evolution.since(place.assessment)
    return render(request, "selfassess/joint.html", context | {"done_choices": Done.choices})


@mine_only
@require_POST
def tick(request: HttpRequest, place: Place, position: int) -> HttpResponseBase:
    """What became of a decision of the assessment that this one follows."""
    before = place.assessment.follows
    if before is not None and _may(place):
        try:
            decision_tick(assessment=before, position=position, done=request.POST.get("done", ""))
        except ValidationError as error:
            messages.error(request, error.messages[0])
    return redirect("selfassess:joint", *place.key)


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, place: Place) -> HttpResponseBase:
    """A mail in six months, if one asks for it; the address is kept for that alone."""
    if not _may(place) and place.assessment.mode != Mode.ALONE:
        return redirect("selfassess:mine", *place.key)
    form = LinkForm(request.POST or None)
    asked = None
    if request.method == "POST" and form.is_valid():
        if wait := take(request, "selfassess.remind", *REMINDERS, key=place.jeton):
            return http_answers.too_many(wait)
        link = request.build_absolute_uri(address("selfassess:again", *place.key))
        asked = reminder_ask(
            assessment=place.assessment, email=form.cleaned_data["email"], link=link
        )
    context = place.context() | {
        "form": form,
        "asked": asked,
        "asked_text": f"Vous recevrez un courriel le {date_fr(asked.due_on)}." if asked else "",
    }
    return render(request, "selfassess/remind.html", context, status=422 if form.errors else 200)


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Do it again: a new assessment that follows this one, with the same words."""
    if place.assessment.revealed_at is None:
        return redirect("selfassess:mine", *place.key)
    if request.method == "POST":
        if wait := take(request, "selfassess.open", *OPENINGS):
            return http_answers.too_many(wait)
        before = place.assessment
        latest = before.version.grid.versions.order_by("-number").first()
        opened = assessment_open(
            version=latest or before.version,
            mode=before.mode,
            wording=before.wording,
            expected=before.expected,
            owner=request.user if request.user.is_authenticated else None,
            follows=before,
        )
        return redirect(landing(opened.assessment, opened.code, opened.manager))
    return render(request, "selfassess/again.html", place.context())
