"""What the binder's page says of what has just been done in it.

An answer without session: the redirect carries a word of ours and the key of a line, never a
sentence, so that nobody makes the page say what he likes by a link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from cops.formats import count_fr, date_fr
from resources.models import Binder, BinderItem
from resources.reading.binder import Line, title_of
from resources.services.binders import FULL, TOO_MANY

_UNDO = "resources.binder.undo"
UNDO_SECONDS = 86_400
GONE = "Cette fiche n’est plus dans ce classeur : rien n’a changé."
_OF_A_LINE = {
    "ajoutee": ("good", "« {title} » est dans votre classeur."),
    "deja": ("", "« {title} » est déjà dans votre classeur."),
    "remise": ("good", "« {title} » est de retour, à sa place."),
    "deplacee": ("good", "« {title} » est maintenant à la place {rank} sur {total}."),
}
_OF_THE_BINDER = {
    "nomme": ("good", "Ce classeur s’appelle maintenant « {name} »."),
    "partage": ("good", "Le lien de lecture est prêt : copiez-le ou envoyez-le par courriel."),
    "ferme": ("good", "Le lien de lecture est fermé : il ne s’ouvre plus pour personne."),
    "garde": ("good", "Ce classeur est gardé jusqu’au {until}."),
    "ouvert": ("good", "Ce que vous ajoutez va maintenant dans « {name} »."),
    "nouveau": ("good", "« {name} » est commencé : ce que vous ajoutez va maintenant ici."),
    "supprime": ("good", "Le classeur est supprimé, avec son lien de lecture."),
    "plein": ("warning", FULL),
    "trop": ("warning", TOO_MANY),
    "sans": ("warning", "Aucune fiche de ce classeur ne peut être mise dans un document."),
    "absente": ("warning", "Cette fiche n’est pas dans la bibliothèque : rien n’a été ajouté."),
    "partie": ("warning", GONE),
    "perdu": ("warning", "Ce classeur n’est plus là : rien n’a changé."),
}


@dataclass(frozen=True)
class Notice:
    """``undo``: what the form « Annuler » sends back; ``back``: the page one came from."""

    text: str
    kind: str = ""
    undo: str = ""
    back: str = ""


def notice_of(request: HttpRequest, binder: Binder | None, lines: list[Line]) -> Notice | None:
    """The notice that the address asks for; None when it asks for none of ours."""
    query = request.GET
    code = query.get("fait", "")
    if code in _OF_A_LINE:
        return _of_a_line(request, code, lines)
    if code == "retiree":
        return _of_a_removal(query, binder)
    if code == "copie":
        return _of_a_copy(query)
    if code not in _OF_THE_BINDER:
        return None
    kind, text = _OF_THE_BINDER[code]
    words = {"name": binder.name, "until": date_fr(binder.expires_at)} if binder else {}
    if "{" in text and not words:
        return None
    return Notice(text.format(**words), kind, back=_back(request) if code == "plein" else "")


def _of_a_line(request: HttpRequest, code: str, lines: list[Line]) -> Notice:
    wanted = request.GET.get("fiche", "")
    line = next((line for line in lines if str(line.item) == wanted), None)
    if line is None:
        return Notice(GONE, "warning")
    kind, text = _OF_A_LINE[code]
    said = text.format(title=line.title, rank=line.position, total=len(lines))
    return Notice(said, kind, back=_back(request) if code in ("ajoutee", "deja") else "")


def _of_a_removal(query: QueryDict, binder: Binder | None) -> Notice | None:
    token = query.get("annuler", "")
    known = undone(token, binder) if binder else None
    if known is None:
        return None
    return Notice(
        f"« {title_of(known['resource'], known['version'])} » est retirée.", "good", token
    )


def _of_a_copy(query: QueryDict) -> Notice:
    text = query.get("combien", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not number:
        return Notice("Toutes ces fiches étaient déjà dans votre classeur.")
    words = count_fr(number, "fiche copiée,fiches copiées")
    return Notice(f"{words} dans votre classeur.", "good")


def _back(request: HttpRequest) -> str:
    place = request.GET.get("retour", "")
    inside = place.startswith("/") and url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return place if inside else ""


def undo_token(binder: Binder, gone: BinderItem) -> str:
    """All that is needed to put a sheet back; signed, so that it says only what we said."""
    return signing.dumps(
        [binder.public_id, gone.resource_id, gone.position, gone.version], salt=_UNDO
    )


def undone(token: str, binder: Binder) -> dict[str, Any] | None:
    """What a token of ``undo_token`` holds, if it is for this binder and not too old."""
    try:
        whose, resource, position, version = signing.loads(token, salt=_UNDO, max_age=UNDO_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if whose != binder.public_id:
        return None
    return {"resource": resource, "position": position, "version": version}
