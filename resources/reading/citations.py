"""A bibliographic reference written the French way, as HTML."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cops.formats import NBSP
from resources.models import Reference

# Parts of a larger work: their title stands between guillemets, the work's own in italics.
_PARTS = frozenset({"article", "chapitre", "page web"})


def citation(reference: Reference) -> SafeString:
    """« Michel, P., et al. « Titre ». *Revue*, 2019. Volume 68, pages 51-56. »

    Escaped; the title is a link when the reference has an address. An editorial note
    about the reference is for the team and is not part of it.
    """
    sentences = [
        ", ".join(reference.authors),
        _title(reference),
        _origin(reference),
        reference.details,
    ]
    kept = [(_ended(sentence),) for sentence in sentences if sentence]
    return format_html_join(" ", "{}", kept)


def citation_of(row: dict[str, Any]) -> SafeString:
    """The citation of a reference read as a dict: a few hundred of them, cited again and again."""
    return _written((*row,), tuple([_kept(value) for value in row.values()]))


@lru_cache(maxsize=1024)
def _written(names: tuple[str, ...], values: tuple[Any, ...]) -> SafeString:
    return citation(Reference(**dict(zip(names, values, strict=True))))


def _kept(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _title(reference: Reference) -> SafeString:
    title: SafeString = format_html("{}", reference.title)
    if reference.url and urlsplit(reference.url).scheme in {"http", "https"}:
        title = format_html('<a href="{}">{}</a>', reference.url, title)
    if reference.type in _PARTS:
        return format_html("«{0}{1}{0}»", NBSP, title)
    return format_html("<cite>{}</cite>", title)


def _origin(reference: Reference) -> SafeString:
    """Journal or publisher, then the year; a publisher who is the author is not said twice."""
    publisher = "" if reference.publisher in reference.authors else reference.publisher
    journal = format_html("<cite>{}</cite>", reference.journal) if reference.journal else ""
    parts = [(part,) for part in (journal, publisher, reference.year) if part]
    return format_html_join(", ", "{}", parts)


def _ended(sentence: str) -> SafeString:
    mark = "" if sentence.rstrip().endswith((".", "?", "!")) else "."
    return format_html("{}{}", sentence, mark_safe(mark))  # noqa: S308 - a constant
