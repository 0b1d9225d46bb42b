"""The library: sheets, lexicon, quizzes, arguments."""

from tests.http.routes.expected import ABSENT, PUBLIC, TEAM_ONLY, Table

ROUTES: Table = {
    "resources:list": [
        ("/ressources/", PUBLIC),
        ("/ressources/?page=0", PUBLIC),
        ("/ressources/?genre=nul", PUBLIC),
        ("/ressources/?page=99999", ABSENT),
    ],
    "resources:feed": [
        ("/ressources/flux/repere.atom", PUBLIC),
        ("/ressources/flux/nul.atom", ABSENT),
    ],
    "resources:detail": [
        ("/ressources/fiche/", PUBLIC),
        ("/ressources/nulle/", ABSENT),
        ("/ressources/brouillon/", TEAM_ONLY),
    ],
    "resources:falc": [
        ("/ressources/fiche/falc/", PUBLIC),
        ("/ressources/brouillon/falc/", ABSENT),
    ],
    "resources:pdf": [
        ("/ressources/fiche.pdf", PUBLIC),
        ("/ressources/nulle.pdf", ABSENT),
        ("/ressources/brouillon.pdf", TEAM_ONLY),
    ],
    "resources:pdf_form": [
        ("/ressources/fiche/falc.pdf", PUBLIC),
        ("/ressources/fiche/grand.pdf", PUBLIC),
        ("/ressources/fiche/v9.pdf", ABSENT),
        ("/ressources/brouillon/grand.pdf", TEAM_ONLY),
    ],
    "resources:attachment": [("/ressources/fiche/pieces/1/", ABSENT)],
    "resources:lexicon": [("/lexique/", PUBLIC)],
    "resources:term": [("/lexique/mot/", PUBLIC), ("/lexique/nul/", ABSENT)],
    "resources:quizzes": [("/quiz/", PUBLIC)],
    "resources:quiz": [("/quiz/notions/", PUBLIC), ("/quiz/nul/", ABSENT)],
    "resources:arguments": [("/argumentaires/", PUBLIC)],
    "resources:arguments_pdf": [("/argumentaires.pdf", PUBLIC)],
}
