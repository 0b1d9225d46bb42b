"""The address by which a person stops a category of mails, without signing in.

It holds the person's address and the category, encrypted with the site's key: nobody else can
make or read one, and it works as long as the mail is kept somewhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.urls import reverse


class Wish(NamedTuple):
    """What a way out is about."""

    address: str
    category: str


def unsubscribe_address(address: str, category: str) -> str:
    """The whole address, for the header and for the foot of a mail."""
    path = reverse("mail:unsubscribe", args=[wish_token(Wish(address, category))])
    return settings.SITE_ORIGIN + path


def wish_token(wish: Wish) -> str:
    return (
        _keys(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        .encrypt(json.dumps(wish).encode())
        .decode()
        .rstrip("=")
    )


def wish_of(token: str) -> Wish | None:
    """What a token of ours says; None for any other text."""
    keys = _keys(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    padded = token + "=" * (-len(token) % 4)
    try:
        return Wish(*json.loads(keys.decrypt(padded.encode())))
    except (InvalidToken, ValueError):
        return None


@lru_cache(maxsize=4)
def _keys(*secrets: str) -> MultiFernet:
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(
                    hashlib.sha256(f"cops.mail.unsubscribe:{secret}".encode()).digest()
                )
            )
            for secret in secrets
        ]
    )
