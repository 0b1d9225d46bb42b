"""What is going wrong, in one place: the timer, the figures and « À traiter » read it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cops.operation import backups, queues, readiness

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class Rule:
    """A measure and its limit, in seconds, or in bytes for the disk."""

    key: str
    label: str
    measure: Callable[[], float | None]  # None: there is nothing to measure
    limit: float
    low: bool = False  # wrong below the limit, not above it


@dataclass(frozen=True)
class Reading:
    """What a rule gives now."""

    key: str
    label: str
    value: float
    limit: float
    wrong: bool


RULES = (
    Rule(
        "mail", "Des courriels attendent depuis plus de dix minutes.",
        queues.oldest_mail, 10 * MINUTE,
    ),
    Rule(
        "exports", "Un document demandé attend depuis plus de quinze minutes.",
        queues.oldest_export, 15 * MINUTE,
    ),
    Rule(
        "timer", "Le minuteur ou les tâches de fond sont arrêtés.",
        queues.since_last_watch, 5 * MINUTE,
    ),
    Rule(
        "backup", "La dernière sauvegarde a plus de trente heures.",
        backups.age_of_newest, 30 * HOUR,
    ),
    Rule(
        "disk", "Il reste moins d’un gigaoctet sur le disque.",
        readiness.free_bytes, 1e9, low=True,
    ),
)  # fmt: skip


def readings() -> list[Reading]:
    """Every measure that can be taken. Asks the database."""
    found = []
    for rule in RULES:
        value = rule.measure()
        if value is not None:
            wrong = value < rule.limit if rule.low else value > rule.limit
            found.append(Reading(rule.key, rule.label, value, rule.limit, wrong))
    return found


def active() -> list[Reading]:
    """What is wrong now."""
    return [reading for reading in readings() if reading.wrong]
