"""The self-assessment: grids, doors, a participant's and the opener's own pages."""

from tests.http.routes.account import OWN
from tests.http.routes.expected import ABSENT, POST_ONLY, PUBLIC, Expected, Table
from tests.http.routes.team import TEAM
from tests.selfassess.making import CODE, MANAGER, MEMBER

GRID = "/autoevaluation/soins-cliniques-et-educatifs/"
JOIN = f"/autoevaluation/e/{CODE}/"
MINE = f"{JOIN}p/{MEMBER}/"
MANAGE = f"{JOIN}g/{MANAGER}/"
# A pair where one has joined and not yet answered: what comes later leads back to the beginning.
LATER = Expected(302, 302, 302, 302, production=302)

# Of an account that keeps nothing: absent, and signed out one is asked who one is.
NOT_KEPT = f"/autoevaluation/moi/p/{'z' * 22}/"
FOREIGN = Expected(302, 404, 404, 404, production=302)
SENT = Expected(302, 405, 405, 405, production=302)

ROUTES: Table = {
    "selfassess:home": [("/autoevaluation/", PUBLIC)],
    "selfassess:code": [("/autoevaluation/code/", PUBLIC)],
    "selfassess:grid": [(GRID, PUBLIC), ("/autoevaluation/nulle/", ABSENT)],
    "selfassess:open": [
        (f"{GRID}commencer/", PUBLIC),
        ("/autoevaluation/nulle/commencer/", ABSENT),
    ],
    "selfassess:grid_paper": [(f"{GRID}partenaire.pdf", PUBLIC), (f"{GRID}nul.pdf", ABSENT)],
    "selfassess:join": [(JOIN, PUBLIC)],
    "selfassess:mine": [(MINE, LATER), (f"{JOIN}p/{'z' * 22}/", ABSENT), (NOT_KEPT, FOREIGN)],
    "selfassess:answer": [(f"{MINE}repondre/", PUBLIC), (f"{MINE}repondre/?axe=99", PUBLIC)],
    "selfassess:review": [(f"{MINE}relire/", PUBLIC)],
    "selfassess:reopen": [(f"{MINE}reprendre/", POST_ONLY)],
    "selfassess:state": [(f"{MINE}etat/", PUBLIC)],
    "selfassess:keep": [(f"{MINE}lien/", PUBLIC)],
    "selfassess:erase": [(f"{MINE}effacer/", LATER)],
    "selfassess:keep_mine": [(f"{MINE}compte/", POST_ONLY)],
    "selfassess:share": [(f"{MINE}region/", LATER)],
    "selfassess:together": [(f"{MINE}ensemble/", LATER)],
    "selfassess:decisions": [(f"{MINE}decisions/", LATER)],
    "selfassess:joint": [(f"{MINE}commun/", LATER)],
    "selfassess:tick": [(f"{MINE}commun/1/", POST_ONLY)],
    "selfassess:remind": [(f"{MINE}rappel/", LATER)],
    "selfassess:again": [(f"{MINE}encore/", LATER)],
    "selfassess:paper": [(f"{MINE}ma-roue.pdf", ABSENT)],
    "selfassess:manage": [(MANAGE, PUBLIC), (f"{JOIN}g/{'z' * 22}/", ABSENT)],
    "selfassess:manage_state": [(f"{MANAGE}etat/", PUBLIC)],
    "selfassess:keep_manager": [(f"{MANAGE}lien/", PUBLIC)],
    "selfassess:keep_opener": [(f"{MANAGE}compte/", POST_ONLY)],
    "selfassess:reveal": [(f"{MANAGE}retourner/", POST_ONLY)],
    "selfassess:admit": [(f"{MANAGE}rouvrir/", POST_ONLY)],
    "selfassess:close": [(f"{MANAGE}fermer/", POST_ONLY)],
    "selfassess:delete": [(f"{MANAGE}effacer/", PUBLIC)],
    "selfassess:facilitate": [(f"{MANAGE}animation/", PUBLIC)],
    "selfassess:kept": [("/compte/auto-evaluations/", OWN)],
    "selfassess:keep_waiting": [("/compte/auto-evaluations/garder/", SENT)],
    "selfassess:kept_remove": [(f"/compte/auto-evaluations/{'z' * 22}/retirer/", FOREIGN)],
    "selfassess:team": [("/pilotage/autoevaluation/", TEAM)],
}
