"""What privacy puts on the timer, and declares for itself and for what it stands on."""

from celery.schedules import crontab
from django.apps import apps
from django.contrib.admin.models import LogEntry

from cops import audit
from cops.audit.actions import label_of
from cops.background import every, sweep
from cops.privacy.admin_log import log_entries_forget
from cops.privacy.declarations import DELETE, Basis, Erase, Retention
from cops.privacy.journal import journal_write
from cops.privacy.registry import declare
from cops.privacy.sessions import sessions_close, sessions_erase_over


def _kind_of_object(name: str) -> str:
    try:
        return str(apps.get_model(name)._meta.verbose_name)
    except (LookupError, ValueError):  # an app that is no more
        return name


every("cops.privacy.retain", crontab(hour=2, minute=40))
sweep("privacy.journal", journal_write)

declare(
    "sessions.Session",
    title="Vos sessions",
    people="Les personnes qui se connectent",
    purpose="Vous reconnaître de page en page, sans redemander qui vous êtes",
    basis=Basis.CONTRACT,
    retention=Retention(
        "Quatorze jours au plus après la connexion, vingt-quatre heures pour l’équipe.",
        purge=sessions_erase_over,
    ),
    recipients="Personne",
    nobody="Une session ne porte qu’un numéro ; « Mes sessions » montre les appareils connectés.",
    withheld={
        "session_data": "numéro du compte et étapes en cours",
        "expire_date": "fin de la session",
    },
    erasure=Erase("Toutes fermées et effacées, dès que vous demandez à partir.", sessions_close),
    order=20,
)
declare(
    "audit.Entry",
    title="Le journal de ce que vous avez fait",
    people="L’équipe du COPS, et les personnes dont le compte a été modifié",
    purpose="Savoir qui a fait quoi, en cas d’erreur ou d’abus",
    basis=Basis.SECURITY,
    retention=Retention("Douze mois.", purge=audit.entries_erase_old),
    person="actor",
    fields={
        "at": "quand",
        "action": "action",
        "object_type": "genre d’objet",
        "object_id": "numéro de l’objet",
    },
    words={"action": label_of, "object_type": _kind_of_object},
    withheld={"changes": "valeurs d’objets qui ne sont pas à vous"},
    erasure=Erase(
        "Ce qui a été fait reste, sous un numéro qui ne mène plus à personne ; ce qui y était "
        "écrit de vous est effacé.",
        audit.entries_empty,
    ),
    order=81,
)
declare(
    "admin.LogEntry",
    title="Les modifications dans l’administration",
    people="L’équipe du COPS, et les personnes dont le compte a été modifié",
    purpose="Savoir qui a changé quoi dans le portail",
    basis=Basis.SECURITY,
    retention=Retention("Douze mois.", days=365, since="action_time"),
    person="user",
    fields={
        "action_time": "quand",
        "object_repr": "quoi",
        "action_flag": "geste",
        "change_message": "ce qui a changé",
    },
    words={"change_message": lambda said: LogEntry(change_message=said).get_change_message()},
    withheld={"content_type": "genre technique de l’objet", "object_id": "numéro de l’objet"},
    erasure=Erase(
        "Les vôtres sont effacées. Que l’équipe a modifié votre compte reste, sous un numéro qui "
        "ne mène plus à personne ; ce qui y était écrit de vous est effacé.",
        log_entries_forget,
    ),
    order=81,
)
declare(
    "privacy.Departure",
    title="Votre demande de départ",
    people="Les personnes qui ont demandé l’effacement de leur compte",
    purpose="Effacer votre compte au jour dit, et vous laisser changer d’avis",
    basis=Basis.LEGAL,
    retention=Retention("Sept jours, puis elle est effacée avec le compte."),
    person="user",
    fields={"asked_at": "demandé le", "due_at": "effacement prévu le"},
    erasure=DELETE,
    order=90,
)
declare(
    "privacy.InactivityNotice",
    title="L’avis avant fermeture",
    people="Les personnes qui ne se sont pas connectées depuis deux ans",
    purpose="Vous prévenir trente jours avant d’effacer un compte qui ne sert plus",
    basis=Basis.LEGAL,
    retention=Retention("Trente jours, ou jusqu’à votre retour."),
    recipients="Personne",
    person="user",
    fields={"sent_at": "écrit le"},
    erasure=DELETE,
    order=91,
)
