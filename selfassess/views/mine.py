"""A person's own pages: answering, sending, waiting for the others, seeing what comes out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cops.http import answers as http_answers
from cops.http.addresses import address
from cops.http.limits import Limit, take
from cops.http.secret_pages import secret_form
from selfassess import emails
from selfassess.enums import Mode
from selfassess.forms import AnswersForm, LinkForm, ShareForm
from selfassess.models import Assessment, Participant
from selfassess.reading import outcome
from selfassess.services.answers import answers_reopen, answers_save, answers_send, sharing_set
from selfassess.services.assessments import (
    ALONE_AFTER,
    assessment_of,
    assessment_visit,
    participant_of,
    purge_day,
)
from selfassess.views.doors import unknown

LINKS = (Limit(5, seconds=3600),)
# Whatever the number of assessments opened; a training room is one network.
ALL_LINKS = (Limit(40, seconds=3600), Limit(200, seconds=86_400))
View = Callable[..., HttpResponseBase]


def mine_only(view: View) -> View:
    """For a participant's own link; any other answers as an unknown code."""

    @secret_form
    @wraps(view)
    def opened(
        request: HttpRequest, code: str, jeton: str, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        assessment = assessment_of(code)
        me = participant_of(assessment, jeton) if assessment else None
        if assessment is None or me is None:
            return unknown(request, code)
        me.assessment = assessment
        return view(request, Place(assessment, me, code, jeton), *args, **kwargs)

    return opened


class Place:
    """Where a participant stands: the assessment, themselves, and the two parts of their link."""

    def __init__(self, assessment: Assessment, me: Participant, code: str, jeton: str) -> None:
        self.assessment = assessment
        self.me = me
        self.code = code
        self.jeton = jeton

    @property
    def key(self) -> tuple[str, str]:
        return (self.code, self.jeton)

    def context(self) -> dict[str, Any]:
        """What every page of a participant shows."""
        instrument = self.assessment.instrument
        return {
            "assessment": self.assessment,
            "instrument": instrument,
            "grid": self.assessment.version.grid,
            "me": self.me,
            "role": instrument.members.get(self.me.role),
            "code": self.code,
            "jeton": self.jeton,
            "purge_day": purge_day(self.assessment),
        }


@mine_only
@require_safe
def mine(request: HttpRequest, place: Place) -> HttpResponseBase:
    """The page of the moment: to answer, to wait, or what comes out."""
    assessment_visit(place.assessment)
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
                participant=place.me, scores=form.answers(), notes=form.private_notes()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _after_answer(request, place, me, step, len(axes))
    context = place.context() | {
        "form": form,
        "rows": _rows(form, shown),
        "step": step,
        "steps": [axis.label for axis in axes],
        "next": step + 1 if 0 < step < len(axes) else None,
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
        target = redirect("selfassess:answer", *place.key)
        target["Location"] += f"?axe={step or 'tout'}#roue-vue"
        return target
    if "plus-tard" in request.POST:
        return redirect("selfassess:keep", *place.key)
    if step and step < count:
        target = redirect("selfassess:answer", *place.key)
        target["Location"] += f"?axe={step + 1}"
        return target
    return redirect("selfassess:review", *place.key)


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
        except ValidationError as problem:
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


@mine_only
@require_safe
def state(request: HttpRequest, place: Place) -> HttpResponseBase:
    """What the waiting page asks every other second: how many have sent, and nothing else.

    Its ETag is the number of changes, which tells nothing of anybody's answers.
    """
    return state_answer(request, place.assessment)


def state_answer(request: HttpRequest, assessment: Assessment) -> HttpResponseBase:
    """The counts, or « nothing new »."""
    etag = f'"{assessment.step}"'
    if request.headers.get("If-None-Match") == etag:
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
        "expected": assessment.expected or (2 if assessment.mode != Mode.GROUP else None),
        "step": assessment.step,
    }


def _waiting(request: HttpRequest, place: Place) -> HttpResponseBase:
    assessment, me = place.assessment, place.me
    long_ago = me.submitted_at is not None and timezone.now() - me.submitted_at > ALONE_AFTER
    context = place.context() | waiting_context(assessment)
    context["hand_over"] = assessment.mode == Mode.DEVICE
    if long_ago and assessment.mode != Mode.DEVICE:
        # The other one never came: one's own wheel is given back, without the turn.
        context |= outcome.own(assessment, me) | {"alone": True}
    return render(request, "selfassess/waiting.html", context)


def _outcome(request: HttpRequest, place: Place) -> HttpResponse:
    context = place.context()
    assessment, me = place.assessment, place.me
    if me.submitted_at is None:
        return render(request, "selfassess/left_out.html", context)
    if assessment.mode == Mode.ALONE:
        context |= outcome.own(assessment, me) | outcome.help_for(assessment, [me.scores])
        return render(request, "selfassess/alone.html", context)
    if assessment.mode == Mode.GROUP:
        context |= outcome.of_group(assessment)
        return render(request, "selfassess/group.html", context)
    context |= outcome.of_pair(assessment)
    return render(request, "selfassess/pair.html", context)


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, place: Place) -> HttpResponseBase:
    """« Gardez ce lien »: copy it, print it with its QR code, send it to oneself."""
    form = LinkForm(request.POST or None)
    link = request.build_absolute_uri(_mine_path(place))
    sent = False
    if request.method == "POST" and form.is_valid():
        wait = take(request, "selfassess.link", *LINKS, key=place.jeton) or take(
            request, "selfassess.links", *ALL_LINKS
        )
        if wait:
            return http_answers.too_many(wait)
        emails.own_link(
            place.assessment,
            to=form.cleaned_data["email"],
            link=link,
            key=f"{place.me.pk}:{form.cleaned_data['email']}:{timezone.localdate()}",
        )
        sent = True
    context = place.context() | {"form": form, "sent": sent, "link": link, **outcome.qr(link)}
    return render(request, "selfassess/keep.html", context, status=422 if form.errors else 200)


def _mine_path(place: Place) -> str:
    return address("selfassess:mine", *place.key)


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, place: Place) -> HttpResponseBase:
    """« Ce que la région peut apprendre »: explained, off, and one's own choice."""
    if place.me.submitted_at is None or place.assessment.revealed_at is None:
        return redirect("selfassess:mine", *place.key)
    initial = {"shares": place.me.shares, "department": place.assessment.department}
    form = ShareForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sharing_set(
            participant=place.me,
            shares=form.cleaned_data["shares"],
            department=form.cleaned_data["department"],
        )
        return redirect("selfassess:mine", *place.key)
    return render(request, "selfassess/share.html", place.context() | {"form": form})
