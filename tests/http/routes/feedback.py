"""What readers tell the team, and the team's pages about it."""

from tests.http.routes.expected import ABSENT, POST_ONLY, PUBLIC, Expected, Table

TEAM = Expected(302, 404, 200, 200, production=302)
TEAM_POST = Expected(302, 404, 405, 405, production=302)
TEAM_ABSENT = Expected(302, 404, 404, 404, production=302)

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
    "resources:team_remarks": [
        ("/pilotage/ressources/avis/", TEAM),
        ("/pilotage/ressources/avis/?lus=1&fiche=fiche", TEAM),
        ("/pilotage/ressources/avis/?page=99999", TEAM_ABSENT),
    ],
    "resources:team_remarks_read": [("/pilotage/ressources/avis/lus/", TEAM_POST)],
    "resources:team_remark_erase": [("/pilotage/ressources/avis/1/effacement/", TEAM_POST)],
    "resources:team_words": [
        ("/pilotage/ressources/mots/", TEAM),
        ("/pilotage/ressources/mots/?etat=tous", TEAM),
    ],
    "resources:team_word": [("/pilotage/ressources/mots/999999/", TEAM_ABSENT)],
    "resources:picture": [
        ("/ressources/images/A1b2C3d4E5f6G7h8I9j0Kk-10x10.png", ABSENT),
    ],
    "resources:preview_picture": [
        ("/apercu/inconnu/images/A1b2C3d4E5f6G7h8I9j0Kk-10x10.png", ABSENT),
    ],
    "resources:desk_pictures": [
        ("/pilotage/ressources/images/", TEAM),
        ("/pilotage/ressources/images/?fiche=fiche&CKEditorFuncNum=-1&q=x", TEAM),
        ("/pilotage/ressources/images/?page=99999", TEAM_ABSENT),
    ],
    "resources:desk_files": [
        ("/pilotage/ressources/fiche/pieces/", TEAM),
        ("/pilotage/ressources/nulle/pieces/", TEAM_ABSENT),
    ],
    "resources:desk_file_remove": [
        ("/pilotage/ressources/fiche/pieces/1/retrait/", TEAM_POST),
    ],
    "pages:links": [
        ("/pilotage/liens/", TEAM),
        ("/pilotage/liens/?etat=nul&page=0", TEAM),
        ("/pilotage/liens/?etat=tous&page=99999", TEAM_ABSENT),
    ],
    "pages:link_again": [("/pilotage/liens/1/verifier/", TEAM_POST)],
    "pages:link_good": [("/pilotage/liens/1/bon/", TEAM_POST)],
    "resources:desk_figures": [
        ("/pilotage/ressources/chiffres/", TEAM),
        ("/pilotage/ressources/chiffres/?periode=nulle&tri=nul&page=0", TEAM),
        ("/pilotage/ressources/chiffres/?fiche=fiche&periode=12-mois", TEAM),
        ("/pilotage/ressources/chiffres/?fiche=nulle", TEAM_ABSENT),
    ],
    "resources:desk_figures_csv": [("/pilotage/ressources/chiffres.csv", TEAM)],
}
