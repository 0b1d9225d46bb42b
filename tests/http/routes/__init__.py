"""Who gets what at each address: the table that tests/http/test_routes.py walks.

A new route needs a line here, in the module of its area. The addresses name the objects
of ``made()`` in the test: the published sheet « fiche » (with an easy-to-read version), the
draft « brouillon », the word « mot », the quiz « notions », a set of arguments and the export
« document » that waits.
"""

from tests.http.routes import account, ground, library, mail, operation, team
from tests.http.routes.expected import Table

ROUTES: Table = {
    **ground.ROUTES,
    **library.ROUTES,
    **account.ROUTES,
    **operation.ROUTES,
    **team.ROUTES,
    **mail.ROUTES,
}

# Every route of the admin, by a rule: our sign-in page for who is not signed in, nothing for a
# member, the apps that the team manages for the team, everything for an administrator.
ADMIN = "admin:"
TEAM_APPS = {"resources", "counters"}
