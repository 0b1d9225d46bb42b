"""Counters of what happens on the portal: +1 per day, never a person.

``add("resource.view", "slug")`` counts in memory; ``miss(text)`` counts a search that
found nothing. Both return at once and never raise: a counter must not break a page.
"""

from cops.counters.memory import add, flush, miss

__all__ = ["add", "flush", "miss"]
