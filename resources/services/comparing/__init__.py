"""Two contents side by side: what changed, paragraph by paragraph and word by word.

``compare(old, new)`` gives what a page shows; ``take(...)`` puts one paragraph of the old one
back into the new one; ``resolve(...)`` makes one text out of two, by choices.
"""

from resources.services.comparing.differences import Group, Row, UnitChange, compare, compare_units
from resources.services.comparing.merging import content_merge
from resources.services.comparing.taking import resolve, take
from resources.services.comparing.units import Unit, section_units, unit_write

__all__ = [
    "Group",
    "Row",
    "Unit",
    "UnitChange",
    "compare",
    "compare_units",
    "content_merge",
    "resolve",
    "section_units",
    "take",
    "unit_write",
]
