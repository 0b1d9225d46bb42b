"""What the self-assessment plugs into the ground."""

from celery.schedules import crontab

from cops.accounts.pages import register_account_page
from cops.accounts.permissions import team_manages
from cops.audit import register_action
from cops.background import every
from cops.content import ContentSource, register
from cops.encryption import register_encrypted
from cops.http.secret_pages import FORM_HEADERS
from cops.mail import register_category
from cops.pagecache import register_waiting
from cops.privacy import DELETE, Basis, Delete, Kept, Retention, declare
from cops.search import register_kind
from cops.todo import register_staff_page
from selfassess.codes import LENGTH, LETTERS
from selfassess.emails import CATEGORY
from selfassess.services import grids, loading
from selfassess.services.assessments import (
    assessments_purge,
    step_of_manager,
    step_of_participant,
)
from selfassess.services.indexing import KIND
from selfassess.services.reminders import reminders_reencrypt

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
register_encrypted("Liens de rappel réécrits", reminders_reencrypt)
register_kind(KIND, "Auto-évaluation")
for part, step_of in (("p", step_of_participant), ("g", step_of_manager)):
    register_waiting(
        rf"/autoevaluation/e/([{LETTERS}]{{{LENGTH}}})/{part}/([0-9A-Za-z]{{22}})/etat/",
        step_of,
        route=f"autoevaluation/e/<assessment_code:code>/{part}/<secret:jeton>/etat/",
        headers=FORM_HEADERS,
    )
# The address and the secret link leave the outbox as soon as the mail is sent.
register_category(CATEGORY, "Auto-évaluation", bulk=False, forget=True)
register_account_page(
    "Mes auto-évaluations", "selfassess:kept", "Celles que vous avez choisi de garder.", order=55
)
register_action(grids.MADE, "Grille créée")
register_action(grids.EDITED, "Grille modifiée")
register_action(grids.ARCHIVED, "Grille retirée")
register_action(grids.RESTORED, "Grille remise")
register_staff_page("Auto-évaluations", "selfassess:team", order=60)
team_manages("selfassess")
every("selfassess.remind", crontab(hour=8, minute=30))
every("selfassess.drop_shares", crontab(hour=3, minute=40))

_WITHIN = (
    "13 mois après la dernière visite, ou tout de suite par la personne qui l’a ouverte (à deux sur"
    " un seul écran, par l’une des deux)."
)
_NOBODY = (
    "Aucun nom ni compte n’est demandé : seul votre lien secret y mène, et le portail n’en garde"
    " que l’empreinte."
)
declare(
    "selfassess.KeptPlace",
    title="Vos auto-évaluations",
    people="Les personnes qui choisissent d’en garder une dans leur compte",
    purpose="La retrouver sans son lien",
    basis=Basis.EXPLICIT,
    retention=Retention(
        "Jusqu’à ce que vous la retiriez de votre compte, ou avec l’auto-évaluation elle-même : "
        + _WITHIN
    ),
    recipients="Personne, pas même l’équipe",
    person="owner",
    fields={
        "assessment__version__grid__title": "grille",
        "assessment__mode": "à combien",
        "assessment__opened_at": "ouverte le",
        "assessment__visited_on": "dernière visite",
        "kept_on": "gardée le",
        "participant__role": "votre rôle",
        "participant__name": "votre prénom ou vos initiales",
        "participant__scores": "vos réponses, par critère",
        "participant__notes": "vos notes personnelles",
        "participant__submitted_at": "envoyées le",
        "participant__shares": "partagées avec la région, sans votre nom",
        "participant__department": "département, si vous l’avez dit",
    },
    withheld={"public_id": "nom technique de l’adresse"},
    erasure=Delete("Le lien avec votre compte est effacé ; l’auto-évaluation reste aux autres."),
)
declare(
    "selfassess.Assessment",
    title="Auto-évaluations",
    people="Les personnes qui en font une, sans compte",
    purpose="La faire à plusieurs, y revenir, la refaire plus tard",
    basis=Basis.EXPLICIT,
    retention=Retention(_WITHIN, purge=assessments_purge),
    recipients="Les personnes qui font la roue avec vous ; l’équipe ne la lit pas",
    nobody=_NOBODY,
    withheld=dict.fromkeys(
        (
            "version",
            "mode",
            "wording",
            "expected",
            "follows",
            "opened_at",
            "visited_on",
            "closed_at",
            "revealed_at",
            "code_digest",
            "manager_digest",
            "step",
        ),
        "lisible par le lien secret, et par lui seul",
    ),
    erasure=DELETE,
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
            "department",
            "shared_at",
        ),
        "lisible par votre lien secret, et par lui seul",
    ),
    erasure=DELETE,
)
# As their pages do: for those who sent their own answers, not for whoever keeps the opener's page.
_SENT = {"assessment__kept_places__participant__submitted_at__isnull": False}
_SHARED = Kept("Ils restent aux autres personnes, sans lien avec vous.")
declare(
    "selfassess.JointScore",
    title="Niveaux posés ensemble",
    people="Les personnes qui font une auto-évaluation à plusieurs",
    purpose="Garder ce que vous avez dit ensemble, et voir ce qui bouge la fois suivante",
    basis=Basis.EXPLICIT,
    retention=Retention(_WITHIN),
    recipients="Les personnes qui font la roue avec vous",
    person="assessment__kept_places__owner",
    where=_SENT,
    fields={
        "criterion": "critère",
        "value": "niveau",
        "sentence": "ce que vous vous êtes dit",
        "changed_at": "le",
    },
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
    person="assessment__kept_places__owner",
    where=_SENT,
    fields={"what": "quoi", "who": "qui", "when": "quand", "done": "où en est-on"},
    withheld={"position": "ordre technique"},
    erasure=_SHARED,
)
declare(
    "selfassess.Reminder",
    title="Rappel d’auto-évaluation",
    people="Les personnes qui demandent un rappel",
    purpose="Vous écrire une fois, six mois après",
    basis=Basis.CONSENT,
    retention=Retention(
        "Six mois : effacée dès l’envoi, ou tout de suite par « Ne plus me prévenir »."
    ),
    recipients="Personne",
    address="email",
    fields={"due_on": "à envoyer le"},
    withheld={
        "assessment": "numéro technique de l’auto-évaluation",
        "link": "votre lien secret, chiffré, que vous avez déjà",
    },
    erasure=DELETE,
)
