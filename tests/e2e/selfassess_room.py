"""Run in the database of the outage test: makes a group of which all but one have sent, or tells
what is kept of it."""

from __future__ import annotations

import json
import sys

import django


def make(number: int) -> dict[str, object]:
    from django.core.management import call_command

    from selfassess.enums import Mode
    from tests.selfassess import making

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    made = making.opened(Mode.GROUP, expected=number)
    places = [making.joined(made.assessment) for _ in range(number)]
    for participant, _ in places[:-1]:
        making.filled(participant)
    return {"code": made.code, "secrets": [secret for _, secret in places]}


def kept() -> dict[str, object]:
    from selfassess.models import Participant

    return {"scores": list(Participant.objects.order_by("pk").values_list("scores", flat=True))}


if __name__ == "__main__":
    django.setup()
    told = make(int(sys.argv[2])) if sys.argv[1] == "make" else kept()
    sys.stdout.write(json.dumps(told) + "\n")
