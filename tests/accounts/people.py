"""People for the tests of every app: made and signed in as they would be on the portal."""

from __future__ import annotations

import re
import secrets
import time

from allauth.account.internal.flows import login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.test import Client

from cops.accounts.enums import Role
from cops.mail.models import Message

PASSWORD = "une phrase assez longue"


def person(role: str = Role.MEMBER, *, email: str = "", password: str | None = PASSWORD, **fields):
    """A person with a verified address; ``password=None`` for one who only uses codes.

    The team and the administrators have a second factor, as the portal demands.
    """
    email = email or f"{role}-{secrets.token_hex(4)}@example.org"
    user = get_user_model().objects.create_user(email, password, role=role, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if user.is_staff:
        add_second_factor(user)
    return user


def add_second_factor(user) -> str:
    """Registers an application for codes; gives back its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def sign_in(client: Client, user, *, second_factor: bool | None = None, ago: float = 0) -> None:
    """Signs in as the pages do; with the second factor when the person has one.

    ``ago`` seconds before now: a session that is no more fresh enough for « sudo ».
    """
    client.force_login(user)
    methods = ["password" if user.has_usable_password() else "code"]
    if second_factor is None:
        second_factor = Authenticator.objects.filter(user=user).exists()
    if second_factor:
        methods.append("mfa")
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": time.time() - ago, "reauthenticated": True} for method in methods
    ]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()


def code_sent_to(email: str) -> str:
    """The code of the last mail queued for this address."""
    message = Message.objects.filter(to=email).latest("pk")
    found = re.search(r"^\s{4}([A-Z]{4}-[A-Z]{4})$", message.text, re.MULTILINE)
    assert found is not None, message.text
    return found[1]
