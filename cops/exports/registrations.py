"""What exports ask of the timer, and show to the team when one was set aside."""

from celery.schedules import crontab
from django.urls import reverse

from cops.background import every, sweep
from cops.exports.enums import State
from cops.exports.models import Export
from cops.exports.tidying import exports_erase, exports_erase_old, exports_sweep
from cops.formats import size_fr
from cops.privacy import Basis, Erase, Retention, declare
from cops.todo import LIMIT, Item, register_source

sweep("exports.unfinished", exports_sweep)
every("cops.exports.clear_leftovers", crontab(hour=3, minute=20))


def _parked(user: object) -> list[Item]:
    page = reverse("pages:exports")
    rows = Export.objects.filter(state=State.PARKED).order_by("created_at", "pk")[:LIMIT]
    return [Item(export.label, page, export.created_at) for export in rows]


register_source(
    "exports.parked", "Documents qui n’ont pas pu être faits", _parked, page="pages:exports"
)
declare(
    "exports.Export",
    title="Vos documents en préparation",
    people="Les personnes qui demandent un classeur, un recueil ou leurs données",
    purpose="Préparer un long document et vous le donner",
    basis=Basis.CONTRACT,
    retention=Retention(
        "Le fichier : sept jours, deux pour « Mes données ». Sa trace : trente jours de plus.",
        purge=exports_erase_old,
    ),
    person="owner",
    fields={
        "kind": "document",
        "state": "état",
        "created_at": "demandé le",
        "ready_at": "prêt le",
        "expires_at": "gardé jusqu’au",
        "size": "taille",
        "downloads": "téléchargements",
    },
    words={"kind": lambda kind: Export(kind=kind).label, "size": size_fr},
    withheld={
        "public_id": "nom technique de l’adresse",
        "parameters": "ce qui est mis dans le document, que vous avez choisi",
        "content_hash": "empreinte technique",
        "fingerprint": "empreinte technique",
        "secret_hash": "empreinte d’un secret",
        "reason": "raison technique d’un échec",
        "words": "phrase affichée en cas d’échec",
        "attempts": "compte technique des essais",
        "done": "avancement",
        "total": "avancement",
        "phase": "avancement",
        "file": "nom technique du fichier",
        "filename": "nom du téléchargement",
        "lease_until": "fin technique du travail",
        "token": "nom technique du travail",
        "asks": "compte technique",
        "next_ask_at": "heure technique",
    },
    erasure=Erase("Effacés, fichiers compris.", exports_erase),
    order=70,
)
