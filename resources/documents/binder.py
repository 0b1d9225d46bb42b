"""A binder on paper: a cover and the contents, then its sheets, each opened by its title.

The sheets are laid out one by one (cops.pdf.joining): the page of each is known when the next one
begins, and the contents are written last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from cops.formats import count_fr, typography
from cops.pdf import qr_svg
from resources.documents.cover import RUNNING_AT_MOST
from resources.documents.leaves import Leaf
from resources.documents.sheet import SHEETS, Form

if TYPE_CHECKING:
    from cops.pdf.joining import Piece

# As wide as any page: the contents are laid out once before their numbers are known.
_UNKNOWN = 999


def running(name: str) -> str:
    """The name at the foot of each page, two lines at most."""
    return Truncator(typography(name)).chars(RUNNING_AT_MOST)


@dataclass(frozen=True, kw_only=True)
class BinderCover:
    """What the first page says: the name its holder gave, how many sheets and pages, when."""

    name: str
    day: date
    sheets: int
    pages: int

    @property
    def balanced_name(self) -> str:
        return typography(self.name)

    @property
    def running_name(self) -> str:
        return running(self.name)

    @property
    def extent(self) -> str:
        """« 5 fiches, 43 pages »."""
        return f"{count_fr(self.sheets, 'fiche')}, {count_fr(self.pages, 'page')}"

    @property
    def address(self) -> str:
        return settings.SITE_ORIGIN + reverse("resources:list")

    @property
    def printed_address(self) -> str:
        return self.address.split("://", 1)[-1]

    @property
    def code(self) -> str:
        return qr_svg(
            self.address,
            title="Code QR : les ressources du portail, à l’adresse écrite à côté",
        )


def style_sheets(form: Form) -> list[str]:
    """The sheets of a binder in that form, for cops.pdf."""
    names = ["pdf-tokens", "pdf", *SHEETS[form], "pdf-binder"]
    if form != Form.STANDARD:
        names.append("pdf-binder-large")
    return [f"static:css/{name}.css" for name in names]


def front_html(*, cover: BinderCover, lines: Sequence[tuple[Leaf, int]]) -> str:
    """Cover and contents: each leaf with the number of its first page."""
    context = {"title": cover.name, "cover": cover, "lines": lines, "site": settings.SITE}
    return render_to_string("resources/pdf/binder.html", context)


def leaf_html(leaf: Leaf) -> str:
    """One sheet, as a page of HTML of its own."""
    context = {"title": leaf.title, "leaf": leaf.html, "site": settings.SITE}
    return render_to_string("resources/pdf/binder_leaf.html", context)


class BinderDocument:
    """The document in the making: ``lay_out`` each leaf in its order, then ``write``."""

    def __init__(self, *, name: str, day: date, form: Form, leaves: Sequence[Leaf]) -> None:
        from cops.pdf.joining import LongDocument  # WeasyPrint takes a second and a half to import

        self._name, self._day, self._leaves = name, day, leaves
        anchors = {leaf.anchor for leaf in leaves}
        self._long = LongDocument(style_sheets(form), anchors=anchors)
        self._pieces: list[Piece] = []
        front = self._front([(leaf, _UNKNOWN) for leaf in leaves], _UNKNOWN)
        self._opening = self._pages = self._long.count(front)

    def _front(self, lines: Sequence[tuple[Leaf, int]], pages: int) -> str:
        cover = BinderCover(name=self._name, day=self._day, sheets=len(lines), pages=pages)
        return front_html(cover=cover, lines=lines)

    def lay_out(self, leaf: Leaf) -> None:
        """The pages of the next leaf, numbered after those before it."""
        piece = self._long.lay_out(leaf_html(leaf), first_page=self._pages + 1)
        self._pieces.append(piece)
        self._pages += piece.count

    def write(self) -> bytes:
        """The PDF/UA-1 bytes, contents and number of pages included."""
        starts = [piece.first_page for piece in self._pieces]
        lines = list(zip(self._leaves, starts, strict=True))
        front = self._long.lay_out(self._front(lines, self._pages))
        if front.count != self._opening:
            raise RuntimeError("the contents take more pages with their numbers than without")
        return self._long.write([front, *self._pieces])
