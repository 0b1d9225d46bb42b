"""What readers tell: « Cette fiche vous a-t-elle été utile ? », « Il manque un mot ? »."""

from cops.audit import register_action
from cops.mail import register_category
from cops.privacy import DELETE, Basis, Retention, declare
from cops.todo import register_source
from resources.reading import waiting
from resources.services import feedback, word_requests

register_category("resources", "Vos demandes sur les ressources et le lexique", bulk=False)
register_action(feedback.ERASED, "Avis d’un lecteur effacé")
register_action(word_requests.ANSWERED, "Réponse à un mot demandé")
register_source(
    "resources.remarks", "Avis des lecteurs", waiting.remarks_waiting, page="resources:team_remarks"
)
register_source(
    "resources.words", "Mots demandés", waiting.words_waiting, page="resources:team_words"
)
declare(
    "resources.Remark",
    title="Les avis laissés sous les fiches",
    people="Les personnes qui écrivent quelques mots sous une fiche",
    purpose="Améliorer les fiches",
    basis=Basis.LEGITIMATE,
    retention=Retention("Six mois, puis effacés.", days=feedback.REMARK_DAYS, since="received_on"),
    nobody="Ni nom, ni adresse, ni compte ne sont demandés : un avis ne mène à personne.",
    fields={
        "resource__title": "fiche",
        "useful": "utile",
        "text": "avis",
        "received_on": "reçu le",
        "read_on": "lu le",
    },
    erasure=DELETE,
)
declare(
    "resources.WordRequest",
    title="Les mots proposés pour le lexique",
    people="Les personnes qui proposent un mot, avec leur adresse si elles veulent une réponse",
    purpose="Compléter le lexique, et répondre à qui le demande",
    basis=Basis.CONSENT,
    retention=Retention(
        "L’adresse est effacée avec notre réponse, et au plus tard après un an. Le mot et sa"
        " réponse sont gardés un an.",
        purge=word_requests.word_requests_erase_old,
    ),
    address="email",
    fields={
        "word": "mot",
        "context": "où il a été lu ou entendu",
        "state": "état",
        "received_on": "proposé le",
        "answered_on": "répondu le",
        "reply": "réponse",
        "term__term": "terme du lexique",
    },
    withheld={"key": "le mot sans accents, pour ne pas le garder deux fois"},
    erasure=DELETE,
)
