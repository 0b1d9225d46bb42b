"""Who gets what at each address: the table that tests/http/test_routes.py walks.

A new route needs a line here. The addresses name the objects of ``made()`` in the test:
the published sheet « fiche » (with an easy-to-read version), the draft « brouillon », the
word « mot », the quiz « notions » and a set of arguments.
"""

from typing import NamedTuple


class Expected(NamedTuple):
    """The status of a GET for each role, and for an anonymous visitor of production."""

    anonymous: int
    member: int
    team: int
    administrator: int
    production: int


PUBLIC = Expected(200, 200, 200, 200, production=200)
POST_ONLY = Expected(405, 405, 405, 405, production=405)
DEMONSTRATION_ONLY = Expected(200, 200, 200, 200, production=404)
TEAM_ONLY = Expected(404, 404, 200, 200, production=404)
ABSENT = Expected(404, 404, 404, 404, production=404)

# The name of each route, then one address or more with what they answer.
ROUTES: dict[str, list[tuple[str, Expected]]] = {
    "http:csp": [("/csp/", POST_ONLY)],
    "pages:home": [("/", PUBLIC)],
    "pages:contact": [("/contact/", PUBLIC)],
    "pages:cops": [("/le-cops/", PUBLIC)],
    "pages:legal": [("/mentions-legales/", PUBLIC)],
    "pages:privacy": [("/donnees-personnelles/", PUBLIC)],
    "pages:accessibility": [("/accessibilite/", PUBLIC)],
    "pages:sitemap": [("/plan-du-site/", PUBLIC)],
    "pages:components": [("/composants/", DEMONSTRATION_ONLY)],
    "pages:healthz": [("/healthz", PUBLIC)],
    "pages:readyz": [("/readyz", PUBLIC)],
    "pages:favicon": [("/favicon.ico", PUBLIC)],
    "pages:robots": [("/robots.txt", PUBLIC)],
    "pages:security": [("/.well-known/security.txt", PUBLIC)],
    "pages:sitemap_index": [("/sitemap.xml", PUBLIC)],
    "pages:sitemap_part": [
        ("/sitemap-pages.xml", PUBLIC),
        ("/sitemap-nulle.xml", ABSENT),
    ],
    "search:results": [("/recherche/", PUBLIC), ("/recherche/?q=fiche", PUBLIC)],
    "search:suggest": [("/recherche/suggestions/?q=fic", PUBLIC)],
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

# Every route of the admin, by a rule: its sign-in form for who is not of the team, the
# apps that the team manages for the team, everything for an administrator; nothing at
# all in production.
ADMIN = "admin:"
TEAM_APPS = {"resources", "counters"}
