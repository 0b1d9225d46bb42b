"""What the self-assessment plugs into the ground."""

from celery.schedules import crontab

from cops.accounts.permissions import team_manages
from cops.background import every
from cops.content import ContentSource, register
from cops.mail import register_category
from cops.privacy import DELETE, Anonymise, Basis, Kept, Retention, declare
from cops.search import register_kind
from cops.todo import register_staff_page
from selfassess.emails import CATEGORY
from selfassess.services import loading
from selfassess.services.assessments import assessments_purge
from selfassess.services.indexing import KIND

register(
    ContentSource(
        name="selfassess.grid",
        label="grille d’auto-évaluation",
        order=60,
        folder="selfassess/content",
        read=loading.grids_read,
        state=loading.grids_state,
        save=loading.grids_save,
        find=loading.grids_find,
        archive=loading.grids_archive,
    )
)
register_kind(KIND, "Auto-évaluation")
register_category(CATEGORY, "Auto-évaluation", bulk=False)
register_staff_page("Auto-évaluations", "selfassess:team", order=60)
team_manages("selfassess")
every("selfassess.remind", crontab(hour=8, minute=30))
every("selfassess.drop_shares", crontab(hour=3, minute=40))

_WITHIN = "13 mois après la dernière visite, ou tout de suite par la personne qui l’a ouverte."
_NOBODY = (
    "Aucun nom ni compte n’est demandé : seul votre lien secret y mène, et le portail n’en garde"
    " que l’empreinte."
)
declare(
    "selfassess.Assessment",
    title="Vos auto-évaluations",
    people="Les personnes qui ouvrent une auto-évaluation en étant connectées",
    purpose="Retrouver votre auto-évaluation et la refaire plus tard",
    basis=Basis.EXPLICIT,
    retention=Retention(_WITHIN, purge=assessments_purge),
    recipients="Les personnes qui font la roue avec vous ; l’équipe ne la lit pas",
    person="owner",
    fields={
        "version__grid__title": "grille",
        "mode": "à combien",
        "wording": "façon de dire",
        "expected": "nombre attendu",
        "department": "département, si vous l’avez dit",
        "opened_at": "ouverte le",
        "visited_on": "dernière visite",
        "closed_at": "close le",
        "revealed_at": "retournée le",
    },
    withheld={
        "version": "numéro technique de la grille, dont le titre est donné",
        "follows": "numéro technique de l’auto-évaluation précédente",
        "code_digest": "empreinte du code",
        "manager_digest": "empreinte de votre lien de gestion",
        "step": "compteur technique",
    },
    erasure=Anonymise("Elle reste aux autres personnes, sans lien avec vous.", owner=None),
)
declare(
    "selfassess.Participant",
    title="Vos réponses à une auto-évaluation",
    people="Les personnes qui répondent, sans compte",
    purpose="Comparer vos regards, une fois que tout le monde a répondu",
    basis=Basis.EXPLICIT,
    retention=Retention(_WITHIN),
    recipients="Les personnes qui font la roue avec vous ; vos notes, personne",
    nobody=_NOBODY,
    withheld=dict.fromkeys(
        (
            "assessment",
            "digest",
            "role",
            "name",
            "scores",
            "notes",
            "joined_at",
            "submitted_at",
            "shares",
            "shared_at",
        ),
        "lisible par votre lien secret, et par lui seul",
    ),
    erasure=DELETE,
)
_SHARED = Kept("Ils restent aux autres personnes, sans lien avec vous.")
declare(
    "selfassess.JointScore",
    title="Niveaux posés ensemble",
    people="Les personnes qui font une auto-évaluation à plusieurs",
    purpose="Garder ce que vous avez dit ensemble, et voir ce qui bouge la fois suivante",
    basis=Basis.EXPLICIT,
    retention=Retention(_WITHIN),
    recipients="Les personnes qui font la roue avec vous",
    person="assessment__owner",
    fields={
        "criterion": "critère",
        "value": "niveau",
        "sentence": "ce que vous vous êtes dit",
        "changed_at": "le",
    },
    withheld={"assessment": "numéro technique de l’auto-évaluation"},
    erasure=_SHARED,
)
declare(
    "selfassess.Decision",
    title="Ce que vous avez décidé ensemble",
    people="Les personnes qui font une auto-évaluation à plusieurs",
    purpose="Retrouver vos décisions, et dire la fois suivante ce qu’elles sont devenues",
    basis=Basis.EXPLICIT,
    retention=Retention(_WITHIN),
    recipients="Les personnes qui font la roue avec vous",
    person="assessment__owner",
    fields={"what": "quoi", "who": "qui", "when": "quand", "done": "où en est-on"},
    withheld={
        "assessment": "numéro technique de l’auto-évaluation",
        "position": "ordre technique",
    },
    erasure=_SHARED,
)
declare(
    "selfassess.Reminder",
    title="Rappel d’auto-évaluation",
    people="Les personnes qui demandent un rappel",
    purpose="Vous écrire une fois, six mois après",
    basis=Basis.CONSENT,
    retention=Retention("Six mois : effacée dès l’envoi."),
    recipients="Personne",
    address="email",
    fields={"due_on": "à envoyer le"},
    withheld={
        "assessment": "numéro technique de l’auto-évaluation",
        "link": "votre lien secret, que vous avez déjà",
    },
    erasure=DELETE,
)
