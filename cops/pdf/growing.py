"""A PDF that grows: the pages of a piece are drawn and tagged, and only their bytes are kept.

WeasyPrint keeps all that a document is made of until its last page is written: a megabyte a
page. Here each piece is written as soon as it is laid out, and can be let go. The steps are those
of WeasyPrint's ``generate_pdf``, with its own functions; what our documents never have is left
out (forms, attached files, bleed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from tinycss2.color5 import D50, D65
from weasyprint import DEFAULT_OPTIONS, VERSION, Document
from weasyprint.document import Page
from weasyprint.logger import LOGGER
from weasyprint.matrix import Matrix
from weasyprint.pdf import VARIANTS, _use_references, _w3c_date_to_pdf
from weasyprint.pdf.anchors import add_links, add_outlines
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.stream import Stream
from weasyprint.pdf.tags import _build_box_tree
from weasyprint.text.ffi import pango

from cops.pdf.tagging import MendedTags, TaggedPage

VARIANT = "pdf/ua-1"
_VERSION = b"1.7"
_SCALE = 0.75  # points per CSS pixel
_LAB_RANGE = (-125, 125, -125, 125)


@dataclass(frozen=True)
class Outlined:
    """What the bookmarks need of a page."""

    height: float
    bookmarks: list[Any]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Some pages that are written, and what joins them to the others.

    ``shell`` is their document without its pages; the references are those of the pages and of
    the elements at the top of the tag tree.
    """

    shell: Document
    outlined: list[Outlined]
    pages: list[bytes]
    elements: list[bytes]


class GrowingPdf:
    """``draw`` each piece, in any order, then ``write`` once, in the order of the document.

    A link to an anchor that no piece has yet is dropped, unless it is one of those ``promised``.
    """

    def __init__(self, promised: Set[str] = frozenset()) -> None:
        self._pdf = _Pdf()
        self._promised, self._anchors = promised, set[str]()
        self._names: list[Any] = []
        self._parents: list[Any] = []
        self._images: dict[str, Any] = {}
        self._fonts: dict[Any, Any] = {}
        self._colours = self._new({"lab-d50": _lab(D50), "lab-d65": _lab(D65)})
        self._font_list = self._new({})
        self._owners = self._new({})
        self._root = self._new({"Type": "/StructTreeRoot", "ParentTree": self._owners.reference})
        self._top = self._new({"Type": "/StructElem", "S": "/Document", "P": self._root.reference})
        self._root["K"] = pydyf.Array([self._top.reference])

    def _new(self, values: Mapping[str, Any]) -> Any:
        made = pydyf.Dictionary(values)
        self._pdf.add_object(made)
        return made

    def draw(self, document: Document, texts: Mapping[Element, str]) -> Drawn:
        """Write the pages of a document; ``texts`` are the words of its links."""
        start = len(self._pdf.objects)
        resources = self._new(
            {name: pydyf.Dictionary() for name in ("ExtGState", "XObject", "Pattern", "Shading")}
            | {"ColorSpace": self._colours.reference, "Font": self._font_list.reference}
        )
        drawn = [
            self._page(document, page, resources, links, anchors)
            for page, links, anchors in self._linked(document.pages)
        ]
        _name_links(document.pages, texts)
        elements, kept = self._tag(document.pages, drawn)
        _use_references(self._pdf, resources, self._images, document.color_profiles)
        self._settle(start, kept)
        return Drawn(
            shell=document.copy([]),
            outlined=[Outlined(page.height, page.bookmarks) for page in document.pages],
            pages=[page.reference for page, _ in drawn],
            elements=elements,
        )

    def _linked(self, pages: Sequence[Page]) -> Iterator[tuple[Page, list[Any], list[Any]]]:
        """Each page with its links, and the anchors that it is the first to have."""
        anchors: list[list[Any]] = []
        for page in pages:
            new = [name for name in page.anchors if name not in self._anchors]
            self._anchors.update(new)
            anchors.append([(name, *page.anchors[name][:2]) for name in new])
        known = self._anchors | self._promised
        for page, first in zip(pages, anchors, strict=True):
            links = []
            for link in page.links:
                if link[0] == "internal" and link[1] not in known:
                    LOGGER.error("No anchor #%s for internal URI reference", link[1])
                else:
                    links.append(link)
            yield page, links, first

    def _page(
        self, document: Document, page: Page, resources: Any, links: list[Any], anchors: list[Any]
    ) -> tuple[Any, Stream]:
        height = page.height * _SCALE
        stream = _PageStream(
            self._fonts, (0, 0, page.width, page.height), resources, self._images, {},
            document.color_profiles, document.output_intent, compress=True,
        )  # fmt: skip
        stream.transform(d=-1, f=height)
        self._pdf.add_object(stream)
        made = self._new(
            {
                "Type": "/Page",
                "Parent": self._pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, page.width * _SCALE, height]),
                "Contents": stream.reference,
                "Resources": resources.reference,
                "Tabs": "/S",
            }
        )
        matrix = Matrix(_SCALE, 0, 0, -_SCALE, 0, height)
        add_links((links, anchors), matrix, self._pdf, made, self._names, stream._tags)
        page.paint(stream, _SCALE)
        return made, stream

    def _tag(
        self, pages: Sequence[Page], drawn: Sequence[tuple[Any, Stream]]
    ) -> tuple[list[bytes], set[int]]:
        """The elements at the top of these pages, mended, and the objects of their tree."""
        self._pdf.page_references = tuple(page.reference for page, _ in drawn)
        elements = self._top["K"] = pydyf.Array()
        tagged: list[TaggedPage] = []
        notes: list[tuple[bytes, Any]] = []
        for rank, (page, (made, stream)) in enumerate(zip(pages, drawn, strict=True)):
            owners: dict[int, bytes | None] = {}
            tree = _build_box_tree(
                page._page_box, self._top, self._pdf, rank, owners, notes, stream._tags
            )
            elements.extend([element.reference for element in tree])
            tagged.append(TaggedPage(made.reference, stream, owners))
        mended = MendedTags(self._pdf.objects, elements, tagged)
        for (made, _), its in zip(drawn, tagged, strict=True):
            owned = [its.owners[number] or b"null" for number in sorted(its.owners)]
            made["StructParents"] = self._parent(pydyf.Array(owned).data)
        for owner, note in notes:
            note["StructParent"] = self._parent(mended.moved.get(note.reference, owner))
        return list(elements), mended.kept

    def _parent(self, owner: bytes) -> int:
        """The key of a new line of the parent tree."""
        key = len(self._parents) // 2
        self._parents += [key, owner]
        return key

    def _settle(self, start: int, kept: Set[int] = frozenset()) -> None:
        """Make bytes of the objects from that one on; the tags out of ``kept`` are nothing."""
        objects = self._pdf.objects
        for number in range(start, len(objects)):
            made = objects[number]
            lost = isinstance(made, dict) and made.get("Type") in _TAGS and number not in kept
            objects[number] = _Settled(made, b"null" if lost else made.data)
        for image in self._images.values():
            image["image"], image["x_object"] = None, objects[image["x_object"].number]

    def write(self, drawn: Sequence[Drawn]) -> bytes:
        """The whole document; its title, its author and its day are those of the first piece."""
        whole = drawn[0].shell.copy([page for piece in drawn for page in piece.outlined])
        pages = self._pdf.page_references = tuple(ref for piece in drawn for ref in piece.pages)
        self._pdf.pages |= {"Kids": pydyf.Array(pages), "Count": len(pages)}
        add_outlines(self._pdf, whole.make_bookmark_tree(_SCALE, transform_pages=True))
        start = len(self._pdf.objects)
        options = DEFAULT_OPTIONS | {"pdf_version": _VERSION}
        self._font_list.update(build_fonts_dictionary(self._pdf, self._fonts, True, True, options))
        self._settle(start)
        self._top["K"] = pydyf.Array([ref for piece in drawn for ref in piece.elements])
        self._owners["Nums"] = pydyf.Array(self._parents)
        self._describe(whole.metadata)
        VARIANTS[VARIANT][0](self._pdf, whole, [], [], True)
        out = BytesIO()
        self._pdf.write(out, _VERSION, identifier=True, compress=True)
        return out.getvalue()

    def _describe(self, metadata: Any) -> None:
        catalog, info = self._pdf.catalog, self._pdf.info
        info["Producer"] = pydyf.String(f"WeasyPrint {VERSION}")
        if metadata.title:
            info["Title"] = pydyf.String(metadata.title)
        if metadata.authors:
            info["Author"] = pydyf.String(", ".join(metadata.authors))
        if metadata.description:
            info["Subject"] = pydyf.String(metadata.description)
        if metadata.created:
            info["CreationDate"] = pydyf.String(_w3c_date_to_pdf(metadata.created, "created"))
        catalog["Lang"] = pydyf.String(metadata.lang or "")
        if self._names:
            names = pydyf.Array()
            for name, place in sorted(self._names):
                names += [pydyf.String(name), place]
            catalog["Names"] = pydyf.Dictionary({"Dests": pydyf.Dictionary({"Names": names})})
        catalog["StructTreeRoot"] = self._root.reference
        catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


