"""Remarkable experiences: proposing, reading, following, and the team's pages."""

from tests.http.routes.expected import ABSENT, PUBLIC, Expected, Table
from tests.http.routes.team import TEAM, TEAM_POST
from tests.resources.experience_data import BEARER, PUBLIC_ID, READER, YEARLY

MOVED = Expected(302, 302, 302, 302, production=302)
NOBODY = "z" * 22
# It was sent: its steps lead to the page that says so.
OWN = f"/experiences/proposer/{BEARER}/"

ROUTES: Table = {
    "resources:experiences": [("/experiences/", MOVED)],
    "resources:propose": [("/experiences/proposer/", PUBLIC)],
    "resources:proposal": [(OWN, PUBLIC), (f"/experiences/proposer/{NOBODY}/", ABSENT)],
    "resources:proposal_step": [(f"{OWN}2/", MOVED), (f"{OWN}99/", ABSENT)],
    "resources:proposal_link": [(f"{OWN}lien/", PUBLIC)],
    "resources:proposal_withdraw": [(f"{OWN}retirer/", PUBLIC)],
    "resources:proposal_reading": [
        (f"/experiences/lecture/{READER}/", PUBLIC),
        (f"/experiences/lecture/{NOBODY}/", ABSENT),
    ],
    "resources:ongoing": [
        (f"/experiences/suite/{YEARLY}/", PUBLIC),
        (f"/experiences/suite/{NOBODY}/", ABSENT),
    ],
    "resources:write_to_bearer": [
        ("/experiences/une-experience-connue/ecrire/", PUBLIC),
        ("/experiences/fiche/ecrire/", ABSENT),
    ],
    "resources:team_experiences": [
        ("/pilotage/experiences/", TEAM),
        ("/pilotage/experiences/?etat=nul&page=0", TEAM),
    ],
    "resources:team_experience": [(f"/pilotage/experiences/{PUBLIC_ID}/", TEAM)],
    "resources:team_experience_act": [(f"/pilotage/experiences/{PUBLIC_ID}/refus/", TEAM_POST)],
}
