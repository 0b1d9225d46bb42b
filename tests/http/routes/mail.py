"""Mails: the way out, the team's page, the box of the demonstration."""

from tests.http.routes.expected import ABSENT, Table

ROUTES: Table = {
    "mail:unsubscribe": [("/courriels/arret/nul/", ABSENT)],
}
