"""What the binder plugs into the ground: personal data, its documents, sign-in."""

from django.contrib.auth.signals import user_logged_in

from cops.accounts.pages import register_account_page
from cops.exports import register_kind
from cops.http.addresses import address
from cops.privacy import DELETE, Basis, Retention, declare
from resources.documents import binder_files
from resources.models.binders import DAYS_WITHOUT_ACCOUNT
from resources.services.binder_holders import binders_expired_delete
from resources.views.binder_holding import take_along

declare(
    "resources.Binder",
    title="Vos classeurs",
    people="Les personnes qui rangent des fiches dans « Mon classeur »",
    purpose="Retrouver, ordonner, partager et imprimer ensemble les fiches que vous avez choisies",
    basis=Basis.CONTRACT,
    retention=Retention(
        f"Sans compte : {DAYS_WITHOUT_ACCOUNT} jours après le dernier changement, et votre"
        " navigateur le retrouve par un cookie. Dans un compte : le temps que vous voulez.",
        purge=binders_expired_delete,
    ),
    person="owner",
    fields={
        "name": "nom",
        "chosen_at": "choisi le",
        "created_at": "créé le",
        "changed_at": "changé le",
    },
    withheld={
        "public_id": "nom technique, qui n’ouvre rien",
        "key_digest": "empreinte du cookie, vide pour un classeur de compte",
        "expires_at": "échéance, vide pour un classeur de compte",
        "share_salt": "ce qui sert à refaire le lien de partage, que la page montre",
        "share_digest": "empreinte du lien de partage, que la page montre",
    },
    erasure=DELETE,
    recipients="Les personnes à qui vous donnez le lien de lecture",
)
declare(
    "resources.BinderItem",
    title="Les fiches de vos classeurs",
    people="Les personnes qui rangent des fiches dans « Mon classeur »",
    purpose="Retrouver, ordonner, partager et imprimer ensemble les fiches que vous avez choisies",
    basis=Basis.CONTRACT,
    retention=Retention("Aussi longtemps que le classeur qui les contient."),
    person="binder__owner",
    fields={
        "binder__name": "classeur",
        "position": "rang",
        "resource__slug": "fiche, par son adresse",
        "version": "version au moment de l’ajout",
        "added_at": "ajoutée le",
    },
    erasure=DELETE,
    recipients="Les personnes à qui vous donnez le lien de lecture",
)

for kind, label, make in (
    (binder_files.PDF, "Votre classeur en un seul PDF", binder_files.binder_pdf),
    (binder_files.ZIP, "Votre classeur en dossier ZIP", binder_files.binder_zip),
):
    register_kind(
        kind,
        label,
        make=make,
        phases=binder_files.PHASES,
        back=lambda export: ("Revenir à mon classeur", address("resources:binder")),
    )

register_account_page(
    "Mes classeurs",
    "resources:binder",
    "Les fiches que vous avez réunies, à relire, à imprimer ou à partager.",
    order=60,
)
user_logged_in.connect(take_along, dispatch_uid="resources.binder")
