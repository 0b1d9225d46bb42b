from django.db import models


class State(models.TextChoices):
    """Where an export is. The only ways from one to another are in TRANSITIONS."""

    WAITING = "waiting", "En attente"
    MAKING = "making", "En cours"
    READY = "ready", "Prêt"
    FAILED = "failed", "Échec"
    PARKED = "parked", "Mis de côté"
    EXPIRED = "expired", "Plus gardé"


# From making to making: its worker was killed, another one takes it up.
TRANSITIONS: dict[State, set[State]] = {
    State.WAITING: {State.MAKING, State.EXPIRED},
    State.MAKING: {State.MAKING, State.READY, State.FAILED, State.PARKED},
    State.READY: {State.EXPIRED},
    State.FAILED: {State.WAITING, State.EXPIRED},
    State.PARKED: {State.WAITING, State.EXPIRED},
    State.EXPIRED: set(),
}

UNFINISHED = frozenset({State.WAITING, State.MAKING})
STOPPED = frozenset({State.FAILED, State.PARKED})


class Reason(models.TextChoices):
    """Why an export stopped; what is said of it is in the page."""

    NONE = "", ""
    DISK = "disk", "disque plein"
    LONG = "long", "trop long"
    FAULT = "fault", "erreur"
    KILLED = "killed", "interrompu"
    TOLD = "told", "refus expliqué"
