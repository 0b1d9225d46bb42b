"""One number per resource that says what it answers to, so that one sum counts a whole list.

Each value of a facet owns eight digits of the number: 1 there when the resource answers to it,
0 otherwise. The sum of these numbers over a list holds, eight digits by eight, how many of its
resources answer to each value; Postgres adds them five times faster than it groups rows by each
facet in turn. Postgres also computes the number (``Resource.tally``, a generated column on the
function ``resources_tally``), so that it cannot lag behind what it counts.

The places below and those of the function must agree: a change of a closed list is a migration
that replaces the function, removes the column and adds it again. A test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator

from cops.audiences import Audience
from cops.territory import Department
from cops.topics import Topic
from resources.enums import Dimension, Kind, Modality

_LISTS = {
    "genre": Kind,
    "theme": Topic,
    "public": Audience,
    "dimension": Dimension,
    "modalite": Modality,
    "dept": Department,
}
# (facet, code), in the order of their digits, from the right.
PLACES: tuple[tuple[str, str], ...] = tuple(
    (facet, code) for facet, known in _LISTS.items() for code in known.values
)
DIGITS = 8
LENGTH = DIGITS * len(PLACES)
FACETS = frozenset(_LISTS)


def counted(total: str) -> Iterator[tuple[str, str, int]]:
    """Facet, code and number of resources, for each value that a sum of tallies counts."""
    digits = total.zfill(LENGTH)
    for place, (facet, code) in enumerate(PLACES):
        end = LENGTH - DIGITS * place
        if number := int(digits[end - DIGITS : end]):
            yield facet, code, number
