"""Who gets what at each address: the table that tests/http/test_routes.py walks.

A new route needs a line here, in the module of its area. The addresses name the objects
of ``made()`` in the test: the published sheet « fiche » (with an easy-to-read version), the
draft « brouillon », the word « mot », the quiz « notions », a set of arguments and the export
« document » that waits.
"""

from importlib import import_module
from pkgutil import iter_modules

from tests.http.routes.expected import Table

# One module per area, found by itself.
AREAS = sorted({found.name for found in iter_modules(__path__)} - {"expected"})
ROUTES: Table = {
    name: lines
    for area in AREAS
    for name, lines in import_module(f"{__name__}.{area}").ROUTES.items()
}

# Every route of the admin, by a rule: our sign-in page for who is not signed in, nothing for a
# member, the apps that the team manages for the team, everything for an administrator.
ADMIN = "admin:"
TEAM_APPS = {"resources", "selfassess", "counters"}
