"""How often a form without account may be sent.

    WRITTEN = (Limit(5, seconds=600), Limit(30, seconds=86_400))

    seconds = take(request, "missing-word", *WRITTEN)
    if seconds:
        return answers.too_many(seconds)

What is counted only when it is wrong (a code) is asked about first, with ``waits``.

Counted in the cache under a hash of the visitor's network (/24 or /48) that changes with
each window: nobody reads an address there, and nothing is left of it after the window. A
hospital is one network: a limit by visitor is wide, one by visitor and object (``key``) narrow.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cops.http.clients import client_network

_SALT = "cops.http.limits"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in a window of ``seconds``."""

    number: int
    seconds: int


def take(request: HttpRequest, name: str, *limits: Limit, key: str = "") -> int:
    """Count this sending of ``name`` (about ``key``); 0 if it may pass, else the seconds to wait.

    What is refused is not counted: who waits for the time told may then send.
    """
    now = time.time()
    who = client_network(request)
    slots = _slots(name, limits, who, key, now)
    with transaction.atomic():
        # One visitor's sendings one after the other: two at once could both be the last one.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock(name, who, key)])
        counts = [cache.get(slot, 0) for _, slot in slots]
        if wait := _wait(slots, counts, now):
            return wait
        for (limit, slot), count in zip(slots, counts, strict=True):
            cache.set(slot, count + 1, timeout=_rest(limit, now))
    return 0


def waits(request: HttpRequest, name: str, *limits: Limit, key: str = "") -> int:
    """The seconds until this visitor may send ``name`` again, 0 if now; counts nothing.

    For what is counted only when it is wrong: at its limit, a right one is not taken either.
    """
    now = time.time()
    slots = _slots(name, limits, client_network(request), key, now)
    found = cache.get_many([slot for _, slot in slots])
    return _wait(slots, [found.get(slot, 0) for _, slot in slots], now)


Slots = list[tuple[Limit, str]]


def _slots(name: str, limits: tuple[Limit, ...], who: str, key: str, now: float) -> Slots:
    return [(limit, _slot(limit, name, who, key, now)) for limit in limits]


def _wait(slots: Slots, counts: list[int], now: float) -> int:
    full = [_rest(limit, now) for (limit, _), count in zip(slots, counts, strict=True)
            if count >= limit.number]  # fmt: skip
    return max(full, default=0)


def _rest(limit: Limit, now: float) -> int:
    return limit.seconds - int(now) % limit.seconds


def _slot(limit: Limit, name: str, who: str, key: str, now: float) -> str:
    window = int(now) // limit.seconds
    return "limit:" + _hash(f"{name}\0{key}\0{who}\0{limit.seconds}\0{window}").hex()


def _lock(name: str, who: str, key: str) -> int:
    return int.from_bytes(_hash(f"{name}\0{key}\0{who}")[:8], "big", signed=True)


def _hash(text: str) -> bytes:
    return salted_hmac(_SALT, text, algorithm="sha256").digest()
