"""The joint moment: a level agreed on for each criterion, decisions, and the next time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cops.formats import date_fr
from cops.http import answers as http_answers
from cops.http.addresses import address
from cops.http.limits import Limit, take
from cops.http.methods import require_safe
from selfassess.enums import TOGETHER, Done, Mode
from selfassess.forms import NOT_CONCERNED, SEEN, AgainForm, LinkForm
from selfassess.joint_forms import DecisionsForm, JointForm, decisions_caught_up
from selfassess.models import Reminder
from selfassess.reading import evolution, outcome
from selfassess.reading.notes import own_note
from selfassess.services.assessments import assessment_again
from selfassess.services.joint import (
    Decided,
    Kept,
    NoRoom,
    TwoSentences,
    decided,
    decision_tick,
    decisions_set,
    joint_score_set,
)
from selfassess.services.reminders import reminder_ask, reminders_forget, reminders_of
from selfassess.views.doors import OPENINGS, landing
from selfassess.views.places import Place, mine_only

REMINDERS = (Limit(5, seconds=3600),)
# What two screens that decide at once are told, by the names of services.joint.Kept.
TOLD = {
    "twice": "L’autre écran avait changé la même décision : les deux sont gardées.",
    "stayed": "L’autre écran avait changé une décision que vous enleviez : elle est restée.",
}


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, place: Place) -> HttpResponseBase:
    """One criterion at a time (``?n=1``), with everybody's earlier marks in view."""
    if not place.sees_outcome:
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
    if request.method == "POST" and _pose(place, criterion.code, form):
        if number == len(criteria):
            return redirect("selfassess:decisions", *place.key)
        target = redirect("selfassess:together", *place.key)
        target["Location"] += f"?n={number + 1}"
        return target
    context = place.context() | {
        "form": form,
        "criterion": criterion,
        "moment": place.assessment.instrument.moment(TOGETHER),
        "note": own_note(place.assessment, place.me, criterion.code),
        "number": number,
        "count": len(criteria),
        "progress_label": f"Critère {number} sur {len(criteria)}",
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < len(criteria) else None,
        # Said beside the form, and followed there: another screen may have posed it since.
        "sentence_said": known and known.sentence,
        "level_said": known
        and outcome.said(
            place.assessment.instrument, {criterion.code: known.value}, criterion.code
        ),
        **outcome.marks_of(place.assessment, criterion),
        **outcome.joint(place.assessment),
    }
    return render(request, "selfassess/together.html", context, status=422 if form.errors else 200)


def _pose(place: Place, criterion: str, form: JointForm) -> bool:
    if not form.is_valid():
        return False
    try:
        joint_score_set(
            assessment=place.assessment,
            criterion=criterion,
            value=form.level,
            sentence=form.cleaned_data["sentence"],
            seen=form.cleaned_data[f"{SEEN}sentence"],
        )
    except TwoSentences as error:
        form.add_error("sentence", error)
        # The page now shows the other sentence too: sent again, this one takes its place.
        form.data = {**{name: form.data[name] for name in form.data}, f"{SEEN}sentence": error.kept}
        return False
    return True


def _number(request: HttpRequest, count: int) -> int:
    asked = request.GET.get("n", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    return number if 1 <= number <= count else 1


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest, place: Place) -> HttpResponseBase:
    """« Ce que nous décidons »: five lines at most."""
    if not place.sees_outcome:
        return redirect("selfassess:mine", *place.key)
    kept = decided(place.assessment)
    form = DecisionsForm(request.POST if request.method == "POST" else None, kept=kept)
    if request.method == "POST":
        if "actualiser" in request.POST:
            form = DecisionsForm(kept=kept, initial=decisions_caught_up(request.POST.dict(), kept))
        elif form.is_valid():
            try:
                told = decisions_set(
                    assessment=place.assessment, decisions=form.said(), seen=form.seen()
                )
            except NoRoom as error:
                kept = decided(place.assessment)
                form = _no_room(request, kept, error.lines)
            else:
                target = redirect("selfassess:joint", *place.key)
                target["Location"] += _told(told)
                return target
    context = place.context() | {"form": form, "decisions": [one for one in kept if one.what]}
    status = 422 if form.errors else 200
    return render(request, "selfassess/decisions.html", context, status=status)


