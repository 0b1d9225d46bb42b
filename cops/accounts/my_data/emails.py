"""What a person is told by mail when they ask for their data, or leave."""

from __future__ import annotations

from datetime import datetime

from cops.accounts.models import User
from cops.exports import export_address
from cops.exports.models import Export
from cops.formats import date_fr
from cops.mail import queue
from cops.privacy.models import Departure

CATEGORY = "account-data"
FAREWELL = "cops/accounts/emails/farewell"


def data_asked(user: User, *, export: Export) -> None:
    """So that nobody takes the data of another unseen."""
    _queue("data_asked", user, f"data:{export.public_id}", page=export_address(export))


def leaving(user: User, *, departure: Departure, by_team: bool) -> None:
    due = date_fr(departure.due_at)
    key = f"leaving:{departure.pk}"
    _queue("leaving", user, key, due=due, by_team=by_team, closed=not user.is_active)


def stayed(user: User, *, departure: Departure) -> None:
    _queue("stayed", user, f"stayed:{departure.pk}")


def dormant(user: User, *, notice: int, erased_on: datetime) -> None:
    _queue("dormant", user, f"dormant:{notice}", due=date_fr(erased_on))


def farewell(address: str, *, key: str) -> None:
    """The last mail: of a person who is no longer known. Its row goes as soon as it left."""
    queue(
        to=address,
        template=FAREWELL,
        context={},
        category=CATEGORY,
        dedupe_key=f"farewell:{key}",
    )


def _queue(name: str, user: User, key: str, **context: str | bool) -> None:
    queue(
        to=user.email,
        template=f"cops/accounts/emails/{name}",
        context={"name": user.display_name} | context,
        category=CATEGORY,
        dedupe_key=key,
        person=user,
    )
