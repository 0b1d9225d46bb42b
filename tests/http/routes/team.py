"""The pages of the team that belong to no app, and the documents made in the background."""

from tests.http.routes.expected import ABSENT, POST_ONLY, PUBLIC, Expected, Table

# Anonymous visitors are sent to sign in; what a member may not see does not exist.
TEAM = Expected(302, 404, 200, 200, production=302)

ADMINISTRATOR = Expected(302, 404, 404, 200, production=302)
TEAM_POST = Expected(302, 404, 405, 405, production=302)

ROUTES: Table = {
    "pages:todo": [("/pilotage/", TEAM)],
    "pages:morning_choice": [("/pilotage/courriel-du-matin/", TEAM_POST)],
    "pages:nights": [("/pilotage/effacements/", ADMINISTRATOR)],
    "pages:exports": [
        ("/pilotage/exports/", TEAM),
        ("/pilotage/exports/?etat=nul", TEAM),
        ("/pilotage/exports/?page=0", TEAM),
        ("/pilotage/exports/?page=99999", Expected(302, 404, 404, 404, production=302)),
    ],
    "pages:export_again": [("/pilotage/exports/document/relance/", TEAM_POST)],
    "exports:page": [("/exports/document/", PUBLIC), ("/exports/nul/", ABSENT)],
    "exports:state": [("/exports/document/etat/", PUBLIC)],
    # A kind that no app knows gives no file.
    "exports:file": [("/exports/document/fichier/", ABSENT)],
    "exports:retry": [("/exports/document/recommencer/", POST_ONLY)],
}
