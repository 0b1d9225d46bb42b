"""What is going wrong, in one place: the timer, the figures and the team's page read it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cops.formats import count_fr, size_fr
from cops.operation import backups, queues, readiness

MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Rule:
    """A measure and its limit, in seconds, or in bytes for the disk."""

    key: str
    title: str
    trouble: str  # what is said when the limit is passed
    advice: str  # and what to do then
    measure: Callable[[], float | None]  # None: there is nothing to measure
    limit: float
    low: bool = False  # wrong below the limit, not above it
    words: Callable[[float], str] = lambda seconds: duration_fr(seconds)


@dataclass(frozen=True)
class Reading:
    """What a rule gives now."""

    rule: Rule
    value: float

    @property
    def key(self) -> str:
        return self.rule.key

    @property
    def wrong(self) -> bool:
        rule = self.rule
        return self.value < rule.limit if rule.low else self.value > rule.limit

    @property
    def value_words(self) -> str:
        return self.rule.words(self.value)

    @property
    def limit_words(self) -> str:
        bound = "au moins" if self.rule.low else "au plus"
        return f"{bound} {self.rule.words(self.rule.limit)}"


def duration_fr(seconds: float) -> str:
    """« 3 minutes », in the largest unit that says enough."""
    if seconds == float("inf"):
        return "jamais"
    for size, words in (
        (2 * DAY, "jour,jours"),
        (2 * HOUR, "heure,heures"),
        (MINUTE, "minute,minutes"),
    ):
        if seconds >= size:
            unit = {2 * DAY: DAY, 2 * HOUR: HOUR}.get(size, size)
            return count_fr(int(seconds // unit), words)
    return "moins d’une minute"


def waiting_fr(seconds: float) -> str:
    return duration_fr(seconds) if seconds else "rien n’attend"


RULES = (
    Rule(
        "mail", "Le plus ancien courriel à envoyer attend depuis",
        "Des courriels attendent depuis plus de dix minutes.",
        "Regardez la page « Courriels » : la raison y est dite. Rien n’est perdu.",
        queues.oldest_mail, 10 * MINUTE, words=lambda seconds: waiting_fr(seconds),
    ),
    Rule(
        "exports", "Le plus ancien document à préparer attend depuis",
        "Un document demandé attend depuis plus de quinze minutes.",
        "Regardez la page « Documents ». Si rien n’avance, les tâches de fond sont arrêtées.",
        queues.oldest_export, 15 * MINUTE, words=lambda seconds: waiting_fr(seconds),
    ),
    Rule(
        "timer", "Dernier signe du minuteur et des tâches de fond",
        "Le minuteur ou les tâches de fond sont arrêtés.",
        "Prévenez la personne qui tient le serveur : « beat » ou « worker » est à relancer.",
        queues.since_last_watch, 5 * MINUTE,
    ),
    Rule(
        "backup", "Dernière sauvegarde", "La dernière sauvegarde a plus de trente heures.",
        "Prévenez la personne qui tient le serveur : la sauvegarde de la nuit échoue.",
        backups.age_of_newest, 30 * HOUR,
    ),
    Rule(
        "disk", "Place libre sur le disque", "Il reste moins d’un gigaoctet sur le disque.",
        "Prévenez la personne qui tient le serveur avant que le disque ne soit plein.",
        readiness.free_bytes, 1e9, low=True, words=lambda octets: size_fr(int(octets)),
    ),
)  # fmt: skip


def readings() -> list[Reading]:
    """Every measure that can be taken. Asks the database."""
    taken = ((rule, rule.measure()) for rule in RULES)
    return [Reading(rule, value) for rule, value in taken if value is not None]


def active() -> list[Reading]:
    """What is wrong now."""
    return [reading for reading in readings() if reading.wrong]
