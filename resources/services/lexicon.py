"""Terms of the lexicon: saving one marks again every text that uses it, or could."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cops.pagecache import raise_version
from cops.search import entries_remove, entries_replace
from resources.models import Section, Term, TermRedirect
from resources.services import language
from resources.services.indexing import term_drafts, term_source
from resources.services.matching import form_words, own_forms, synonym_forms
from resources.services.rendering import sections_render

# Over this number of changed terms, one pass over every section is the shorter way.
MANY = 20
_MARKING = ("term", "acronym", "synonyms", "unmarked", "slug", "archived_at")


@transaction.atomic
def term_save(*, term: Term) -> Term:
    """Save one term, new or not.

    A new name, sigle, synonym, unmarked expression or address marks the texts again; a new
    address leaves a redirect from the old one. Raises ValidationError.
    """
    term.full_clean(exclude=["sort_key"])
    terms_write([term])
    raise_version()
    return term


@transaction.atomic
def term_archive(*, term: Term) -> Term:
    """Take a term out of view; its marks go from the texts."""
    term.archived_at = term.archived_at or timezone.now()
    terms_write([term])
    raise_version()
    return term


@transaction.atomic
def term_restore(*, term: Term) -> Term:
    """Put an archived term back on view."""
    term.archived_at = None
    terms_write([term])
    raise_version()
    return term


@transaction.atomic
def terms_write(terms: Sequence[Term]) -> None:
    """Save terms as they are, then mark and index once for all. For the loader too.

    Leaves the page cache to its caller.
    """
    before = Term.objects.select_for_update().in_bulk([t.pk for t in terms if t.pk])
    remark: list[Term] = []
    for term in terms:
        old = before.get(term.pk)
        term.save()
        if old is None:
            TermRedirect.objects.filter(slug=term.slug).delete()
            remark.append(term)
            continue
        if old.slug != term.slug:
            TermRedirect.objects.filter(slug=term.slug).delete()
            TermRedirect.objects.get_or_create(slug=old.slug, defaults={"term": term})
        if any(getattr(old, name) != getattr(term, name) for name in _MARKING):
            remark += [old, term]
    if remark:
        sections_render(_users(remark))
    for term in terms:
        term_index(term)
    transaction.on_commit(language.forget)


def term_index(term: Term) -> None:
    """Bring the search index to the term as it is."""
    if term.archived_at is not None:
        entries_remove(term_source(term.pk))
    else:
        entries_replace(term_source(term.pk), term_drafts(term))


def _users(terms: Sequence[Term]) -> Iterable[Section]:
    """The sections where one of these terms is marked, or one of its words is written."""
    sections = Section.objects.order_by("pk")
    if len(terms) > MANY:
        return sections
    wanted = Q(marks__term__in=[term.pk for term in terms])
    for word in _telling_words(terms):
        wanted |= Q(source_html__icontains=word)
        for lane in ("partner_html", "professional_html", "actions_html"):
            wanted |= Q(**{f"path__steps__{lane}__icontains": word})
    return sections.filter(pk__in=sections.filter(wanted).order_by().values("pk"))


def _telling_words(terms: Sequence[Term]) -> set[str]:
    """For each form of each term its longest word, which any text that uses it holds."""
    forms = {
        form for term in terms for form in [*own_forms(term), *synonym_forms(term), *term.unmarked]
    }
    words = {max(form_words(form), key=len, default="") for form in forms}
    # « œ » is two letters in a stem: look for what surrounds it.
    return {max(word.split("oe"), key=len) for word in words if word} - {""}
