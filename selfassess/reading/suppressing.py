"""Which cells of a published table are hidden, so that no subtraction gives a small one back.

The table crosses roles and quarters, with their totals (the name "" on either side). A cell made
by one to four people is hidden; then, as long as those shown would tell it, others with it: in
each line what is hidden is at least two cells, and five people. Taken as the links of a graph
whose points are the lines, a hidden cell can be worked out exactly when its link is a bridge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

FEWEST = 5
ALL = ""  # the total of a line

Key = tuple[str, str]  # role, quarter
Line = tuple[str, str]  # « role » or « quarter », and its name


def hidden_cells(people: Mapping[Key, int], concerned: Mapping[Key, int]) -> set[Key]:
    """The cells to hide. Both mappings hold every cell and every total.

    ``concerned`` are those who gave a level: the mean is theirs, so they too are none or five.
    """

    def small(cells: Iterable[Key]) -> bool:
        told = list(cells)
        counts = (sum(one[cell] for cell in told) for one in (people, concerned))
        return any(0 < count < FEWEST for count in counts)

    hidden = {cell for cell in people if small([cell])}
    lines = _lines(people)
    while (more := _next_to_hide(people, hidden, lines, small)) is not None:
        hidden.add(more)
    return hidden


def _lines(people: Mapping[Key, int]) -> dict[Line, set[Key]]:
    lines: dict[Line, set[Key]] = defaultdict(set)
    for cell in sorted(people):
        for line in _ends(cell):
            lines[line].add(cell)
    return lines


def _ends(cell: Key) -> tuple[Line, Line]:
    return ("role", cell[0]), ("quarter", cell[1])


def _next_to_hide(
    people: Mapping[Key, int],
    hidden: set[Key],
    lines: Mapping[Line, set[Key]],
    small: Callable[[Iterable[Key]], bool],
) -> Key | None:
    """The smallest cell of a line that tells too much; a total only when nothing else is left."""
    bridges = _bridges(hidden)
    # A cell that is alone in its line comes first: another beside it often mends the rest.
    for line, cells in sorted(lines.items(), key=lambda one: (len(one[1] & hidden) != 1, one[0])):
        unseen = cells & hidden
        total = (line[1], ALL) if line[0] == "role" else (ALL, line[1])
        tells = bool(unseen & bridges) or (total not in hidden and small(unseen))
        shown = [cell for cell in cells - hidden if people[cell]]
        if unseen and tells and shown:
            return min(shown, key=lambda cell: (ALL in cell, people[cell], cell))
    return None


def _bridges(hidden: set[Key]) -> set[Key]:
    """The links without which the two lines of a cell are no longer joined."""
    return {cell for cell in hidden if not _joined(*_ends(cell), hidden - {cell})}


def _joined(start: Line, goal: Line, links: set[Key]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for cell in links:
            one, other = _ends(cell)
            if here in (one, other):
                there = other if here == one else one
                if there == goal:
                    return True
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)
    return False
