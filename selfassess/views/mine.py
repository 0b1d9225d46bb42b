"""A person's own pages: answering, sending, waiting for the others, seeing what comes out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cops.http.addresses import address
from cops.http.methods import require_safe
from cops.pagecache.waiting import etag_of
from selfassess.enums import Mode
from selfassess.forms import AnswersForm, ShareForm
from selfassess.models import Assessment, Participant
from selfassess.reading import evolution, outcome
from selfassess.reading.notes import own_notes
from selfassess.services.answers import answers_reopen, answers_save, answers_send, sharing_set
from selfassess.services.assessments import (
    ALONE_AFTER,
    Gone,
    wheels_awaited,
)
from selfassess.views.places import Place, mine_only, mine_polled


@mine_only
@require_safe
def mine(request: HttpRequest, place: Place) -> HttpResponseBase:
    """The page of the moment: to answer, to wait, or what comes out."""
    if place.assessment.revealed_at is not None:
        return _outcome(request, place)
    if place.me.submitted_at is not None:
        return _waiting(request, place)
    return redirect("selfassess:answer", *place.key)


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Answer, an axis at a time (``?axe=1``) or all on a page (``?axe=tout``)."""
    if place.assessment.revealed_at or place.me.submitted_at:
        return redirect("selfassess:mine", *place.key)
    axes = list(place.assessment.instrument.axes)
    step = _step(request, len(axes))
    shown = axes if step == 0 else axes[step - 1 : step]
    form = _answers_form(request, place, shown)
    if request.method == "POST" and form.is_valid():
        try:
            me = answers_save(
                participant=place.me,
                scores=form.answers(),
                notes=form.private_notes(),
                seen=form.notes_seen(),
            )
        except Gone:
            raise
        except ValidationError as error:
            if (
                getattr(error, "code", "") == "revealed"
            ):  # while this page was open: there is where to see it
                return redirect("selfassess:mine", *place.key)
            form.add_error(None, error)
        else:
            return _after_answer(request, place, me, step, len(axes))
    context = place.context() | {
        "form": form,
        "rows": _rows(form, shown),
        "step": step,
        # Said once, before the first question.
        "moment": place.assessment.instrument.moment(place.me.role) if step <= 1 else None,
        "steps": [axis.label for axis in axes],
        "next": step + 1 if 0 < step < len(axes) else None,
        "stops": outcome.progress(place.assessment, place.me),
        **outcome.own(place.assessment, place.me),
    }
    return render(request, "selfassess/answer.html", context, status=422 if form.errors else 200)


def _step(request: HttpRequest, count: int) -> int:
    """0 for all on a page."""
    asked = request.GET.get("axe", "1")
    if asked == "tout":
        return 0
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 1
    return number if 1 <= number <= count else 1


def _answers_form(request: HttpRequest, place: Place, axes: list[Any]) -> AnswersForm:
    return AnswersForm(
        request.POST if request.method == "POST" else None,
        instrument=place.assessment.instrument,
        axes=axes,
        scores=place.me.scores,
        notes=place.me.notes,
        one_screen=place.assessment.mode == Mode.DEVICE,
        # To go on needs an answer to each question; to draw the wheel or to stop does not.
        complete="suite" in request.POST,
    )


def _rows(form: AnswersForm, axes: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "axis": axis,
            "criteria": [
                {"criterion": one, "field": form[one.code], "note": form[f"note-{one.code}"]}
                for one in axis.criteria
            ],
        }
        for axis in axes
    ]


def _after_answer(
    request: HttpRequest, place: Place, me: Participant, step: int, count: int
) -> HttpResponseBase:
    if "dessiner" in request.POST:  # the wheel, redrawn without JavaScript
        return _to_axis(place, f"{step or 'tout'}#roue-vue")
    if "plus-tard" in request.POST:
        return redirect("selfassess:keep", *place.key)
    asked = request.POST.get("aller")
    if asked in [str(number) for number in range(1, count + 1)]:
        return _to_axis(place, asked)
    if 0 < step < count:
        return _to_axis(place, step + 1)
    return redirect("selfassess:review", *place.key)


def _to_axis(place: Place, axis: int | str) -> HttpResponseBase:
    return HttpResponseRedirect(f"{address('selfassess:answer', *place.key)}?axe={axis}")


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Look at one's wheel, then send it."""
    if place.assessment.revealed_at or place.me.submitted_at:
        return redirect("selfassess:mine", *place.key)
    error = ""
    if request.method == "POST":
        try:
            answers_send(participant=place.me)
        except Gone:
            raise
        except ValidationError as problem:
            if getattr(problem, "code", "") == "revealed":
                return redirect("selfassess:mine", *place.key)
            error = problem.messages[0]
        else:
            return redirect("selfassess:mine", *place.key)
    context = place.context() | outcome.own(place.assessment, place.me) | {"error": error}
    return render(request, "selfassess/review.html", context, status=422 if error else 200)


