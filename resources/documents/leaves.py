"""A sheet made a leaf of a longer document: its titles a rank lower, its anchors its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from lxml import html
from lxml.html import HtmlElement

from resources.documents.sheet import Form, Paper, trimmed

_TITLE = re.compile(r"h[1-5]")


@dataclass(frozen=True)
class Leaf:
    """``anchor``: of its title, in the whole document."""

    anchor: str
    kind: str
    title: str
    html: SafeString


def leaf_of(
    snapshot: Mapping[str, Any],
    *,
    number: int,
    published_at: datetime | None,
    form: Form,
    visible: Set[str],
    places: Mapping[str, int],
    binder: str,
) -> Leaf:
    """The leaf of a sheet, from its snapshot; ``binder`` names the document at the foot.

    ``places``: the rank of each sheet of the document by its slug; a link to one of them leads
    to its page and no longer to the site.
    """
    paper = Paper(trimmed(snapshot, visible), number=number, published_at=published_at, form=form)
    cover, place = paper.cover, places[paper.words["slug"]]
    context = {
        "paper": paper, "cover": cover, "it": paper.words, "place": place, "total": len(places),
        "binder": binder,
    }  # fmt: skip
    written = render_to_string("resources/pdf/_leaf.html", context)
    return Leaf(
        anchor=f"{_prefix(place)}debut",
        kind=cover.kind,
        title=cover.title,
        html=_lowered(written, place, places),
    )


def _prefix(place: int) -> str:
    return f"f{place}-"


def _lowered(written: str, place: int, places: Mapping[str, int]) -> SafeString:
    """The same words one rank lower: h1 becomes h2, and every anchor belongs to this leaf."""
    prefix = _prefix(place)
    pages = {
        f"{settings.SITE_ORIGIN}/ressources/{slug}/": f"#{_prefix(rank)}debut"
        for slug, rank in places.items()
        if rank != place
    }
    root = html.fragment_fromstring(written)
    for element in root.iter(html.etree.Element):
        _lower(element, prefix, pages)
    return mark_safe(html.tostring(root, encoding="unicode"))  # noqa: S308 - our own template


def _lower(element: HtmlElement, prefix: str, pages: Mapping[str, str]) -> None:
    if _TITLE.fullmatch(element.tag):
        element.tag = f"h{int(element.tag[1]) + 1}"
    if anchor := element.get("id"):
        element.set("id", prefix + anchor)
    for name in ("href", "data-target"):
        target = element.get(name, "")
        if target.startswith("#"):
            element.set(name, f"#{prefix}{target[1:]}")
        elif target in pages:
            element.set(name, pages[target])
