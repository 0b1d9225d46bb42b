"""What privacy declares for itself and for the packages it stands on."""

from cops.privacy.declarations import DELETE, Basis, Retention
from cops.privacy.registry import declare

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
    "admin.LogEntry",
    title="Vos modifications dans l’administration",
    people="L’équipe du COPS",
    purpose="Savoir qui a changé quoi dans le portail",
    basis=Basis.SECURITY,
    retention=Retention("Douze mois.", days=365, since="action_time"),
    person="user",
    fields={
        "action_time": "quand",
        "object_repr": "quoi",
        "action_flag": "geste (1 ajout, 2 changement, 3 effacement)",
        "change_message": "ce qui a changé",
    },
    withheld={"content_type": "genre technique de l’objet", "object_id": "numéro de l’objet"},
    erasure=DELETE,
    order=80,
)
