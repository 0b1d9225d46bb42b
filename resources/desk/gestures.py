"""What one may do to a sheet where it stands, in the order of its life."""

from __future__ import annotations

from dataclasses import dataclass

from resources.desk.sheet import Desk
from resources.enums import DraftState, Status


@dataclass(frozen=True)
class Gesture:
    """``explain``: what it takes away, said before the button that confirms it."""

    name: str
    label: str
    explain: str = ""
    confirm: str = ""
    kind: str = ""


ASK = Gesture("relire", "Demander une relecture")
REWRITE = Gesture("reprendre", "Reprendre le texte")
CANCEL_PLAN = Gesture(
    "reprendre",
    "Annuler la publication prévue",
    "La correction ne sera pas publiée à cette date. Le texte de travail est gardé.",
    "Annuler la publication prévue",
)
DISCARD = Gesture(
    "abandonner",
    "Abandonner ce texte de travail",
    "Tout ce qui a été écrit depuis la dernière publication sera perdu. Ce qui est en ligne ne"
    " change pas.",
    "Abandonner le texte",
    "danger",
)
UNDO = Gesture(
    "annuler",
    "Annuler la dernière publication",
    "Le texte d’avant revient en ligne, sous un nouveau numéro. Celui d’aujourd’hui devient le"
    " texte de travail : aucun mot n’est perdu.",
    "Annuler la publication",
    "danger",
)
UNDO_FIRST = Gesture(
    "annuler",
    "Annuler la publication",
    "C’est la première : la fiche quitte le site et redevient un brouillon. Aucun mot n’est perdu.",
    "Annuler la publication",
    "danger",
)
WITHDRAW = Gesture(
    "retirer",
    "Retirer la fiche",
    "À la date choisie, plus personne ne la voit : page, recherche, plan du site et PDF.",
    "Retirer",
    "danger",
)
KEEP = Gesture("maintenir", "Annuler le retrait : garder la fiche en ligne")
PUT_BACK = Gesture("maintenir", "Remettre en ligne")
UNPUBLISH = Gesture(
    "depublier",
    "Reprendre en brouillon",
    "La fiche quitte le site jusqu’à ce que vous la publiiez à nouveau.",
    "Reprendre en brouillon",
    "danger",
)
TO_DRAFT = Gesture("depublier", "Reprendre en brouillon")
ARCHIVE = Gesture(
    "archiver",
    "Archiver",
    "La fiche quitte le site et les listes de travail. Rien n’en est perdu : on peut la reprendre.",
    "Archiver",
    "danger",
)


def gestures(desk: Desk) -> list[Gesture]:
    """The buttons of the page, none that would be refused."""
    status, state = desk.resource.status, desk.working.state
    if status == Status.DRAFT:
        return [ASK, ARCHIVE]
    if status == Status.IN_REVIEW:
        return [REWRITE, ARCHIVE]
    if status == Status.ARCHIVED:
        return [TO_DRAFT]
    found: list[Gesture] = []
    if state == DraftState.SCHEDULED:
        found.append(CANCEL_PLAN)
    elif state == DraftState.IN_REVIEW:
        found += [REWRITE, DISCARD]
    elif state == DraftState.WRITING:
        found += [ASK, DISCARD] if desk.working.differs else [DISCARD]
    if desk.resource.withdrawn_at:
        found.append(PUT_BACK if desk.is_withdrawn else KEEP)
    if desk.can_undo:
        found.append(UNDO_FIRST if desk.is_first else UNDO)
    if desk.is_on_view:
        found.append(WITHDRAW)
    return [*found, UNPUBLISH, ARCHIVE]
