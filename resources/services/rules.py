"""What a text must respect to be published; each refusal names its place and what to do.

Applied by every service that puts a text on view, so that no way in is left aside.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from cops.formats import unaccent
from resources.enums import Variant
from resources.models import Attachment
from resources.pictures import picture_names, public_id_of
from resources.services.cleaning import plain_text

_LANES = ("partner", "professional", "actions")
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_HEADING = re.compile(r"<h([34])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
# Words that say nothing once out of their sentence: a screen reader lists links alone.
EMPTY_LINKS = frozenset(
    {
        "ici", "la", "lien", "ce lien", "le lien", "lien ici", "cliquez", "cliquez ici",
        "cliquer ici", "clic ici", "cliquez la", "cliquez sur ce lien", "cliquer sur ce lien",
        "en savoir plus", "savoir plus", "plus d infos", "plus d informations", "lire la suite",
        "la suite", "suite", "lire plus", "voir", "voir ici", "voir plus", "voir la suite",
        "telecharger", "telecharger ici", "page", "cette page", "site", "le site", "ce site",
        "document", "pdf", "video", "details", "plus", "suivez ce lien", "consulter",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """``piece``: where to write (services.drafts.pieces); ``field`` the name of the field there."""

    piece: str
    field: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place} : {self.message}"


class PublicationRefusedError(ValidationError):
    """All that stands in the way, each fault with its place."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__([str(fault) for fault in faults], code="refused")
        self.faults = faults


def publication_check(content: Mapping[str, Any]) -> None:
    """Raise PublicationRefusedError if a content may not be published."""
    if faults := publication_faults(content):
        raise PublicationRefusedError(faults)


def publication_faults(content: Mapping[str, Any]) -> list[Fault]:
    """What stands in the way of publishing a content; an empty list when nothing does."""
    sections = content["sections"]
    faults: list[Fault] = []
    if not any(section["variant"] == Variant.STANDARD for section in sections):
        faults.append(
            Fault("shape", "", "Texte", "une ressource sans texte ne peut pas être publiée")
        )
    for name, label in (("title", "Titre"), ("summary", "Résumé")):
        if not content.get(name):
            faults.append(Fault("fields", name, label, "il manque"))
    decorative = decorative_among(_htmls(content))
    under: str | None = None
    for section in sections:
        faults += section_faults(section, first=section["variant"] != under, decorative=decorative)
        under = section["variant"]
    for row in content.get("media") or ():
        faults += media_faults(row["title"], row["transcript_html"])
    return faults


def _htmls(content: Mapping[str, Any]) -> Iterator[str]:
    for section in content["sections"]:
        yield section["source"]
        for step in (section.get("path") or {}).get("steps", ()):
            yield from step["source"].values()


def section_faults(
    section: Mapping[str, Any], *, first: bool = False, decorative: Container[str] = frozenset()
) -> list[Fault]:
    """The faults of one section; ``first`` of its text, it stands right under the sheet's title."""
    piece = f"section:{section['variant']}:{section['anchor']}"
    place = f"Section « {section['title']} »"
    faults = []
    if first and section["level"] != 2:
        message = "c’est la première du texte, elle est de niveau 2 : un niveau de titre manque"
        faults.append(Fault(piece, "level", place, message))
    faults += [
        Fault(piece, "source", place, message)
        for message in html_faults(section["source"], level=section["level"], decorative=decorative)
    ]
    for step in (section.get("path") or {}).get("steps", ()):
        at = f"{place}, étape {step['number']}"
        key = f"step:{section['variant']}:{section['anchor']}:{step['number']}"
        for lane in _LANES:
            # A lane stands under the title of its step: any title there would skip none.
            for message in html_faults(
                step["source"].get(lane, ""), level=None, decorative=decorative
            ):
                faults.append(Fault(key, lane, at, message))
    return faults


def html_faults(
    html: str, *, level: int | None, decorative: Container[str] = frozenset()
) -> list[str]:
    """Links, titles and pictures of one rich text; ``level``: of the title it stands under.

    ``decorative``: see ``decorative_among``.
    """
    return [*_links(html), *_titles(html, level), *image_faults(html, decorative)]


def media_faults(title: str, transcript_html: str) -> list[Fault]:
    if plain_text(transcript_html):
        return []
    message = (
        "la transcription manque. Écrivez ce qui s’y dit et ce que l’on y voit :"
        " qui n’entend pas, ou ne voit pas, lit la même chose que les autres"
    )
    return [Fault("media", "transcript_html", f"Vidéo ou enregistrement « {title} »", message)]


def image_faults(html: str, decorative: Container[str]) -> Iterable[str]:
    """A picture says what it shows, or its file says that it only decorates."""
    for name, alternative in picture_names(html):
        if not alternative and public_id_of(name) not in decorative:
            yield (
                "une image n’a pas d’alternative. Écrivez en une phrase ce qu’elle montre,"
                " ou dites avec son fichier qu’elle est décorative"
            )


def decorative_among(htmls: Iterable[str]) -> frozenset[str]:
    """The pictures of these texts that their files say to be decorative, by public id."""
    silent = {
        public_id_of(name) for html in htmls for name, told in picture_names(html) if not told
    }
    if not silent:
        return frozenset()
    rows = Attachment.objects.filter(public_id__in=silent, decorative=True).order_by("pk")
    return frozenset(rows.values_list("public_id", flat=True))


def _links(html: str) -> Iterable[str]:
    for match in _LINK.finditer(html):
        text = plain_text(match[1])
        if not text:
            yield "un lien ne contient aucun mot. Écrivez où il mène"
        elif _bare(text) in EMPTY_LINKS:
            yield (
                f"le lien « {text} » ne dit pas où il mène. Mettez le lien sur les mots qui le"
                " disent, par exemple « le guide de la HAS »"
            )


def _bare(text: str) -> str:
    words = unaccent(text).replace("’", " ").replace("'", " ")
    return " ".join(_EDGES.sub("", words).split())


def _titles(html: str, level: int | None) -> Iterable[str]:
    above = level or 3
    for match in _HEADING.finditer(html):
        rank, title = max(int(match[1]), (level or 0) + 1), plain_text(match[2])
        if not title:
            yield "un titre est vide. Écrivez-le, ou retirez-le"
        if rank > above + 1:
            yield (
                f"le titre « {title} » saute un niveau. Donnez-lui le niveau juste au-dessous du"
                " titre qui le précède"
            )
        above = rank
