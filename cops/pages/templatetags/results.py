"""What a page repeats: its cards, the values of its facets, its pages, its files and its links.

Written here and not as template nodes: a page of the library has twelve cards and fifty
values, and Django takes ten times longer to walk the nodes than to join the same words.
``components/card.html``, ``facet.html``, ``pagination.html`` and ``file_link.html`` are the
doors to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from typing import Any

from django import template
from django.core.paginator import Page
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
def facet_html(
    name: str, legend: str, options: Iterable[Any], hint: str = "", folded: bool = False
) -> SafeString:
    """One facet, a fieldset of checkboxes; components/facet.html says what it may hold."""
    if not options:
        return mark_safe("")
    told = f"facette-{escape(name)}-aide"
    parts = [f'<fieldset class="facet" aria-describedby="{told}">' if hint else _FIELDSET]
    parts.append(f"<legend{_UNSEEN if folded else ''}>{escape(legend)}</legend>")
    if hint:
        parts.append(f'<p class="small soft" id="{told}">{_words(hint)}</p>')
    parts += (_values(name, options), "</fieldset>")
    if folded:
        opening = f'<details class="facet-fold"><summary>{escape(legend)}</summary>'
        parts = [opening, *parts, "</details>"]
    return mark_safe("\n".join(parts))  # noqa: S308 - every word above was escaped


_FIELDSET, _UNSEEN = '<fieldset class="facet">', ' class="visually-hidden"'


def _values(name: str, options: Iterable[Any]) -> str:
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
    return "\n".join(lines)


@register.simple_tag
def pages_html(page: Page, base: str) -> SafeString:
    """The numbered pages of a list; components/pagination.html says what they are."""
    if page.paginator.num_pages < 2:
        return mark_safe("")
    parts = []
    if page.has_previous():
        address = page_address(base, page.previous_page_number())
        parts.append(f'<li><a rel="prev" href="{escape(address)}">Page précédente</a></li>')
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
        if isinstance(number, int):
            here = ' aria-current="page"' if number == page.number else ""
            address = escape(page_address(base, number))
            parts.append(
                f'<li><a href="{address}"{here}><span{_UNSEEN}>Page </span>{number}</a></li>'
            )
        else:
            parts.append('<li><span class="gap">…</span></li>')
    if page.has_next():
        address = page_address(base, page.next_page_number())
        parts.append(f'<li><a rel="next" href="{escape(address)}">Page suivante</a></li>')
    items = "\n".join(parts)
    return mark_safe(  # noqa: S308 - every word above was escaped
        f'<nav class="pagination" aria-label="Pages de résultats"><ul>\n{items}\n</ul></nav>'
    )


def page_address(base: str, number: int) -> str:
    """The address of a page of a list; the first one is the list itself."""
    if number == 1:
        return base
    return f"{base}{'&' if '?' in base else '?'}page={number}"


@register.simple_tag
def file_html(
    label: str, url: str, format: str = "", pages: int = 0, size: int = 0, kind: str = ""
) -> SafeString:
    """A file to download; components/file_link.html says what it may hold."""
    facts = [escape(format or "PDF")]
    if pages:
        facts.append(count_fr(pages, "page"))
    if size:
        facts.append(size_fr(size))
    return mark_safe(  # noqa: S308 - every word was escaped
        f'<a class="{"btn" if kind == "btn" else "file-link"}" href="{escape(url)}">'
        f'<span class="icon icon-download"></span><span>{_words(label)}'
        f' <span class="file-facts">({", ".join(facts)})</span></span></a>'
    )


@register.simple_tag
def link_items(rows: Iterable[dict[str, Any]], key: str = "title") -> SafeString:
    """The lines of a list of links: a row's ``url``, its words under ``key``, its kind if any."""
    lines = []
    for row in rows:
        kind = _words(row["kind_label"]) if row.get("kind_label") else ""
        if kind and row.get("number"):
            kind += f" n°&nbsp;{row['number']}"
        after = f' <span class="small soft">{kind}</span>' if kind else ""
        lines.append(f'<li><a href="{escape(row["url"])}">{_words(row[key])}</a>{after}</li>')
    return mark_safe("\n".join(lines))  # noqa: S308 - every word above was escaped


@register.simple_tag
def text_lines(texts: Iterable[Any]) -> SafeString:
    """The lines of a plain list, each a text of its own."""
    return mark_safe("\n".join([f"<li>{_words(text)}</li>" for text in texts]))  # noqa: S308
