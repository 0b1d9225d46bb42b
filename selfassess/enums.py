"""Closed lists of the self-assessment."""

from django.db import models


class Mode(models.TextChoices):
    """Who assesses, and on how many screens."""

    ALONE = "seul", "Seul"
    DEVICE = "un-ecran", "À deux, sur un seul écran"
    PAIR = "a-deux", "À deux, chacun son écran"
    GROUP = "en-groupe", "En groupe"


# How many people fill each of the modes, at most.
PLACES: dict[str, int] = {Mode.ALONE: 1, Mode.DEVICE: 2, Mode.PAIR: 2, Mode.GROUP: 40}

# Nobody has a page to manage there: each place leads to « Effacer ». On one screen for two, what
# is on the screen is theirs both.
ON_ONE_SCREEN = frozenset({Mode.ALONE, Mode.DEVICE})

TOGETHER = "ensemble"  # the role of the grids that names the joint moment: nobody joins with it
NEVER_APART = 3  # a role with fewer members is never shown apart
LOW = 2  # an axis whose median is under it is low: sheets that help are shown
GAP = 2  # levels between two marks from which questions to talk about are shown


class Done(models.TextChoices):
    """What became of a decision, said at the next assessment."""

    YES = "oui", "Fait"
    PARTLY = "en-partie", "En partie"
    NO = "non", "Pas encore"
