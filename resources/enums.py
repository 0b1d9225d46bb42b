"""Closed lists of the library, with the transition table of a resource beside its states."""

from django.db import models


class Kind(models.TextChoices):
    AGIR = "agir", "Fiche « Agir ! »"
    MISSION = "mission", "Fiche-mission"
    REPERE = "repere", "Fiche repère"
    GUIDE = "guide", "Guide"
    REFERENTIEL = "referentiel", "Référentiel"
    OUTIL = "outil", "Outil"
    VIDEO = "video", "Vidéo"
    TEMOIGNAGE = "temoignage", "Témoignage"
    EXPERIENCE = "experience", "Expérience remarquable"


class Dimension(models.TextChoices):
    INDIVIDUEL = "individuel", "Dimension individuelle"
    COLLECTIF = "collectif", "Dimension collective"
    TRANSVERSAL = "transversal", "Les deux dimensions"


class Status(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    IN_REVIEW = "in_review", "En relecture"
    PUBLISHED = "published", "Publiée"
    ARCHIVED = "archived", "Archivée"


# (from, to): what resource_publish, resource_review, resource_archive… may do.
TRANSITIONS: frozenset[tuple[Status, Status]] = frozenset(
    {
        (Status.DRAFT, Status.IN_REVIEW),
        (Status.DRAFT, Status.PUBLISHED),
        (Status.DRAFT, Status.ARCHIVED),
        (Status.IN_REVIEW, Status.DRAFT),
        (Status.IN_REVIEW, Status.PUBLISHED),
        (Status.IN_REVIEW, Status.ARCHIVED),
        (Status.PUBLISHED, Status.DRAFT),
        (Status.PUBLISHED, Status.ARCHIVED),
        (Status.ARCHIVED, Status.DRAFT),
        (Status.ARCHIVED, Status.PUBLISHED),
    }
)


class DraftState(models.TextChoices):
    """Where the working text of a resource stands, apart from what is on view."""

    WRITING = "writing", "En cours d’écriture"
    IN_REVIEW = "in_review", "Relecture demandée"
    SCHEDULED = "scheduled", "Publication prévue"


# (from, to): what draft_review, draft_rewrite, draft_plan may do. Publishing and giving up
# end the working text from any state.
DRAFT_TRANSITIONS: frozenset[tuple[DraftState, DraftState]] = frozenset(
    {
        (DraftState.WRITING, DraftState.IN_REVIEW),
        (DraftState.WRITING, DraftState.SCHEDULED),
        (DraftState.IN_REVIEW, DraftState.WRITING),
        (DraftState.IN_REVIEW, DraftState.SCHEDULED),
        (DraftState.SCHEDULED, DraftState.WRITING),
    }
)


class Variant(models.TextChoices):
    STANDARD = "standard", "Texte de la fiche"
    FALC = "falc", "Facile à lire et à comprendre"


class SectionKind(models.TextChoices):
    TEXT = "text", "Texte"
    PATH = "path", "Parcours"


class Move(models.TextChoices):
    """Where a sheet of a binder goes."""

    FIRST = "premiere", "En premier"
    UP = "monter", "Monter"
    DOWN = "descendre", "Descendre"
    LAST = "derniere", "En dernier"


class Modality(models.TextChoices):
    """In what frame a mission is carried out, hence how it is paid or not."""

    BENEVOLAT = "benevolat", "Bénévolat"
    DEFRAIEMENT = "defraiement", "Défraiement"
    INDEMNISATION = "indemnisation", "Indemnisation"
    VACATION = "vacation", "Vacation"
    SALARIAT = "salariat", "Salariat"
    PRESTATION = "prestation", "Prestation"
    AUTO_ENTREPRENEUR = "auto-entrepreneur", "Auto-entrepreneur"
    PORTAGE_SALARIAL = "portage-salarial", "Portage salarial"
    CONTRAT_DE_RECHERCHE = "contrat-de-recherche", "Contrat de recherche"
    RETRIBUTION_ASSOCIATION = "retribution-association", "Rétribution par une association"
    MANDAT = "mandat", "Mandat"


class TermCategory(models.TextChoices):
    DEMARCHES = "demarches", "Démarches"
    ACTEURS = "acteurs", "Acteurs"
    SAVOIRS = "savoirs", "Savoirs"
    PROJETS = "projets", "Projets"
    INSTANCES = "instances", "Instances"
    ENGAGEMENT = "engagement", "Engagement"


class Basis(models.TextChoices):
    """Where a definition comes from, so that the team knows what to reread."""

    LEXIQUE = "lexique", "Défini dans le lexique du réseau"
    USAGE = "usage", "Défini d’après les documents du réseau"
    GENERAL = "general", "Notion de notoriété publique, à relire par l’équipe"
    EDITORIAL = "editorial", "Proposition de la rédaction, à relire par l’équipe"


class QuizAnswer(models.TextChoices):
    VRAI = "vrai", "Vrai"
    FAUX = "faux", "Faux"
    A_DEBATTRE = "a_debattre", "À débattre"


class Useful(models.TextChoices):
    """What a reader answers under a sheet."""

    YES = "oui", "Oui"
    PARTLY = "en-partie", "En partie"
    NO = "non", "Non"


class WordState(models.TextChoices):
    """What became of a word that somebody missed in the lexicon."""

    RECEIVED = "received", "À lire"
    ADDED = "added", "Ajouté"
    KNOWN = "known", "Existe déjà"
    DECLINED = "declined", "Pas retenu"


class BearerKind(models.TextChoices):
    """Who proposes a remarkable experience."""

    STRUCTURE = "structure", "Une structure (établissement, association, école…)"
    PERSON = "person", "Une personne, ou quelques personnes ensemble"


class ProposalState(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    SENT = "sent", "Reçue"
    READING = "reading", "En lecture"
    ACCEPTED = "accepted", "Retenue"
    REFUSED = "refused", "Non retenue"
    WITHDRAWN = "withdrawn", "Retirée par son auteur"


# (from, to): what the services of resources.services.proposals may do.
PROPOSAL_TRANSITIONS: frozenset[tuple[ProposalState, ProposalState]] = frozenset(
    {
        (ProposalState.DRAFT, ProposalState.SENT),
        (ProposalState.DRAFT, ProposalState.WITHDRAWN),
        (ProposalState.SENT, ProposalState.DRAFT),  # given back: something is missing
        (ProposalState.SENT, ProposalState.READING),
        (ProposalState.SENT, ProposalState.REFUSED),
        (ProposalState.SENT, ProposalState.WITHDRAWN),
        (ProposalState.READING, ProposalState.DRAFT),
        (ProposalState.READING, ProposalState.ACCEPTED),
        (ProposalState.READING, ProposalState.REFUSED),
        (ProposalState.READING, ProposalState.WITHDRAWN),
    }
)


class ReaderRole(models.TextChoices):
    """The two views without which an experience is not published."""

    PATIENT = "patient", "Lecture d’un patient ou d’un proche"
    PROFESSIONAL = "professional", "Lecture d’un professionnel"


class ReadingCriterion(models.TextChoices):
    """What a reader marks from 0 to 4: the four axes, then what others can make of it."""

    CO_EXPRESSION = "co-expression", "Co-expression"
    CO_CONSTRUCTION = "co-construction", "Co-construction"
    CO_DECISION = "co-decision", "Co-décision"
    CO_MISE_EN_OEUVRE = "co-mise-en-oeuvre", "Co-mise en œuvre"
    EFFECTS = "effects", "Effets"
    TRANSFER = "transfer", "Reprise ailleurs"


class OngoingAnswer(models.TextChoices):
    YES = "yes", "Toujours en cours"
    ENDED = "ended", "Terminée"


# The same scale as the wheel, for the four axes; then for what others can make of it.
LEVELS: tuple[str, ...] = (
    "Aucune action conjointe",
    "Information",
    "Consultation",
    "Participation",
    "Partenariat",
)
DEGREES: tuple[str, ...] = ("Pas du tout", "Un peu", "En partie", "Plutôt oui", "Tout à fait")

# For each criterion, the question that its reader answers, and the words of its five levels.
READING_GRID: dict[ReadingCriterion, tuple[str, tuple[str, ...]]] = {
    ReadingCriterion.CO_EXPRESSION: (
        "Chacun a-t-il pu parler, être écouté et comprendre ?",
        LEVELS,
    ),
    ReadingCriterion.CO_CONSTRUCTION: (
        "L’expérience a-t-elle été préparée à plusieurs, avec les savoirs de chacun ?",
        LEVELS,
    ),
    ReadingCriterion.CO_DECISION: (
        "Les choix importants ont-ils été faits ensemble ?",
        LEVELS,
    ),
    ReadingCriterion.CO_MISE_EN_OEUVRE: (
        "L’expérience est-elle menée et regardée ensemble, jusqu’au bout ?",
        LEVELS,
    ),
    ReadingCriterion.EFFECTS: (
        "Les effets racontés sont-ils clairs, pour les personnes et pour les équipes ?",
        DEGREES,
    ),
    ReadingCriterion.TRANSFER: (
        "Une autre équipe pourrait-elle s’en inspirer avec ce qui est écrit ?",
        DEGREES,
    ),
}
