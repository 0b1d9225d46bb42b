"""What the outbox plugs into the ground: its sweeper, and what it keeps of whom."""

from cops.audit import register_action
from cops.background import sweep
from cops.mail.categories import label_of
from cops.mail.retention import messages_erase_old, messages_forget
from cops.mail.sweeping import outbox_sweep
from cops.mail.work import to_do
from cops.privacy import Basis, Erase, Kept, Retention, declare
from cops.todo import register_source

sweep("mail.outbox", outbox_sweep)
register_action("mail.sent_again", "Courriel renvoyé")
register_action("mail.left", "Courriel laissé")
register_action("mail.suppression_lifted", "Adresse remise dans les envois")
register_source("mail.parked", "Courriels qui attendent une décision", to_do, page="pages:mails")

declare(
    "mail.Message",
    title="Les courriels que nous vous avons envoyés",
    people="Les personnes à qui le portail écrit",
    purpose="Vous écrire, et savoir ce que chaque courriel est devenu",
    basis=Basis.CONTRACT,
    retention=Retention(
        "Le texte : trente jours après l’envoi, et aucun délai s’il contient un code. "
        "Le reste : douze mois, et rien pour un lien que l’on s’envoie à soi-même.",
        purge=messages_erase_old,
    ),
    person="person",
    address="to",
    fields={
        "created_at": "écrit le",
        "settled_at": "parti ou refusé le",
        "subject": "objet",
        "text": "texte",
        "category": "catégorie",
        "state": "état",
        "reason": "raison donnée par le serveur",
        "reply_to": "adresse pour répondre",
    },
    words={"category": label_of},
    withheld={
        "public_id": "nom technique du courriel",
        "bulk": "redit la catégorie",
        "template": "nom technique du gabarit",
        "dedupe_key": "nom technique contre les doublons",
        "attempts": "compte technique des essais",
        "not_before": "heure technique du prochain essai",
        "claim": "nom technique du lot",
        "lease_until": "fin technique du lot",
    },
    erasure=Erase(
        "Effacés ; votre adresse et vos mots le sont aussi des courriels écrits à l’équipe.",
        messages_forget,
    ),
    order=60,
)
declare(
    "mail.Suppression",
    title="Les courriels que vous ne voulez plus",
    people="Les personnes qui ont demandé à ne plus recevoir certains courriels",
    purpose="Respecter ce choix, même après votre départ",
    basis=Basis.LEGAL,
    retention=Retention(
        "Aussi longtemps que vous ne changez pas d’avis. L’adresse elle-même n’est pas gardée : "
        "une empreinte permet de la reconnaître, pas de la retrouver."
    ),
    nobody="L’empreinte ne permet pas de retrouver une personne.",
    withheld={
        "address_hash": "empreinte de l’adresse",
        "category": "catégorie de courriels",
        "reason": "raison",
        "created_at": "depuis",
    },
    erasure=Kept("Gardé : sans lui, nous pourrions vous écrire à nouveau."),
    order=61,
)
