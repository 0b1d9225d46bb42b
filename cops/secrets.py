"""Random names and secrets of the addresses: how they are drawn, and how they are kept.

A ``public_id`` names a person's thing where a number could be guessed; whoever knows it
still needs the right to see it. A *secret* is that right: the link that carries it opens
the thing, so the table keeps only its HMAC, which a thief of the table cannot turn back.
A random secret needs no slow hash (trust.md A17).
"""

from __future__ import annotations

import hmac
import secrets
import string
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models

ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
LENGTH = 22  # of 62 letters: 131 bits
DIGEST_LENGTH = 64


def random_name() -> str:
    """22 characters of base62, drawn at random: a public_id, or a new secret."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_secret(text: str) -> bool:
    """True if the text has the shape of a name drawn here."""
    return len(text) == LENGTH and all(letter in ALPHABET for letter in text)


class SecretConverter:
    """``<secret:jeton>`` in an address: what has not its shape never reaches the base."""

    regex = f"[0-9A-Za-z]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def digest(secret: str, *, purpose: str) -> str:
    """What the table keeps of a secret: 64 hexadecimal digits.

    ``purpose`` (``"resources.preview"``) parts the families: a secret of one opens nothing of
    another.
    """
    return _digest(secret, purpose, settings.SECRET_KEY)


def digests(secret: str, *, purpose: str) -> list[str]:
    """Every digest under which a secret may have been kept: today's key, then former ones.

    Look it up by ``digest__in``: a link sent before the key was changed still opens.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_digest(secret, purpose, str(key)) for key in keys]


def _digest(secret: str, purpose: str, key: str) -> str:
    message = f"{purpose}\n{secret}".encode(errors="replace")
    return hmac.new(f"cops.secrets{key}".encode(), message, sha256).hexdigest()


def public_id_field() -> models.CharField:
    """The random name of a row in an address."""
    return models.CharField(
        "identifiant public", max_length=LENGTH, unique=True, editable=False, default=random_name
    )


def digest_field(label: str = "empreinte du secret", **extra: Any) -> models.CharField:
    """What is kept of a secret; unique, so that it is found by its index."""
    return models.CharField(label, max_length=DIGEST_LENGTH, unique=True, editable=False, **extra)