_TAGS = ("/StructElem", "/OBJR")


def _lab(white: Sequence[float]) -> pydyf.Array:
    space = {"WhitePoint": pydyf.Array(white), "Range": pydyf.Array(_LAB_RANGE)}
    return pydyf.Array(("/Lab", pydyf.Dictionary(space)))


def _name_links(pages: Sequence[Page], texts: Mapping[Element, str]) -> None:
    """WeasyPrint describes a link by its address, which a screen reader reads aloud."""
    for page in pages:
        for _kind, _target, _rectangle, box in page.links:
            if box.link_annotation and (words := texts.get(box.element)):
                box.link_annotation["Contents"] = pydyf.String(words)


class _Pdf(pydyf.PDF):
    # Of the pages at hand: the parent makes the list of all of them again for each tag.
    page_references: tuple[bytes, ...] = ()


class _Settled:
    """An object of the document that changes no more. Many: nothing else is kept of each."""

    __slots__ = ("compressible", "data", "number", "offset")
    generation, free = 0, "n"

    def __init__(self, made: Any, data: bytes) -> None:
        self.number, self.compressible, self.data = made.number, made.compressible, data
        self.offset = 0

    reference = pydyf.Object.reference
    indirect = pydyf.Object.indirect


class _PageStream(Stream):
    """Fonts outlive the piece that drew them first: what Pango lent for it is borrowed again."""

    def add_font(self, pango_font: Any) -> Any:
        font, size = super().add_font(pango_font)
        font.hb_font = pango.pango_font_get_hb_font(pango_font)
        return font, size

    def clone(self, **given: Any) -> Stream:
        other = super().clone(**given)
        other.__class__ = type(self)
        return other
