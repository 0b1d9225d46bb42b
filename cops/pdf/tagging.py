"""What WeasyPrint leaves to mend in the tags of a document, before they are written.

- Running headers and footers are marked content that no element owns: they become
  pagination artifacts, or a screen reader stumbles on them at each page.
- A picture without alternative text is decoration: an artifact too.
- An element inside a link gets a link annotation of its own, outside any Link
  (ISO 14289-1, 7.18.5): the annotation is moved up to the link.
- A header cell says whether it heads a row or a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

# As WeasyPrint writes it. The text of the page is in hexadecimal in the stream, so
# that no word of a document can look like it.
_MARK = re.compile(rb"/\w+\n<</MCID (\d+)>>\nBDC\n")
_RUNNING = b"/Artifact\n<</Type /Pagination>>\nBDC\n"
_DECORATION = b"/Artifact\nBMC\n"


@dataclass
class TaggedPage:
    """A page that is drawn. ``owners``: the element of each piece of marked content, if any."""

    reference: bytes
    stream: pydyf.Stream
    owners: dict[int, bytes | None]
    owned: set[int] = field(default_factory=set)
    pictures: set[int] = field(default_factory=set)


class MendedTags:
    """The elements under ``roots``, mended where they are, and those pages with them.

    ``moved``: the link that an annotation now belongs to; ``kept``: the numbers of the objects
    that the tree still reaches.
    """

    def __init__(
        self, objects: Sequence[Any], roots: Iterable[bytes], pages: Sequence[TaggedPage]
    ) -> None:
        self._objects = objects
        self._pages = {page.reference: page for page in pages}
        self.moved: dict[bytes, bytes] = {}
        self.kept: set[int] = set()
        for root in roots:
            self._element(self._at(root), link=None)
        for page in pages:
            _mark_artifacts(page)

    def _at(self, reference: bytes) -> Any:
        return self._objects[int(reference.split()[0])]

    def _element(self, element: Any, *, link: Any) -> None:
        self.kept.add(element.number)
        kind, kids = element["S"], element["K"]
        if kind == "/Link":
            link = element
        elif kind == "/TR":
            _head_cells([self._at(kid) for kid in kids if not isinstance(kid, int)])
        removed = []
        for place, reference in enumerate(kids):
            if isinstance(reference, int):
                self._pages[element["Pg"]].owned.add(reference)
                continue
            kid = self._at(reference)
            if kid["Type"] == "/OBJR":
                self.kept.add(kid.number)
                if link is not None and kind != "/Link":
                    link["K"].append(reference)
                    self.moved[kid["Obj"]] = link.reference
                    removed.append(place)
            elif kid["S"] == "/Figure" and "Alt" not in kid:
                marks = (mark for mark in kid["K"] if isinstance(mark, int))
                self._pages[kid["Pg"]].pictures.update(marks)
                removed.append(place)
            else:
                self._element(kid, link=link)
        for place in reversed(removed):
            del kids[place]


def _mark_artifacts(page: TaggedPage) -> None:
    """Turn the marked content that belongs to no element into artifacts."""

    def mark(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        if number in page.owned:
            return found[0]
        page.owners[number] = None
        return _DECORATION if number in page.pictures else _RUNNING

    if len(page.owned) < len(page.owners):
        content = b"\n".join(map(pydyf._to_bytes, page.stream.stream))
        page.stream.stream = [_MARK.sub(mark, content)]


def _head_cells(cells: Sequence[Any]) -> None:
    scope = "/Row" if any(cell["S"] == "/TD" for cell in cells) else "/Column"
    for cell in cells:
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = scope
