"""What a line of the table says."""

from typing import NamedTuple


class Expected(NamedTuple):
    """The status of a GET for each role, and for an anonymous visitor of production."""

    anonymous: int
    member: int
    team: int
    administrator: int
    production: int


PUBLIC = Expected(200, 200, 200, 200, production=200)
POST_ONLY = Expected(405, 405, 405, 405, production=405)
DEMONSTRATION_ONLY = Expected(200, 200, 200, 200, production=404)
TEAM_ONLY = Expected(404, 404, 200, 200, production=404)
ABSENT = Expected(404, 404, 404, 404, production=404)

# The name of each route, then one address or more with what they answer.
Table = dict[str, list[tuple[str, Expected]]]
