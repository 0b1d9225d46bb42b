"""What publishing plugs into the ground: the journal, « À traiter », the desk, personal data."""

from cops.audit import register_action
from cops.background import sweep
from cops.mail import register_category
from cops.pagecache import register_clock
from cops.privacy import Anonymise, Basis, Erase, Retention, declare
from cops.todo import register_source, register_staff_page
from resources.desk import waiting
from resources.services.correcting import corrections_next, drafts_publish_due
from resources.services.previews import KEPT_DAYS, comments_forget, previews_forget

register_clock("resources.corrections", corrections_next, drafts_publish_due)
sweep("resources.corrections", drafts_publish_due)
register_category("preview", "Relecture d’une fiche", bulk=False)

for name, label in (
    ("resource.created", "Fiche créée"),
    ("resource.copied", "Fiche créée à partir d’une autre"),
    ("resource.updated", "Fiche modifiée dans l’administration"),
    ("resource.address_changed", "Adresse changée"),
    ("resource.published", "Fiche publiée"),
    ("resource.review_asked", "Relecture demandée"),
    ("resource.redrafted", "Fiche remise en brouillon"),
    ("resource.archived", "Fiche archivée"),
    ("resource.corrected", "Correction publiée"),
    ("resource.withdrawn", "Retrait prévu ou fait"),
    ("resource.kept", "Retrait annulé"),
    ("publication.undone", "Publication annulée"),
    ("draft.started", "Texte de travail commencé"),
    ("draft.saved", "Texte de travail enregistré"),
    ("draft.version_restored", "Version reprise dans le texte de travail"),
    ("draft.paragraph_restored", "Passage repris d’une version"),
    ("draft.review_asked", "Relecture du texte de travail demandée"),
    ("draft.rewritten", "Texte de travail repris"),
    ("draft.planned", "Publication de la correction prévue"),
    ("draft.refused", "Publication prévue qui n’a pas pu se faire"),
    ("draft.discarded", "Texte de travail abandonné"),
    ("preview.created", "Lien d’aperçu créé"),
    ("preview.revoked", "Lien d’aperçu fermé"),
    ("preview.commented", "Commentaire de relecture reçu"),
    ("preview.comment_handled", "Commentaire traité"),
    ("preview.comment_reopened", "Commentaire à revoir"),
):
    register_action(name, label)

register_source("resources.refused", "Publications empêchées", waiting.publications_refused)
register_source(
    "resources.reviews", "Relectures demandées", waiting.reviews_asked, page="resources:desk"
)
register_source("resources.comments", "Commentaires de relecture", waiting.comments_unread)
register_source(
    "resources.overdue", "Fiches à relire", waiting.reviews_overdue, page="resources:desk"
)
register_staff_page("Ressources", "resources:desk", order=20)

_TEAM = "Les membres de l’équipe du COPS"
_HISTORY = "Savoir qui a écrit et publié quoi, pour se relire et se corriger"
_LEAVES = "Le texte est celui du portail : il reste, sans votre nom."
declare(
    "resources.ResourceVersion",
    title="Publications des fiches",
    people=_TEAM,
    purpose=_HISTORY,
    basis=Basis.LEGITIMATE,
    retention=Retention("Aussi longtemps que la fiche : chaque version publiée est gardée."),
    person="published_by",
    fields={
        "resource__title": "fiche", "number": "version", "published_at": "publiée le",
        "note": "ce qui change",
    },
    withheld={
        "resource": "dit par le titre de la fiche", "snapshot": "le texte public de la fiche",
        "undoes": "lien technique entre deux versions",
        "undone_at": "ce qu’il est advenu de la version",
    },
    erasure=Anonymise(_LEAVES, published_by=None),
)  # fmt: skip
declare(
    "resources.ResourceDraft",
    title="Textes de travail commencés",
    people=_TEAM,
    purpose=_HISTORY,
    basis=Basis.LEGITIMATE,
    retention=Retention("Jusqu’à la publication ou à l’abandon du texte."),
    person="started_by",
    fields={"resource__title": "fiche", "started_at": "commencé le"},
    withheld={
        "resource": "dit par le titre de la fiche", "state": "état du travail commun",
        "revision": "compte technique", "base": "le texte public de la fiche",
        "note": "mot de l’équipe sur le texte commun", "publish_at": "date du travail commun",
        "asked_at": "date du travail commun", "refusal": "message technique",
        "planned_by": "autre membre de l’équipe",
    },
    erasure=Anonymise(_LEAVES, started_by=None),
)  # fmt: skip
declare(
    "resources.DraftRevision",
    title="Vos enregistrements dans les textes de travail",
    people=_TEAM,
    purpose=_HISTORY,
    basis=Basis.LEGITIMATE,
    retention=Retention("Jusqu’à la publication ou à l’abandon du texte."),
    person="saved_by",
    fields={"draft__resource__title": "fiche", "label": "passage", "saved_at": "enregistré le"},
    withheld={
        "draft": "dit par le titre de la fiche", "number": "compte technique",
        "content": "le texte commun de la fiche", "piece": "nom technique du passage",
    },
    erasure=Anonymise(_LEAVES, saved_by=None),
)  # fmt: skip
declare(
    "resources.PreviewLink",
    title="Liens d’aperçu",
    people="Les personnes à qui l’équipe demande de relire une fiche",
    purpose="Faire relire une fiche par une personne sans compte",
    basis=Basis.LEGITIMATE,
    retention=Retention(
        "Trois mois après la fin du lien : il est effacé, commentaires compris.",
        days=KEPT_DAYS,
        since="expires_at",
    ),
    address="email",
    fields={
        "resource__title": "fiche", "name": "pour qui", "created_at": "créé le",
        "expires_at": "valable jusqu’au", "revoked_at": "fermé le",
    },
    withheld={
        "resource": "dit par le titre de la fiche", "secret": "empreinte du lien secret",
        "created_by": "membre de l’équipe",
    },
    erasure=Erase("Votre nom et votre adresse sont effacés, le lien est fermé.", previews_forget),
)  # fmt: skip
declare(
    "resources.PreviewComment",
    title="Commentaires de relecture",
    people="Les personnes qui relisent une fiche par un lien d’aperçu",
    purpose="Corriger la fiche d’après ce que les personnes concernées en disent",
    basis=Basis.LEGITIMATE,
    retention=Retention("Effacés avec le lien d’aperçu, trois mois après sa fin."),
    recipients="L’équipe du COPS, et les personnes à qui le même lien a été donné",
    nobody="Le nom est facultatif, aucune adresse n’est demandée : l’équipe sait seulement par quel"
    " lien un commentaire est venu.",
    fields={
        "link__resource__title": "fiche", "section_title": "section", "name": "nom donné",
        "text": "commentaire", "created_at": "écrit le", "handled_at": "traité le",
    },
    withheld={
        "link": "dit par le titre de la fiche", "variant": "version du texte",
        "anchor": "place dans la fiche", "section_html": "le texte commenté de la fiche",
        "fingerprint": "empreinte technique", "handled_by": "membre de l’équipe",
    },
    erasure=Erase("Le nom que vous aviez donné est effacé.", comments_forget),
)  # fmt: skip
