"""The opener's own pages: the code to give, who has sent, the turn, closing, deleting."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cops.http.addresses import address
from cops.http.secret_pages import secret_form
from selfassess.codes import code_shown
from selfassess.enums import Mode
from selfassess.models import Assessment
from selfassess.reading import outcome
from selfassess.services.assessments import (
    assessment_close,
    assessment_delete,
    assessment_of,
    assessment_reveal,
    assessment_visit,
    is_manager,
    purge_day,
)
from selfassess.views.doors import unknown
from selfassess.views.mine import state_answer, waiting_context

View = Callable[..., HttpResponseBase]


def manager_only(view: View) -> View:
    """For the opener's own link; any other answers as an unknown code."""

    @secret_form
    @wraps(view)
    def opened(
        request: HttpRequest, code: str, jeton: str, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        assessment = assessment_of(code)
        if assessment is None or not is_manager(assessment, jeton):
            return unknown(request, code)
        return view(request, assessment, code, jeton, *args, **kwargs)

    return opened


@manager_only
@require_safe
def manage(request: HttpRequest, assessment: Assessment, code: str, jeton: str) -> HttpResponseBase:
    """The code, the QR code and the link to give; who has sent; what can be done now."""
    assessment_visit(assessment)
    invitation = request.build_absolute_uri(address("selfassess:join", code))
    context = _context(assessment, code, jeton) | {
        "invitation": invitation,
        "own_link": request.build_absolute_uri(request.path),
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
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, assessment: Assessment, code: str, jeton: str) -> HttpResponseBase:
    """Erase everything at once, after a page that asks."""
    if request.method == "POST":
        assessment_delete(assessment=assessment)
        return render(request, "selfassess/deleted.html")
    return render(request, "selfassess/delete.html", _context(assessment, code, jeton))


@manager_only
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