def _no_room(request: HttpRequest, kept: list[Decided], lines: list[int]) -> DecisionsForm:
    """The page again with both texts in view: sent once more, this screen's takes the place."""
    form = DecisionsForm(decisions_caught_up(request.POST.dict(), kept, lines), kept=kept)
    for line in lines:
        other = ", ".join(text for text in (kept[line].what, kept[line].who, kept[line].when)
                          if text)  # fmt: skip
        form.add_error(
            f"form-{line}-what",
            f"Cinq décisions au plus, et l’autre écran a gardé ici : « {other} »."
            " Gardez à nouveau pour mettre la vôtre à sa place, ou recopiez la sienne.",
        )
    return form


def _told(kept: Kept) -> str:
    """What the next page says, in its address: these pages open no session."""
    said = [f"{name}=1" for name in TOLD if getattr(kept, name)]
    return "?" + "&".join(said) if said else ""


@mine_only
@require_safe
def joint(request: HttpRequest, place: Place) -> HttpResponseBase:
    """The joint wheel with its sentences and decisions, and how it moved since last time."""
    if not place.sees_outcome:
        return redirect("selfassess:mine", *place.key)
    context = place.context() | outcome.joint(place.assessment) | evolution.since(place.assessment)
    context |= {"done_choices": Done.choices}
    context |= {"told": [words for name, words in TOLD.items() if name in request.GET]}
    return render(request, "selfassess/joint.html", context)


@mine_only
@require_POST
def tick(request: HttpRequest, place: Place, position: int) -> HttpResponseBase:
    """What became of a decision of the assessment that this one follows."""
    before = place.assessment.follows
    if before is not None and place.sees_outcome:
        try:
            decision_tick(assessment=before, position=position, done=request.POST.get("done", ""))
        except ValidationError as error:
            messages.error(request, error.messages[0])
    return redirect("selfassess:joint", *place.key)


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, place: Place) -> HttpResponseBase:
    """A mail in six months, if one asks for it; the address is kept for that alone, and taken
    back by a button."""
    if not place.sees_outcome and place.assessment.mode != Mode.ALONE:
        return redirect("selfassess:mine", *place.key)
    taken_back = "retirer" in request.POST
    form = LinkForm(None if taken_back else request.POST or None)
    asked = None
    if taken_back:
        reminders_forget(assessment=place.assessment, secret=place.jeton)
    elif request.method == "POST" and form.is_valid():
        if wait := take(request, "selfassess.remind", *REMINDERS, key=place.jeton):
            return http_answers.too_many(wait)
        link = request.build_absolute_uri(address("selfassess:again", *place.key))
        asked = reminder_ask(
            assessment=place.assessment, email=form.cleaned_data["email"], link=link
        )
    context = place.context() | {
        "form": form,
        "asked": asked,
        "taken_back": taken_back,
        "waiting": _waiting_said(reminders_of(place.assessment, place.jeton)),
        "asked_text": f"Vous recevrez un courriel le {date_fr(asked.due_on)}." if asked else "",
    }
    return render(request, "selfassess/remind.html", context, status=422 if form.errors else 200)


def _waiting_said(waiting: list[Reminder]) -> str:
    """When the reminders of this place leave; their addresses are not shown."""
    if not waiting:
        return ""
    first = date_fr(waiting[0].due_on)
    if len(waiting) == 1:
        return f"Un courriel partira le {first}."
    return f"{len(waiting)} courriels partiront, le premier le {first}."


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Do it again: a new assessment with the same words, which follows this one or not."""
    if not place.sees_outcome:  # it shows what was agreed on: not to whom the other pages refuse it
        return redirect("selfassess:mine", *place.key)
    form = AgainForm(request.POST if request.method == "POST" else None,
                     alone=place.assessment.mode == Mode.ALONE)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if wait := take(request, "selfassess.open", *OPENINGS):
            return http_answers.too_many(wait)
        opened, secret = assessment_again(me=place.me, follows=form.follows)
        if secret:
            return redirect("selfassess:keep", opened.code, secret)
        return redirect(landing(opened.assessment, opened.code, opened.manager))
    context = place.context() | {"form": form}
    return render(request, "selfassess/again.html", context, status=422 if form.errors else 200)
