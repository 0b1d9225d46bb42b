"""A person of whom the portal knows something in many places, each time a word of their own."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from cops.audit import record, register_action
from cops.exports.models import Export
from cops.mail.models import Message
from tests.accounts.people import person, sign_in

CANARY = "zanzibar"
register_action("privacy.tried", "Essai")


def known_person(mark: str = CANARY, **fields: Any) -> Any:
    """A member who signed in, got mails, asked for a document, and did a few things."""
    user = person(email=f"{mark}@example.org", display_name=f"Camille {mark}", **fields)
    EmailAddress.objects.create(user=user, email=f"{mark}.2@example.org", verified=False)
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": f"seed-{mark}"})
    client = Client(headers={"user-agent": f"Firefox {mark}"})
    sign_in(client, user)
    client.get("/compte/")
    UserSession.objects.get_or_create(
        user=user,
        session_key=client.session.session_key,
        defaults={"ip": "192.0.2.0", "user_agent": f"Firefox {mark}"},
    )
    visitor = Client()
    session = visitor.session
    session["typed"] = f"{mark}@example.org"
    session.save()
    for to in (user.email, user.email.upper()):
        Message.objects.create(
            to=to, category="account", bulk=False, template="t", subject=f"Bonjour {mark}",
            text=f"Bonjour {mark}", dedupe_key=f"{mark} {to}",
        )  # fmt: skip
    for state, when in (("accepted", timezone.now()), ("prepared", None)):
        # Written to the team, to be answered to the person.
        Message.objects.create(
            to="equipe@example.org", reply_to=user.email, category="account", bulk=False,
            template="t", subject="Un mot", dedupe_key=f"team {user.pk} {state}", state=state,
            text=mark if when else "Un mot.", settled_at=when,
        )  # fmt: skip
    name = default_storage.save("exports/known-1.zip", ContentFile(mark.encode()))
    Export.objects.create(
        kind="tests", content_hash="1", fingerprint=mark, owner=user, file=name,
        parameters={"name": mark},
    )  # fmt: skip
    LogEntry.objects.create(
        user=user, object_repr=f"Fiche de {mark}", action_flag=ADDITION,
        content_type=ContentType.objects.get_for_model(user), change_message="",
    )  # fmt: skip
    record(user, "privacy.tried", user, {"display_name": [mark, f"Camille {mark}"]})
    _told_by_another(user, mark)
    return user


def _told_by_another(user: Any, mark: str) -> None:
    """What an administrator did to this account, and a mail to the team that names them."""
    other = person("administrator")
    LogEntry.objects.create(
        user=other, object_repr=str(user), object_id=str(user.pk), action_flag=CHANGE,
        content_type=ContentType.objects.get_for_model(user),
        change_message=json.dumps([{"added": {"name": "rôle", "object": f"lecture : {mark}"}}]),
    )  # fmt: skip
    record(other, "privacy.tried", user, {"display_name": [mark, ""]})
    Message.objects.create(
        to=other.email, person=user, category="account", bulk=False, template="t",
        subject=f"À propos de {mark}", text=mark, dedupe_key=f"about {user.pk}",
    )  # fmt: skip
