"""From what an editor saved to what is shown: derived, never edited, rebuilt at will."""

from __future__ import annotations

import html as entities
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse

from cops.formats import typography, unaccent
from resources.models import PracticeStep, Section, Term, TermMark
from resources.pictures import pictures_set
from resources.services.cleaning import pieces, plain_text, tag_name
from resources.services.matching import TermMatcher

# Terms are not marked there: a link in a link, or a title that opens a window.
_CLOSED = {"a", "h3", "h4", "th", "caption", "code"}
_LANES = ("partner", "professional", "actions")


@dataclass
class Rendered:
    """What rendering gives for one section: its HTML, that of its steps, the terms marked."""

    html: str
    steps: dict[int, dict[str, str]] = field(default_factory=dict)
    terms: set[int] = field(default_factory=set)


def anchor_make(title: str, taken: Iterable[str]) -> str:
    """The anchor of a title: its words without accents, « -2 », « -3 » for repeats."""
    base = re.sub(r"[^a-z0-9]+", "-", unaccent(title)).strip("-")[:72].strip("-") or "section"
    if base[0].isdigit():
        base = f"n-{base}"
    anchor, count, used = base, 1, set(taken)
    while anchor in used:
        count += 1
        anchor = f"{base}-{count}"
    return anchor


def matcher_make() -> TermMatcher:
    """A matcher of every term on view; make one per batch."""
    return TermMatcher(Term.objects.public().order_by("pk"))


def term_address() -> str:
    """The address of a term, with ``{slug}`` where its slug goes."""
    return reverse("resources:term", args=["slug-du-terme"]).replace("slug-du-terme", "{slug}")


def section_render(
    section: Section, steps: Iterable[PracticeStep], matcher: TermMatcher, address: str
) -> Rendered:
    """The section as it is shown. Writes nothing."""
    result = Rendered("")
    ids: set[str] = set()
    result.html = _render(
        section.source_html, result.terms, matcher, address, section=section, ids=ids
    )
    for step in steps:
        result.steps[step.pk] = {
            lane: _render(getattr(step, f"{lane}_html"), result.terms, matcher, address)
            for lane in _LANES
        }
    return result


@transaction.atomic
def sections_render(sections: Iterable[Section], *, matcher: TermMatcher | None = None) -> int:
    """Render the sections again and keep their term marks; gives how many changed.

    Writes only what differs, in one statement per table.
    """
    batch = list(sections)
    if not batch:
        return 0
    matcher = matcher or matcher_make()
    address = term_address()
    steps: dict[int, list[PracticeStep]] = defaultdict(list)
    for step in PracticeStep.objects.filter(path__section__in=batch).select_related("path"):
        steps[step.path.section_id].append(step)
    marked: dict[int, set[int]] = defaultdict(set)
    for section_id, term_id in TermMark.objects.filter(section__in=batch).values_list(
        "section_id", "term_id"
    ):
        marked[section_id].add(term_id)

    changed: list[Section] = []
    changed_steps: list[PracticeStep] = []
    new_marks: list[TermMark] = []
    touched: set[int] = set()
    for section in batch:
        result = section_render(section, steps[section.pk], matcher, address)
        if section.rendered_html != result.html:
            section.rendered_html = result.html
            changed.append(section)
        for step in steps[section.pk]:
            if step.rendered != result.steps[step.pk]:
                step.rendered = result.steps[step.pk]
                changed_steps.append(step)
                touched.add(section.pk)
        if stale := marked[section.pk] - result.terms:
            TermMark.objects.filter(section=section, term__in=stale).delete()
            touched.add(section.pk)
        for term_id in sorted(result.terms - marked[section.pk]):
            new_marks.append(TermMark(section=section, term_id=term_id))
            touched.add(section.pk)
    Section.objects.bulk_update(changed, ["rendered_html"], batch_size=200)
    PracticeStep.objects.bulk_update(changed_steps, ["rendered"], batch_size=200)
    TermMark.objects.bulk_create(new_marks, batch_size=500)
    return len(touched | {section.pk for section in changed})


def _render(
    source: str,
    seen: set[int],
    matcher: TermMatcher,
    address: str,
    *,
    section: Section | None = None,
    ids: set[str] | None = None,
) -> str:
    if not source:
        return ""
    html = pictures_set(_typography(source))
    if section is not None and ids is not None:
        html = _with_ids(_levels(html, section.level), section.anchor, ids)
        html = _tables(html, section.title)
    result: list[str] = []
    closed = 0
    for is_tag, piece in pieces(html):
        if is_tag:
            if tag_name(piece) in _CLOSED:
                closed += -1 if piece.startswith("</") else 1
            result.append(piece)
        else:
            result.append(piece if closed else matcher.mark(piece, seen, address))
    return "".join(result)


def _typography(html: str) -> str:
    """French spaces in the words, never in a tag: tags stand aside as « <> » meanwhile."""
    tags: list[str] = []
    words: list[str] = []
    for is_tag, piece in pieces(html.replace("&nbsp;", "\u00a0")):
        if is_tag:
            tags.append(piece)
        words.append("<>" if is_tag else piece)
    parts = typography("".join(words)).split("<>")
    return "".join(part + tag for part, tag in zip(parts, [*tags, ""], strict=True))


def _levels(html: str, section_level: int) -> str:
    """Titles inside a section follow its own level, none is skipped."""
    state = {"above": section_level}

    def mend(match: re.Match[str]) -> str:
        if match[1]:
            return f"</h{state['above']}>"
        state["above"] = min(max(int(match[2]), section_level + 1), state["above"] + 1)
        return f"<h{state['above']}>"

    return re.sub(r"<(/?)h([34])>", mend, html)


def _with_ids(html: str, anchor: str, ids: set[str]) -> str:
    def mark(match: re.Match[str]) -> str:
        name = anchor_make(f"{anchor} {plain_text(match[2])}", ids)
        ids.add(name)
        return f'<h{match[1]} id="{name}">{match[2]}</h{match[1]}>'

    return re.sub(r"<h([34])>(.*?)</h\1>", mark, html, flags=re.DOTALL)


def _tables(html: str, title: str) -> str:
    """Each table: a caption, the scope of its headers, a frame that scrolls on a phone.

    A table without a caption of its own is named after its section, for the ear only: the
    heading stands just above.
    """

    def mend(match: re.Match[str]) -> str:
        table = match[1]
        if "<caption" not in table:
            caption = entities.escape(title, quote=False)
            table = f'<caption class="visually-hidden">{caption}</caption>{table.lstrip()}'
        head, end, rest = table.partition("</thead>")
        if not end:
            head, rest = "", table
        head = re.sub(r"<th(?![^>]*scope)(?=[\s>])", '<th scope="col"', head)
        rest = re.sub(r"<th(?![^>]*scope)(?=[\s>])", '<th scope="row"', rest)
        name = entities.escape(f"Tableau : {title}".replace(" :", "\u00a0:"))
        return (
            f'<div class="table-scroll" role="region" aria-label="{name}" tabindex="0">'
            f"<table>{head}{end}{rest}</table></div>"
        )

    return re.sub(r"<table>(.*?)</table>", mend, html, flags=re.DOTALL)
