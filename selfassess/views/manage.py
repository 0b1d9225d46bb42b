"""The opener's own pages: the code to give, who has sent, the turn, closing, deleting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cops.http.addresses import address
from cops.http.methods import require_safe
from selfassess.codes import code_shown
from selfassess.enums import Mode
from selfassess.models import Assessment
from selfassess.reading import outcome
from selfassess.services.assessments import (
    assessment_admit,
    assessment_close,
    assessment_delete,
    assessment_reveal,
    purge_day,
)
from selfassess.views.mine import state_answer, waiting_context
from selfassess.views.places import BY_ACCOUNT, Place, manager_only, manager_polled, mine_only


@manager_only
@require_safe
def manage(request: HttpRequest, assessment: Assessment, code: str, jeton: str) -> HttpResponseBase:
    """The code, the QR code and the link to give; who has sent; what can be done now."""
    if code == BY_ACCOUNT:
        return render(request, "selfassess/manage_kept.html", _context(assessment, code, jeton))
    invitation = request.build_absolute_uri(address("selfassess:join", code))
    context = _context(assessment, code, jeton) | {
        "invitation": invitation,
        **outcome.qr(invitation),
    }
    return render(request, "selfassess/manage.html", context)


def _context(assessment: Assessment, code: str, jeton: str) -> dict[str, Any]:
    return {
        "assessment": assessment,
        "instrument": assessment.instrument,
        "grid": assessment.version.grid,
        "code": code,
        "code_shown": code_shown(code),
        "jeton": jeton,
        "purge_day": purge_day(assessment),
        "is_group": assessment.mode == Mode.GROUP,
        "is_alone": assessment.mode == Mode.ALONE,
        **waiting_context(assessment),
    }


@manager_only
@require_POST
def reveal(request: HttpRequest, assessment: Assessment, code: str, jeton: str) -> HttpResponseBase:
    """« Nous sommes au complet »."""
    try:
        assessment_reveal(assessment=assessment)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    if request.POST.get("suite") == "animation":
        return redirect("selfassess:facilitate", code, jeton)
    return redirect("selfassess:manage", code, jeton)


@manager_only
@require_POST
def close(request: HttpRequest, assessment: Assessment, code: str, jeton: str) -> HttpResponseBase:
    """Nobody joins any more."""
    assessment_close(assessment=assessment)
    return redirect("selfassess:manage", code, jeton)


@manager_only
@require_POST
def admit(request: HttpRequest, assessment: Assessment, code: str, jeton: str) -> HttpResponseBase:
    """Somebody is to be added after all."""
    assessment_admit(assessment=assessment)
    return redirect("selfassess:manage", code, jeton)


@manager_only
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, assessment: Assessment, code: str, jeton: str) -> HttpResponseBase:
    """Erase everything at once, after a page that asks."""
    return _erase(request, assessment, back=address("selfassess:manage", code, jeton))


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, place: Place) -> HttpResponseBase:
    """The same from one's own place, where nobody has a page to manage."""
    back = address("selfassess:mine", *place.key)
    return _erase(request, place.assessment, back=back) if place.erases else redirect(back)


def _erase(request: HttpRequest, assessment: Assessment, *, back: str) -> HttpResponseBase:
    if request.method == "POST":
        assessment_delete(assessment=assessment)
        return render(request, "selfassess/deleted.html")
    return render(request, "selfassess/delete.html", {"assessment": assessment, "back": back})


@manager_polled
@require_safe
def state(request: HttpRequest, assessment: Assessment, code: str, jeton: str) -> HttpResponseBase:
    """The counts, for the page that waits."""
    return state_answer(request, assessment)


@manager_only
@require_safe
def facilitate(
    request: HttpRequest, assessment: Assessment, code: str, jeton: str
) -> HttpResponseBase:
    """For a meeting room: large type, the code, then one criterion per screen once turned over."""
    context = _context(assessment, code, jeton)
    of_one = assessment.mode == Mode.ALONE
    if of_one or (code == BY_ACCOUNT and assessment.revealed_at is None):
        # One person's wheel is for no room; and the account knows no code to show to it.
        return redirect("selfassess:manage", code, jeton)
    if code != BY_ACCOUNT:
        invitation = request.build_absolute_uri(address("selfassess:join", code))
        context |= {"invitation": invitation, **outcome.qr(invitation)}
    if assessment.revealed_at is not None:
        context |= _screen(request, assessment)
    return render(request, "selfassess/facilitate.html", context)


def _screen(request: HttpRequest, assessment: Assessment) -> dict[str, Any]:
    count = len(assessment.instrument.criteria)
    asked = request.GET.get("n", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    number = number if 0 <= number <= count else 0
    if assessment.mode == Mode.GROUP:
        found = outcome.of_group(assessment)
        line = found["lines"][number - 1] if number else None
    else:
        found = outcome.of_pair(assessment)
        line = found["comparison"].lines[number - 1] if number else None
    return {
        **found,
        "line": line,
        "number": number,
        "count": count,
        "before": number - 1 if number else None,
        "after": number + 1 if number < count else None,
    }
