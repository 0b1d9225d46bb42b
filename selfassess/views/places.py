"""Whose page it is: by the secret link of a participant or of the opener, or by an account.

The portal keeps digests alone, of the code and of the links: an account that keeps an
assessment cannot lead back to it by its link. The pages therefore have a second address,
« /autoevaluation/moi/<name>/… », open to the session of the account that keeps the place and to
nobody else; ``BY_ACCOUNT`` stands there for the code, the public name of the tie for the
secret. Every page, every form and every reverse() works the same by either door.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from cops.http.secret_pages import secret_form
from selfassess.enums import ON_ONE_SCREEN
from selfassess.models import Assessment, Participant
from selfassess.services.assessments import (
    Gone,
    assessment_of,
    assessment_visit,
    is_manager,
    participant_of,
    purge_day,
)
from selfassess.services.kept import kept_opener, kept_participant
from selfassess.views.doors import unknown

BY_ACCOUNT = "moi"
View = Callable[..., HttpResponseBase]


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

    @property
    def by_account(self) -> bool:
        return self.code == BY_ACCOUNT

    @property
    def sees_outcome(self) -> bool:
        """True for those who sent theirs, once all is turned over: what comes after is theirs."""
        return self.assessment.revealed_at is not None and self.me.submitted_at is not None

    @property
    def erases(self) -> bool:
        """True where the place itself may erase all; elsewhere the opener alone does."""
        return self.assessment.mode in ON_ONE_SCREEN

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
            "by_account": self.by_account,
            "erases": self.erases,
            "purge_day": purge_day(self.assessment),
        }


def mine_only(view: View, *, visits: bool = True) -> View:
    """For a participant's own link, or their account; any other answers as an unknown code.

    Each of these pages counts as a visit, which puts the purge off, unless ``visits`` is False.
    """
    return _only(view, _participant, visits)


def manager_only(view: View, *, visits: bool = True) -> View:
    """For the opener's own link, or their account; any other answers as an unknown code."""
    return _only(view, _opener, visits)


# What a screen asks by itself is no visit: a screen left on would keep everything for ever.
mine_polled = partial(mine_only, visits=False)
manager_polled = partial(manager_only, visits=False)


Found = tuple[Any, ...]  # what the view is given before the rest of its address


def _participant(request: HttpRequest, code: str, jeton: str) -> Found | None:
    if code == BY_ACCOUNT:
        me = kept_participant(owner=request.user, public_id=jeton)
    else:
        assessment = assessment_of(code)
        me = participant_of(assessment, jeton) if assessment else None
        if assessment is not None and me is not None:
            me.assessment = assessment
    return None if me is None else (Place(me.assessment, me, code, jeton),)


def _opener(request: HttpRequest, code: str, jeton: str) -> Found | None:
    if code == BY_ACCOUNT:
        assessment = kept_opener(owner=request.user, public_id=jeton)
    else:
        assessment = assessment_of(code)
        if assessment is not None and not is_manager(assessment, jeton):
            assessment = None
    return None if assessment is None else (assessment, code, jeton)


def _only(view: View, find: Callable[[HttpRequest, str, str], Found | None], visits: bool) -> View:
    @secret_form
    @wraps(view)
    def opened(
        request: HttpRequest, code: str, jeton: str, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if code == BY_ACCOUNT and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        found = find(request, code, jeton)
        if found is None:
            return _refused(request, code)
        if visits:
            where = found[0]
            assessment_visit(where.assessment if isinstance(where, Place) else where)
        try:
            return view(request, *found, *args, **kwargs)
        except Gone:  # erased from another screen at this very moment
            return _refused(request, code)

    return opened


def _refused(request: HttpRequest, code: str) -> HttpResponseBase:
    if code == BY_ACCOUNT:
        # Another account's, or no longer kept: no code was tried.
        return render(request, "selfassess/unknown.html", status=404)
    return unknown(request, code)
