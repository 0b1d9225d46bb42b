"""What must be read again and never lie in clear in the database: the seeds of second factors,
the links of reminders.

``ENCRYPTION_KEYS`` names the keys, the newest first: it encrypts, all of them decrypt. Without
it they are derived from ``SECRET_KEY`` and its fallbacks. After a change of keys,
``manage.py reencrypt_seeds`` writes under the newest one all that
``register_encrypted("Graines réécrites", seeds_reencrypt)`` names, in an app's
``registrations.py``.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

__all__ = ["InvalidToken", "decrypt", "encrypt", "reencrypt", "register_encrypted", "rewriters"]

# Gives how many were written under the newest key, and how many no known key could read.
Rewriter = Callable[[], tuple[int, int]]
_rewriters: dict[str, Rewriter] = {}


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text; raises InvalidToken when no known key wrote it."""
    return _fernet().decrypt(token).decode()


def reencrypt(token: str) -> str:
    """The same text under the newest key; raises InvalidToken when no known key wrote it."""
    return _fernet().rotate(token).decode()


def register_encrypted(label: str, rewriter: Rewriter) -> None:
    """Have something written again after a change of keys; ``label`` is what the command says."""
    _rewriters[label] = rewriter


def rewriters() -> dict[str, Rewriter]:
    return dict(_rewriters)


def _fernet() -> MultiFernet:
    named = tuple(settings.ENCRYPTION_KEYS)
    return _fernet_of(named or (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)))


@lru_cache(maxsize=8)
def _fernet_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str) -> bytes:
    # The name it had when the first seeds were written: another one would read none of them.
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cops.accounts.encryption")
    return base64.urlsafe_b64encode(derived.derive(key.encode()))
