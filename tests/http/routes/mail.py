"""Mails: the way out, the team's page, the box of the demonstration."""

from tests.http.routes.expected import ABSENT, DEMONSTRATION_ONLY, Expected, Table

TEAM = Expected(302, 404, 200, 200, production=302)
TEAM_POST = Expected(302, 404, 405, 405, production=302)

ROUTES: Table = {
    "mail:box": [("/courriels/", DEMONSTRATION_ONLY)],
    "mail:kept": [("/courriels/0000000000000-0000/", ABSENT)],
    "mail:kept_html": [("/courriels/0000000000000-0000/html/", ABSENT)],
    "pages:mails": [
        ("/pilotage/courriels/", TEAM),
        ("/pilotage/courriels/?etat=accepted&page=0", TEAM),
        ("/pilotage/courriels/?etat=nul", TEAM),
        ("/pilotage/courriels/?page=99", Expected(302, 404, 404, 404, production=302)),
    ],
    "pages:mail_all_again": [("/pilotage/courriels/reprise/", TEAM_POST)],
    "pages:mail_address": [("/pilotage/courriels/adresse/", TEAM_POST)],
    "pages:mail_address_lift": [("/pilotage/courriels/adresse/retour/", TEAM_POST)],
    "pages:mail_again": [("/pilotage/courriels/nul/renvoi/", TEAM_POST)],
    "pages:mail_leave": [("/pilotage/courriels/nul/abandon/", TEAM_POST)],
    "mail:unsubscribe": [("/courriels/arret/nul/", ABSENT)],
}
