"""What machines of the operator ask for, and the team's page on it."""

from tests.http.routes.expected import ABSENT, PUBLIC, Table
from tests.http.routes.team import TEAM

ROUTES: Table = {
    "operation:healthz": [("/healthz", PUBLIC)],
    # Asked beside the server, as here; from elsewhere it wants the token (test_views.py).
    "operation:readyz": [("/readyz", PUBLIC)],
    # Nobody of the site has its token, not even an administrator.
    "operation:metrics": [("/metrics", ABSENT)],
    "operation:health": [("/pilotage/sante/", TEAM)],
}
