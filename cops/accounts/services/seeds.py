"""Changing the key under which the seeds of second factors are kept."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from cops.encryption import InvalidToken, reencrypt

NAMES = ("secret", "seed")  # of an application of codes, of recovery codes


def seeds_reencrypt() -> tuple[int, int]:
    """How many seeds were written under the newest key, and how many no known key could read.

    One row at a time, locked: somebody may be signing in with it.
    """
    done = lost = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            for name in NAMES:
                if name not in row.data:
                    continue
                try:
                    row.data[name] = reencrypt(row.data[name])
                except InvalidToken:
                    lost += 1
                else:
                    done += 1
            row.save(update_fields=["data"])
    return done, lost
