"""Mails: the way out, the team's page, the box of the demonstration."""

from tests.http.routes.expected import ABSENT, DEMONSTRATION_ONLY, Table

ROUTES: Table = {
    "mail:box": [("/courriels/", DEMONSTRATION_ONLY)],
    "mail:kept": [("/courriels/0000000000000-0000/", ABSENT)],
    "mail:kept_html": [("/courriels/0000000000000-0000/html/", ABSENT)],
    "mail:unsubscribe": [("/courriels/arret/nul/", ABSENT)],
}