@mine_only
@require_POST
def reopen(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Revise, before the turn. On one screen, the first one's answers stay closed."""
    if place.assessment.mode != Mode.DEVICE:
        try:
            answers_reopen(participant=place.me)
        except ValidationError:
            return redirect("selfassess:mine", *place.key)
        return redirect("selfassess:answer", *place.key)
    return redirect("selfassess:mine", *place.key)


@mine_polled
@require_safe
def state(request: HttpRequest, place: Place) -> HttpResponseBase:
    """What the waiting page asks every other second: how many have sent, and nothing else.

    Its ETag is the number of changes, which tells nothing of anybody's answers.
    """
    return state_answer(request, place.assessment)


def state_answer(request: HttpRequest, assessment: Assessment) -> HttpResponseBase:
    """The counts, or « nothing new »."""
    etag = etag_of(assessment.step)
    if request.headers.get("If-None-Match") == etag:  # by an account; a link was answered before
        answer: HttpResponseBase = HttpResponseNotModified()
    else:
        answer = render(request, "selfassess/_state.html", waiting_context(assessment))
    answer.headers["ETag"] = etag
    return answer


def waiting_context(assessment: Assessment) -> dict[str, Any]:
    """How many came, how many have sent; by role when everybody knows who is who."""
    rows = list(assessment.participants.values_list("submitted_at", flat=True))
    return {
        "revealed": assessment.revealed_at is not None,
        "joined": len(rows),
        "sent": sum(1 for sent in rows if sent),
        "expected": wheels_awaited(assessment, len(rows)),
        "step": assessment.step,
    }


def long_alone(me: Participant) -> bool:
    """True for one who sent theirs thirty days ago, and nothing was turned over since."""
    return me.submitted_at is not None and timezone.now() - me.submitted_at > ALONE_AFTER


def _waiting(request: HttpRequest, place: Place) -> HttpResponseBase:
    assessment, me = place.assessment, place.me
    context = place.context() | waiting_context(assessment)
    context |= {"hand_over": assessment.mode == Mode.DEVICE, "face_down": outcome.face_down()}
    if long_alone(me):
        # One's own wheel is given back, without the turn.
        context |= _long_wait(assessment, context["joined"])
        context |= outcome.own(assessment, me)
        context |= {"alone": True, "notes": own_notes(assessment, me)}
    return render(request, "selfassess/waiting.html", context)


def _long_wait(assessment: Assessment, joined: int) -> dict[str, str]:
    """What is known of those who did not come, or did not finish, after thirty days."""
    if assessment.mode == Mode.GROUP:
        return {
            "wait_title": "Les roues ne sont pas encore retournées.",
            "wait_text": "Voici votre roue, pour vous seul. Le résultat du groupe viendra au plus"
            " tard quand la personne qui a ouvert l’auto-évaluation le demandera.",
        }
    return {
        "wait_title": "L’autre personne n’est pas venue."
        if joined < 2
        else "L’autre personne n’a pas terminé.",
        "wait_text": "Voici votre roue, pour vous seul. Vos deux roues ne se compareront que si"
        " elle répond.",
    }


def _outcome(request: HttpRequest, place: Place) -> HttpResponse:
    assessment, me = place.assessment, place.me
    context = place.context() | {"notes": own_notes(assessment, me)}
    if me.submitted_at is None:
        # The turn went on without them: what they kept is theirs all the same.
        context |= outcome.own(assessment, me)
        return render(request, "selfassess/left_out.html", context)
    if assessment.mode == Mode.ALONE:
        context |= outcome.own(assessment, me) | outcome.help_for(assessment, [me.scores])
        context |= evolution.since(assessment)
        return render(request, "selfassess/alone.html", context)
    if assessment.mode == Mode.GROUP:
        context |= outcome.of_group(assessment)
        return render(request, "selfassess/group.html", context)
    context |= outcome.of_pair(assessment)
    return render(request, "selfassess/pair.html", context)


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, place: Place) -> HttpResponseBase:
    """« Ce que la région peut apprendre »: explained, off, and one's own choice."""
    if not place.sees_outcome:
        return redirect("selfassess:mine", *place.key)
    initial = {"shares": place.me.shares, "department": place.me.department}
    form = ShareForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sharing_set(
            participant=place.me,
            shares=form.cleaned_data["shares"],
            department=form.cleaned_data["department"],
        )
        return redirect("selfassess:mine", *place.key)
    return render(request, "selfassess/share.html", place.context() | {"form": form})
