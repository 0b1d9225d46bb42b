"""Who gets what at each address: the table that tests/http/test_routes.py walks.

A new route needs a line here, in the module of its area. The addresses name the objects
of ``made()`` in the test: the published sheet « fiche » (with an easy-to-read version), the
draft « brouillon », the word « mot », the quiz « notions » and a set of arguments.
"""

from tests.http.routes import ground, library
from tests.http.routes.expected import Table

ROUTES: Table = {**ground.ROUTES, **library.ROUTES}

# Every route of the admin, by a rule: its sign-in form for who is not of the team, the
# apps that the team manages for the team, everything for an administrator; nothing at
# all in production.
ADMIN = "admin:"
TEAM_APPS = {"resources", "counters"}
