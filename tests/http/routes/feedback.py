"""What readers tell the team, and the team's pages about it."""

from tests.http.routes.expected import ABSENT, POST_ONLY, PUBLIC, Table

ROUTES: Table = {
    "resources:useful": [
        ("/ressources/fiche/avis/", PUBLIC),
        ("/ressources/fiche/avis/?recu=oui", PUBLIC),
        ("/ressources/brouillon/avis/", ABSENT),
    ],
    "resources:useful_vote": [("/ressources/fiche/avis/reponse/", POST_ONLY)],
    "resources:useful_words": [("/ressources/fiche/avis/mots/", POST_ONLY)],
    "resources:word_missing": [
        ("/lexique/proposer/", PUBLIC),
        ("/lexique/proposer/?recu=1", PUBLIC),
    ],
    "resources:word_send": [("/lexique/proposer/envoi/", POST_ONLY)],
}
