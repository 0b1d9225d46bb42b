"""What WeasyPrint leaves to mend in a tagged PDF.

- Running headers and footers are marked content that no element owns: they become
  pagination artifacts, or a screen reader stumbles on them at each page.
- A picture without alternative text is decoration: an artifact too.
- An element inside a link gets a link annotation of its own, outside any Link
  (ISO 14289-1, 7.18.5): the annotation is moved up to the link.
- A header cell says whether it heads a row or a column.

Documents are joined inside WeasyPrint, never here: pikepdf would lose the tags.
"""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
from pikepdf import Name, Object

# As WeasyPrint writes it. The text of the page is in hexadecimal in the stream, so
# that no word of a document can look like it.
_MARK = re.compile(rb"/\w+\n<</MCID (\d+)>>\nBDC\n")
_RUNNING = b"/Artifact\n<</Type /Pagination>>\nBDC\n"
_DECORATION = b"/Artifact\nBMC\n"


def mend_tags(source: bytes) -> bytes:
    """The same document with its tags mended; the same bytes for the same source."""
    with pikepdf.open(BytesIO(source)) as pdf:
        tree = pdf.Root.StructTreeRoot
        walk = _Walk(pdf)
        for element in tree.K:
            walk.element(element, link=None)
        numbers = tree.ParentTree.Nums
        for key, owner in zip(list(numbers[::2]), range(1, len(numbers), 2), strict=True):
            if link := walk.moved.get(int(key)):
                numbers[owner] = link
        for index, page in enumerate(pdf.pages):
            _mark_artifacts(page, numbers[2 * index + 1], walk.owned[index], walk.pictures[index])
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _mark_artifacts(
    page: pikepdf.Page, owners: Object, owned: set[int], pictures: set[int]
) -> None:
    """Turn the marked content that belongs to no element into artifacts."""

    def mark(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        if number in owned:
            return found[0]
        owners[number] = None
        return _DECORATION if number in pictures else _RUNNING

    if len(owned) < len(owners):
        stream = page.Contents
        stream.write(_MARK.sub(mark, stream.read_bytes()))


class _Walk:
    """One walk down the structure tree, mending elements and gathering what the pages need."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.page_of = {page.objgen: index for index, page in enumerate(pdf.pages)}
        self.owned: list[set[int]] = [set() for _ in pdf.pages]
        self.pictures: list[set[int]] = [set() for _ in pdf.pages]
        self.moved: dict[int, Object] = {}

    def element(self, element: Object, *, link: Object | None) -> None:
        kind = element.S
        if kind == Name.Link:
            link = element
        elif kind == Name.TR:
            _head_cells(element)
        kids = element.K
        removed = []
        for place, kid in enumerate(kids):
            if isinstance(kid, int):
                self.owned[self.page_of[element.Pg.objgen]].add(kid)
            elif kid.Type == Name.OBJR:
                if link is not None and kind != Name.Link:
                    link.K.append(kid)
                    self.moved[int(kid.Obj.StructParent)] = link
                    removed.append(place)
            elif Name.Figure == kid.S and "/Alt" not in kid:
                self._decoration(kid)
                removed.append(place)
            else:
                self.element(kid, link=link)
        for place in reversed(removed):
            del kids[place]

    def _decoration(self, figure: Object) -> None:
        for kid in figure.K:
            if isinstance(kid, int):
                self.pictures[self.page_of[figure.Pg.objgen]].add(kid)


def _head_cells(row: Object) -> None:
    cells = [cell for cell in row.K if not isinstance(cell, int)]
    scope = Name.Row if any(cell.S == Name.TD for cell in cells) else Name.Column
    for cell in cells:
        if cell.S == Name.TH:
            cell.A.Scope = scope
