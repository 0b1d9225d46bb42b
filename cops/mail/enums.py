"""The states of a mail and how one leads to another."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a mail stands. Once it is claimed, only the batch that holds it moves it."""

    PREPARED = "prepared", "À envoyer"
    CLAIMED = "claimed", "Pris en charge"
    # Committed just before it is handed over: what happens after is not always known.
    TRANSMITTING = "transmitting", "En cours d’envoi"
    ACCEPTED = "accepted", "Envoyé"
    RETRY = "retry", "À réessayer"
    REFUSED = "refused", "Refusé"
    UNCERTAIN = "uncertain", "Envoi incertain"
    SKIPPED = "skipped", "Non envoyé"


# A batch may take them when their time has come; without a time they wait for a person.
WAITING = (State.PREPARED, State.RETRY, State.UNCERTAIN)
HELD = (State.CLAIMED, State.TRANSMITTING)  # a batch has them, until its lease ends
SETTLED = (State.ACCEPTED, State.REFUSED, State.SKIPPED)  # nothing happens any more

TRANSITIONS: dict[State, frozenset[State]] = {
    State.PREPARED: frozenset({State.CLAIMED}),
    State.CLAIMED: frozenset(
        {State.TRANSMITTING, State.PREPARED, State.RETRY, State.REFUSED, State.SKIPPED}
    ),
    # Back to prepared: the server went away before it was given anything of the mail.
    State.TRANSMITTING: frozenset(
        {State.ACCEPTED, State.PREPARED, State.RETRY, State.REFUSED, State.UNCERTAIN}
    ),
    # Prepared: a person sends a parked mail again; skipped: a person gives it up.
    State.RETRY: frozenset({State.CLAIMED, State.PREPARED, State.SKIPPED}),
    State.UNCERTAIN: frozenset({State.CLAIMED, State.PREPARED, State.SKIPPED}),
    State.ACCEPTED: frozenset(),
    State.REFUSED: frozenset(),
    State.SKIPPED: frozenset(),
}


def sources(target: State) -> list[str]:
    """The states from which one may come to ``target``, as a statement compares them."""
    return sorted(state.value for state, targets in TRANSITIONS.items() if target in targets)


class SuppressionReason(models.TextChoices):
    """Why an address gets no mail of a category any more."""

    OPT_OUT = "opt_out", "La personne l’a demandé"
    BOUNCE = "bounce", "L’adresse n’existe pas ou plus"
    TEAM = "team", "L’équipe l’a décidé"
