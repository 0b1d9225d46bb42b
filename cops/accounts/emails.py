"""The mails of the account: codes, and what was changed. Each is a text of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from cops.accounts.devices import device_name
from cops.formats import date_fr, time_fr
from cops.mail import queue
from cops.secrets import digest

# Their text is erased as soon as they left: it holds a key.
CODES = "account-code"
NEWS = "account"


def login_code(to: str, *, code: str) -> None:
    _queue("login_code", to, CODES, code=code)


def sudo_code(to: str, *, code: str) -> None:
    _queue("sudo_code", to, CODES, code=code)


def signup_code(to: str, *, code: str) -> None:
    _queue("signup_code", to, CODES, code=code)


def address_code(to: str, *, code: str) -> None:
    _queue("address_code", to, CODES, code=code)


def reset_code(to: str, *, code: str) -> None:
    _queue("reset_code", to, CODES, code=code)


def account_exists(to: str) -> None:
    """Somebody signed up with the address of an account: its owner alone is told.

    Once an hour: whoever knows an address must not fill its box with our words.
    """
    hour = timezone.now().strftime("%Y%m%d%H")
    trace = digest(to.lower(), purpose="accounts.exists")[:32]
    _queue(
        "account_exists",
        to,
        NEWS,
        key=f"exists:{trace}:{hour}",
        code_page=reverse("account_request_login_code"),
        reset_page=reverse("account_reset_password"),
    )


def second_factor_forgotten(to: str) -> None:
    """The team took it away for a person who had lost it."""
    page = reverse("account_request_login_code")
    _queue("second_factor_forgotten", to, NEWS, code_page=page)


def news(name: str, to: str, *, when: str, device: str, **more: str) -> None:
    """Something of the account was changed; ``name`` is that of a template."""
    _queue(name, to, NEWS, when=when, device=device, **more)


def send(name: str, to: str, context: Mapping[str, Any]) -> None:
    """The mail that allauth asks for under its own ``name``."""
    if name == "unknown_account":
        return  # a stranger gets no mail from us
    if name == "account_already_exists":
        account_exists(to)
    elif name == "login_code":
        (sudo_code if context.get("reauthentication") else login_code)(to, code=context["code"])
    elif name in _CODES:
        _CODES[name](to, code=context["code"])
    else:
        changed = {key: context[key] for key in ("from_email", "to_email") if key in context}
        news(
            name,
            to,
            when=f"{date_fr(context['timestamp'])} à {time_fr(context['timestamp'])}",
            device=device_name(context.get("user_agent", "")),
            **changed,
        )


_CODES: dict[str, Callable[..., None]] = {
    "email_confirmation_signup": signup_code,
    "email_confirmation": address_code,
    "password_reset_code": reset_code,
}


def _queue(name: str, to: str, category: str, key: str = "", **context: str) -> None:
    queue(
        to=to,
        template=f"cops/accounts/emails/{name}",
        context=context,
        category=category,
        dedupe_key=f"account:{key or uuid4()}",
    )
