"""What a text must respect to be published; each refusal names its place and what to do.

Applied by every service that puts a text on view, so that no way in is left aside.
"""

from __future__ import annotations

import re
import unicodedata
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
_WORD = re.compile(r"[^\W_]+")
# Words that say nothing once out of their sentence: a screen reader lists links alone. A link
# that holds no other word is refused, however they follow one another.
VOID_WORDS = frozenset(
    {
        "a", "acceder", "acces", "article", "au", "aux", "c", "ce", "ces", "cet", "cette", "ci",
        "clic", "click", "cliquant", "clique", "cliquer", "cliquez", "consulter", "consultez",
        "d", "dans", "de", "decouvrez", "decouvrir", "des", "detail", "details", "document",
        "documents", "du", "en", "est", "et", "fichier", "fichiers", "here", "ici", "il",
        "image", "info", "information", "informations", "infos", "l", "la", "le", "les", "lien",
        "liens", "link", "lire", "lisez", "more", "n", "nous", "ouvrez", "ouvrir", "page",
        "pages", "par", "pdf", "plus", "pour", "read", "s", "savoir", "se", "site", "suite",
        "suivez", "suivre", "sur", "telecharger", "telechargez", "tout", "un", "une", "video",
        "videos", "voici", "voir", "vous", "voyez", "web", "y",
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
        faults += media_faults(row["title"], row["transcript_html"], decorative=decorative)
    return faults


def _htmls(content: Mapping[str, Any]) -> Iterator[str]:
    for section in content["sections"]:
        yield section["source"]
        for step in (section.get("path") or {}).get("steps", ()):
            yield from step["source"].values()
    for row in content.get("media") or ():
        yield row["transcript_html"]


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


def media_faults(
    title: str, transcript_html: str, *, decorative: Container[str] = frozenset()
) -> list[Fault]:
    """The faults of a film or of a recording, whose transcript is read as any other text."""
    place = f"Vidéo ou enregistrement « {title} »"
    # Shown under the title of the film, which is of level 2.
    messages = html_faults(transcript_html, level=2, decorative=decorative)
    if not plain_text(transcript_html):
        messages = [
            "la transcription manque. Écrivez ce qui s’y dit et ce que l’on y voit :"
            " qui n’entend pas, ou ne voit pas, lit la même chose que les autres"
        ]
    return [Fault("media", "transcript_html", place, message) for message in messages]


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
        words = [word for word in _WORD.findall(_plain(text)) if not word.isdigit()]
        if not words:
            yield "un lien ne contient aucun mot. Écrivez où il mène"
        elif VOID_WORDS.issuperset(words):
            yield (
                f"le lien « {text} » ne dit pas où il mène. Mettez le lien sur les mots qui le"
                " disent, par exemple « le guide de la HAS »"
            )


def _plain(text: str) -> str:
    """In lower case, without accents nor the signs that are not seen and would part a word."""
    return "".join(sign for sign in unaccent(text) if unicodedata.category(sign) != "Cf")


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
