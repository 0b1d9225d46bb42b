"""What machines of the operator ask for."""

from tests.http.routes.expected import ABSENT, PUBLIC, Table

ROUTES: Table = {
    "operation:healthz": [("/healthz", PUBLIC)],
    "operation:readyz": [("/readyz", PUBLIC)],
    # Nobody of the site has its token, not even an administrator.
    "operation:metrics": [("/metrics", ABSENT)],
}
