"""Home, institutional pages, search, what robots and operators ask for."""

from tests.http.routes.expected import ABSENT, DEMONSTRATION_ONLY, POST_ONLY, PUBLIC, Table

ROUTES: Table = {
    "http:csp": [("/csp/", POST_ONLY)],
    "pages:home": [("/", PUBLIC)],
    "pages:contact": [("/contact/", PUBLIC)],
    "pages:cops": [("/le-cops/", PUBLIC)],
    "pages:legal": [("/mentions-legales/", PUBLIC)],
    "pages:privacy": [("/donnees-personnelles/", PUBLIC)],
    "pages:accessibility": [("/accessibilite/", PUBLIC)],
    "pages:sitemap": [("/plan-du-site/", PUBLIC)],
    "pages:components": [("/composants/", DEMONSTRATION_ONLY)],
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
}
