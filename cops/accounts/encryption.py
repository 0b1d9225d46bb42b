"""What must be read again and never lie in clear in the database: the seeds of second factors.

``ENCRYPTION_KEYS`` names the keys, the newest first: it encrypts, all of them decrypt. Without
it they are derived from ``SECRET_KEY`` and its fallbacks. After a change of keys,
``manage.py reencrypt_seeds`` writes every seed under the newest one.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

__all__ = ["InvalidToken", "decrypt", "encrypt", "reencrypt"]


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text; raises InvalidToken when no known key wrote it."""
    return _fernet().decrypt(token).decode()


def reencrypt(token: str) -> str:
    """The same text under the newest key; raises InvalidToken when no known key wrote it."""
    return _fernet().rotate(token).decode()


def _fernet() -> MultiFernet:
    named = tuple(settings.ENCRYPTION_KEYS)
    return _fernet_of(named or (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)))


@lru_cache(maxsize=8)
def _fernet_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cops.accounts.encryption")
    return base64.urlsafe_b64encode(derived.derive(key.encode()))
