"""Find the terms of the lexicon in a text.

One matcher serves a whole batch: it files every form of every term under its
first word, so that its cost grows with the length of the text and not with the
number of terms.
"""

from __future__ import annotations

import html as entities
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from resources.models import Term

_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one expression: « pair-aidance », « pair aidance »,
# « comité d’éthique »; a comma only where the term has one.
_BETWEEN = re.compile(r"(?P<comma>,?)[\s’'\-\u2010\u2011]+")
# « … » all over, but for an article.
_QUOTED = re.compile(r"(?:(\w+)[\s’'])?\s*«[^«»]*»")
_OPENING, _CLOSING = ("«", "“", '"'), ("»", "”", '"')
_ARTICLES = {"le", "la", "les", "l", "un", "une", "des"}


@dataclass(frozen=True)
class Form:
    """One way of writing a term: its words as stems, where its commas are, its own spelling."""

    words: tuple[str, ...]
    commas: tuple[bool, ...]
    term_id: int
    slug: str
    # A sigle is matched letter for letter: « PeS » is not « pes ».
    exact: str = ""
    # « Le « vivre avec » » is a term between guillemets; « le faire vivre avec elle » is not.
    quoted: bool = False
    # Never marked; it hides the shorter forms inside it.
    silent: bool = False

    @property
    def key(self) -> object:
        """What two forms written alike share."""
        return self.exact or (self.quoted, self.words)


def stem(word: str) -> str:
    """The word in lower case without its mark of the plural."""
    word = word.casefold().replace("œ", "oe")
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def form_words(text: str) -> list[str]:
    """The words of an expression as stems, without a leading article."""
    words = [stem(word) for word in _WORD.findall(text)]
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def is_sigle(text: str) -> bool:
    """« ETP », « PeS », « RU partenaire »: at least two capitals in the first word."""
    first = (_WORD.findall(text) or [""])[0]
    return len(first) < 9 and sum(c.isupper() for c in first) >= 2


def own_forms(term: Term) -> list[str]:
    """The term and its sigle."""
    return [text for text in (term.term, term.acronym) if text]


def synonym_forms(term: Term) -> list[str]:
    """The synonyms that say enough to be marked.

    Two words at least; or a single one of more than five letters that is a part of the
    term (« usager »): « soutien » may mean « aidant » to who searches, but a reader does
    not expect a definition of « aidant » under each « soutien ». Term.unmarked takes out more.
    """
    own = {word for text in own_forms(term) for word in form_words(text)}
    marked = []
    for text in term.synonyms:
        long_words = [word for word in form_words(text) if len(word) > 2]
        if len(long_words) > 1 or (len(text) > 5 and set(form_words(text)) <= own):
            marked.append(text)
    return marked


class TermMatcher:
    """All forms of the given terms, ready to be found.

    A form that two terms claim is marked for neither, except that a term's own name
    is stronger than another's synonym. What a term says is never marked (Term.unmarked)
    is marked for none, unless it is the name of another.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        own: dict[object, list[Form]] = defaultdict(list)
        other: dict[object, list[Form]] = defaultdict(list)
        silent: dict[object, list[Form]] = defaultdict(list)
        for term in terms:
            ways = ((own, own_forms(term)), (other, synonym_forms(term)), (silent, term.unmarked))
            for found, texts in ways:
                for form in filter(None, (_form(term, text) for text in texts)):
                    found[form.key].append(form)
        for key, forms in silent.items():
            hushed = {form.term_id for form in forms}
            named = [form for form in own[key] if form.term_id not in hushed]
            own[key] = named or [replace(forms[0], silent=True)]
        chosen = [forms[0] for forms in own.values() if _one_term(forms)]
        chosen += [forms[0] for key, forms in other.items() if key not in own and _one_term(forms)]
        self._by_first: dict[str, list[Form]] = defaultdict(list)
        for form in chosen:
            self._by_first[form.words[0]].append(form)
        for forms in self._by_first.values():
            forms.sort(key=lambda f: (-len(f.words), not f.exact, not f.quoted, f.term_id))

    def find(self, text: str, seen: set[int]) -> Iterator[tuple[int, int, Form]]:
        """(start, end, form) of each first occurrence, longest form first; fills ``seen``."""
        words = list(_WORD.finditer(text))
        stems = [stem(match[0]) for match in words]
        at = 0
        while at < len(words):
            step = 1
            for form in self._by_first.get(stems[at], ()):
                last = at + len(form.words)
                if tuple(stems[at:last]) != form.words:
                    continue
                start, end = words[at].start(), words[last - 1].end()
                if not _fits(form, text, words[at:last], start, end):
                    continue
                # A term seen already still hides the shorter ones inside it.
                step = len(form.words)
                if not form.silent and form.term_id not in seen:
                    seen.add(form.term_id)
                    yield start, end, form
                break
            at += step

    def mark(self, escaped: str, seen: set[int], address: str) -> str:
        """A piece of text of an HTML document, with its terms as links.

        ``address`` is the address of a term with ``{slug}`` in the place of its slug.
        """
        text = entities.unescape(escaped)
        result: list[str] = []
        at = 0
        for start, end, form in self.find(text, seen):
            result.append(entities.escape(text[at:start], quote=False))
            words = entities.escape(text[start:end], quote=False)
            href = address.format(slug=form.slug)
            result.append(f'<a class="term" href="{href}" data-term="{form.slug}">{words}</a>')
            at = end
        if not result:
            return escaped
        result.append(entities.escape(text[at:], quote=False))
        return "".join(result)


def _form(term: Term, text: str) -> Form | None:
    words = form_words(text)
    if not words:
        return None
    # Counted from the end: a leading article has been left out of the words.
    commas = tuple("," in gap for gap in _gaps(text)[-(len(words) - 1) :]) if words[1:] else ()
    exact = text if is_sigle(text) else ""
    quoted = _QUOTED.fullmatch(text.strip())
    between = quoted is not None and (quoted[1] or "l").casefold() in _ARTICLES
    return Form(tuple(words), commas, term.pk, term.slug, exact, quoted=between)


def _gaps(text: str) -> list[str]:
    words = list(_WORD.finditer(text))
    return [text[a.end() : b.start()] for a, b in pairwise(words)]


def _one_term(forms: list[Form]) -> bool:
    return len({form.term_id for form in forms}) == 1


def _fits(form: Form, text: str, words: list[re.Match[str]], start: int, end: int) -> bool:
    if form.exact and text[start:end] not in (form.exact, f"{form.exact}s"):
        return False
    if form.quoted and not (
        text[:start].rstrip().endswith(_OPENING) and text[end:].lstrip().startswith(_CLOSING)
    ):
        return False
    for comma, left, right in zip(form.commas, words, words[1:], strict=False):
        between = _BETWEEN.fullmatch(text, left.end(), right.start())
        if between is None or bool(between["comma"]) != comma:
            return False
    return True
