"""What remarkable experiences plug into the ground."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery.schedules import crontab
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from cops.audit import register_action
from cops.background import every, sweep
from cops.mail import register_category
from cops.privacy import DELETE, Basis, Erase, Retention, declare
from cops.todo import LIMIT, Item, Urgency, register_source, register_staff_page
from resources.emails.experiences import CATEGORY
from resources.enums import ProposalState
from resources.models import OngoingQuestion, Proposal
from resources.services import proposal_readings, proposals

DRAFTS_AFTER = timedelta(days=90)
CONTACTS_AFTER = timedelta(days=365)
WAIT = timedelta(days=21)  # after which a bearer without answer is « en retard »
SILENCE = timedelta(days=60)  # « toujours en cours ? », asked and not answered

register_category(CATEGORY, "Expériences remarquables", bulk=False)

for name, label in (
    ("proposal_sent", "Expérience proposée"),
    ("proposal_returned", "Précision demandée à l’auteur"),
    ("proposal_refused", "Expérience non retenue"),
    ("proposal_accepted", "Expérience retenue"),
    ("proposal_withdrawn", "Expérience retirée par son auteur"),
    ("proposal_link_renewed", "Nouveau lien envoyé à l’auteur"),
    ("made_from_proposal", "Fiche créée à partir d’une expérience proposée"),
    ("reading_asked", "Lecture demandée"),
    ("reading_sent", "Lecture reçue"),
    ("ongoing_answered", "« Toujours en cours ? » : réponse reçue"),
):
    register_action(f"resources.{name}", label)

sweep("resources.published_experiences", proposals.proposals_tell_published)
every("resources.ask_ongoing", crontab(hour=9, minute=20))


def _waiting(user: Any) -> list[Item]:
    """What was sent and waits for the team, whole readings first said."""
    late = timezone.now() - WAIT
    rows = (
        Proposal.objects.waiting()
        .annotate(read=Count("readings", filter=Q(readings__sent_at__isnull=False)))
        .order_by("sent_at", "pk")[:LIMIT]
    )
    return [
        Item(
            row.title,
            reverse("resources:team_experience", args=[row.public_id]),
            row.sent_at,
            Urgency.LATE if row.sent_at and row.sent_at < late else Urgency.NORMAL,
            _detail(row.state, row.read),
        )
        for row in rows
    ]


def _detail(state: str, read: int) -> str:
    if state == ProposalState.SENT:
        return "À lire, puis à confier à deux lecteurs"
    return "Les deux lectures sont là" if read == 2 else f"{read} lecture sur 2"


def _silent(user: Any) -> list[Item]:
    """Experiences whose bearer did not say whether they go on."""
    rows = (
        OngoingQuestion.objects.filter(
            answered_at__isnull=True, asked_at__lt=timezone.now() - SILENCE
        )
        .exclude(proposal__questions__answered_at__gt=timezone.now() - SILENCE)
        .select_related("proposal")
        .order_by("asked_at", "pk")[:LIMIT]
    )
    return [
        Item(
            row.proposal.title,
            reverse("resources:team_experience", args=[row.proposal.public_id]),
            row.asked_at,
            detail="« Toujours en cours ? » : sans réponse depuis deux mois",
        )
        for row in rows
    ]


register_source(
    "resources.experiences", "Expériences proposées", _waiting, page="resources:team_experiences"
)
register_source("resources.ongoing", "Expériences sans nouvelles", _silent)
register_staff_page("Expériences", "resources:team_experiences", order=40)


def _purge(limit: int) -> int:
    return proposals.proposals_forget(
        drafts_after=DRAFTS_AFTER, contacts_after=CONTACTS_AFTER, limit=limit
    )


declare(
    "resources.Proposal",
    title="Expériences que vous avez proposées",
    people="Les personnes qui proposent une expérience remarquable",
    purpose="Lire votre récit, vous répondre, et publier la fiche si vous en êtes d’accord",
    basis=Basis.CONSENT,
    retention=Retention(
        "Un brouillon oublié : 90 jours. Votre nom et votre adresse : un an après un refus ou un"
        " retrait, sinon tant que la fiche est en ligne.",
        purge=_purge,
    ),
    recipients="L’équipe du COPS et les deux lecteurs, qui ne voient ni votre nom ni votre adresse",
    person="owner",
    address="contact_email",
    fields={
        "title": "nom de l’expérience",
        "state": "état",
        "bearer_kind": "proposée par",
        "structure": "structure ou collectif",
        "topics": "domaines",
        "departments": "départements",
        "need": "le besoin",
        "people": "qui agit ensemble",
        "method": "comment cela se passe",
        "time": "le temps",
        "means": "les moyens",
        "effects": "les effets",
        "limits": "les limites",
        "advice": "les conseils",
        "contact_name": "nom de la personne à joindre",
        "may_be_contacted": "peut être jointe par le portail",
        "agreed_at": "accord pour publier",
        "answer": "réponse de l’équipe",
        "created_at": "commencée le",
        "changed_at": "modifiée le",
        "sent_at": "envoyée le",
        "decided_at": "décidée le",
        "resource__title": "fiche publiée",
    },
    withheld={
        "public_id": "nom technique de l’adresse",
        "digest": "empreinte de votre lien secret",
        "resource": "numéro technique de la fiche, dont le titre est donné",
        "published_told_at": "date technique d’un courriel",
    },
    erasure=Erase(
        "Votre nom et votre adresse sont effacés. Le récit reste, sans vous nommer : une fiche"
        " publiée a pu être imprimée et citée.",
        proposals.proposals_forget_person,
    ),
)
declare(
    "resources.ProposalReading",
    title="Expériences que vous avez lues",
    people="Les personnes à qui l’équipe demande de lire une expérience",
    purpose="Vous demander une lecture et connaître votre avis",
    basis=Basis.LEGITIMATE,
    retention=Retention(
        "Votre nom et votre adresse : un an après la demande. Vos notes restent, sans vous nommer.",
        purge=proposal_readings.readings_forget,
    ),
    recipients="L’équipe du COPS",
    address="reader_email",
    fields={
        "proposal__title": "expérience lue",
        "role": "lecture",
        "reader_name": "nom",
        "marks": "notes",
        "words": "votre mot",
        "invited_at": "demandée le",
        "sent_at": "envoyée le",
        "expires_at": "lien valable jusqu’au",
    },
    withheld={
        "proposal": "numéro technique de l’expérience, dont le nom est donné",
        "digest": "empreinte de votre lien secret",
    },
    erasure=Erase(
        "Votre nom et votre adresse sont effacés ; vos notes restent, sans vous nommer.",
        proposal_readings.readings_forget_person,
    ),
)
declare(
    "resources.OngoingQuestion",
    title="Nouvelles de vos expériences",
    people="Les personnes qui ont proposé une expérience publiée",
    purpose="Dire sur la fiche si l’expérience est toujours en cours",
    basis=Basis.CONSENT,
    retention=Retention("Tant que la fiche est en ligne."),
    recipients="L’équipe du COPS ; la réponse seule est dite sur la fiche",
    person="proposal__owner",
    fields={
        "asked_at": "demandé le",
        "answered_at": "répondu le",
        "answer": "réponse",
        "words": "précision",
    },
    withheld={
        "proposal": "numéro technique de l’expérience",
        "digest": "empreinte de votre lien secret",
    },
    erasure=DELETE,
)
