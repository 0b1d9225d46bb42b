"""What a list repeats: its cards and the values of its facets.

Written here and not as template nodes: a page of the library has twelve cards and fifty
values, and Django takes ten times longer to walk the nodes than to join the same words.
``components/card.html`` and ``components/facet.html`` are the doors to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from cops.formats import NBSP, count_fr, date_fr, number_fr, size_fr, typography
from cops.http import addresses

register = template.Library()
_ADD = "resources:binder_add"
_SLUG = re.compile(r"[a-z0-9-]+")


def _words(value: Any) -> str:
    """A value as HTML, its French spaces set; what is safe already is not escaped again."""
    text = typography(value if isinstance(value, str) else str(value))
    return text if isinstance(value, SafeString) else escape(text)


def _reader(thing: Any) -> Callable[[str], Any]:
    """What gives a named value of a dict or of an object, None when it has none."""
    return thing.get if isinstance(thing, dict) else partial(_attribute, thing)


def _attribute(thing: Any, name: str) -> Any:
    return getattr(thing, name, None)


@register.simple_tag
def card_html(card: Any, level: int | str = 2) -> SafeString:
    """One result of a list, a dict or an object; components/card.html says what it may hold."""
    known = _reader(card)
    rank = 3 if level == 3 else 2
    axis = f" ax-{escape(known('axis'))}" if known("axis") else ""
    parts = [f'<article class="card{axis}">']
    if kind := known("kind"):
        number = f" n°&nbsp;{escape(str(known('number')))}" if known("number") else ""
        parts.append(f'<p class="kicker">{_words(kind)}{number}</p>')
    parts.append(
        f'<h{rank} class="card-title"><a href="{escape(known("url"))}">'
        f"{_words(known('title'))}</a></h{rank}>"
    )
    if parent := known("parent"):
        parts.append(f'<p class="small soft">Dans{NBSP}: {_words(parent)}</p>')
    if summary := known("summary"):
        parts.append(f"<p>{_words(summary)}</p>")
    if facts := _facts(known):
        parts.append(f'<ul class="meta">{facts}</ul>')
    parts.append(_keep(known("url"), known("title")))
    parts.append("</article>")
    return mark_safe("".join(parts))  # noqa: S308 - every word above was escaped


def _keep(url: str, title: Any) -> str:
    """« Ajouter à mon classeur » for what is a sheet, as components/keep.html draws it."""
    slug = url.removeprefix(addresses.address("resources:list")).removesuffix("/")
    if slug == url or not _SLUG.fullmatch(slug):
        return ""
    return (
        f'<form class="keep small noprint" method="post" action="{addresses.address(_ADD)}"'
        f' data-keep="{slug}"><button class="share-item" type="submit" name="fiche"'
        f' value="{slug}">Ajouter à mon classeur<span class="visually-hidden">{NBSP}:'
        f" {_words(title)}</span></button></form>"
    )


def _facts(known: Callable[[str], Any]) -> str:
    lists = [", ".join(known(name)) for name in ("topics", "departments") if known(name)]
    facts = [escape(text) for text in lists]
    if date := known("date"):
        facts.append(date_fr(date))
    if size := known("pdf_size"):
        facts.append(f"PDF, {count_fr(known('pdf_pages'), 'page')}, {size_fr(size)}")
    items = "".join([f"<li>{fact}</li>" for fact in facts])
    return f'{items}<li class="badge">Existe en FALC</li>' if known("falc") else items


@register.simple_tag
def hit_html(hit: Any) -> SafeString:
    """One result of the search (cops.search.finder.Hit), with the passages that hold the words."""
    parts = ['<article class="card hit">']
    if hit.label:
        parts.append(f'<p class="kicker">{_words(hit.label)}</p>')
    parts.append(
        f'<h2 class="card-title"><a href="{escape(hit.url)}">{_words(hit.title_html)}</a></h2>'
    )
    if hit.excerpt:
        parts.append(f"<p>{_words(hit.excerpt)}</p>")
    if hit.sections:
        of_what = f'<span class="visually-hidden"> de {escape(hit.title)}</span>'
        passages = "".join([_passage(section, of_what) for section in hit.sections])
        parts.append(f'<ul class="hit-sections" aria-label="Passages">{passages}</ul>')
    if hit.date:
        parts.append(f'<ul class="meta"><li>{date_fr(hit.date)}</li></ul>')
    parts.append(_keep(hit.url, hit.title))
    parts.append("</article>")
    return mark_safe("".join(parts))  # noqa: S308 - every word above was escaped


def _passage(section: Any, of_what: str) -> str:
    named = "Section " if section.section else ""
    title = f"«&nbsp;{_words(section.title)}&nbsp;»"
    return f'<li><a href="{escape(section.url)}">{named}{title}{of_what}</a></li>'


@register.simple_tag
def facet_options(name: str, options: Iterable[Any]) -> SafeString:
    """The values of a facet, each a checkbox with its count."""
    box = f'<label><input type="checkbox" name="{escape(name)}" value="'
    lines = []
    for known in map(_reader, options):
        checked = " checked" if known("checked") else ""
        lines.append(
            f'{box}{escape(str(known("value")))}"{checked}>'
            f" <span>{_words(known('label'))}</span>"
            f' <span class="n">{number_fr(known("count"))}</span></label>'
        )
    return mark_safe("\n".join(lines))  # noqa: S308 - every word above was escaped
