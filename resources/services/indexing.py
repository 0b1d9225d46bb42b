"""What the library gives the search index: one draft per document, section, term, statement."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from cops.search import EntryDraft
from resources.enums import Variant
from resources.models import ArgumentSet, PracticePath, Quiz, Resource, Section, Term
from resources.services.cleaning import plain_text

SECTION, TERM, QUIZ, ARGUMENT = "section", "terme", "quiz", "argument"


def resource_source(pk: int) -> str:
    return f"resources.resource:{pk}"


def term_source(pk: int) -> str:
    return f"resources.term:{pk}"


def quiz_source(pk: int) -> str:
    return f"resources.quiz:{pk}"


def arguments_source(pk: int) -> str:
    return f"resources.arguments:{pk}"


def resource_drafts(resource: Resource) -> list[EntryDraft]:
    """The document, then each of its sections with the address of its anchor."""
    source, url = resource_source(resource.pk), resource.get_absolute_url()
    sections = resource.sections.prefetch_related("path__steps").order_by(
        "-variant", "position", "pk"
    )
    drafts = []
    words = [resource.subtitle, resource.action, *resource.partner_profiles, *resource.places]
    words += [*resource.skills, *(row.get("name", "") for row in resource.training)]
    for section in sections:
        body = _section_words(section)
        words += [section.title, body]
        address, key = url, section.anchor
        if section.variant == Variant.FALC:
            address, key = reverse("resources:falc", args=[resource.slug]), f"falc-{key}"
        drafts.append(
            EntryDraft(
                source=source,
                key=key,
                kind=SECTION,
                title=section.title,
                body=body,
                url=f"{address}#{section.anchor}",
                parent_title=resource.title,
            )
        )
    document = EntryDraft(
        source=source,
        kind=resource.kind,
        title=resource.title,
        summary=resource.summary,
        body="\n".join(word for word in words if word),
        url=url,
        topics=list(resource.topics),
        departments=list(resource.departments),
        # The day in Paris, as the page says it.
        date=timezone.localdate(resource.published_at) if resource.published_at else None,
        visible_from=resource.published_at,
        visible_until=resource.withdrawn_at,
    )
    return [document, *drafts]


def term_drafts(term: Term) -> list[EntryDraft]:
    return [
        EntryDraft(
            source=term_source(term.pk),
            kind=TERM,
            title=term.term,
            summary=term.definition,
            body=term.falc,
            url=term.get_absolute_url(),
            aliases=[name for name in [term.acronym, *term.synonyms] if name],
        )
    ]


def quiz_drafts(quiz: Quiz) -> list[EntryDraft]:
    """The quiz, then each statement."""
    source, url = quiz_source(quiz.pk), quiz.get_absolute_url()
    statements = list(quiz.statements.all())
    body = "\n".join(f"{row.statement} {row.explanation}" for row in statements)
    document = EntryDraft(
        source=source, kind=QUIZ, title=quiz.title, summary=quiz.intro, body=body, url=url
    )
    return [document] + [
        EntryDraft(
            source=source,
            key=row.code,
            kind=QUIZ,
            title=row.statement,
            body=row.explanation,
            url=f"{url}?n={number}",
            parent_title=quiz.title,
        )
        for number, row in enumerate(statements, start=1)
    ]


def arguments_drafts(group: ArgumentSet) -> list[EntryDraft]:
    """The set, then the argument for each audience."""
    source, url = arguments_source(group.pk), reverse("resources:arguments")
    arguments = list(group.arguments.all())
    lists = ("solution", "benefits", "personal_value", "examples", "engaging_question")
    drafts = []
    for row in arguments:
        words = [row.situation, row.reformulation]
        for name in lists:
            words += getattr(row, name)
        drafts.append(
            EntryDraft(
                source=source,
                key=row.code,
                kind=ARGUMENT,
                title=row.label,
                summary=row.situation,
                body="\n".join(words),
                url=f"{url}#{row.code}",
                parent_title=group.title,
            )
        )
    document = EntryDraft(
        source=source,
        kind=ARGUMENT,
        title=group.title,
        summary=group.intro,
        body="\n".join(draft.body for draft in drafts),
        url=url,
    )
    return [document, *drafts]


def _section_words(section: Section) -> str:
    words = [_lines(section.source_html)]
    path: PracticePath | None = getattr(section, "path", None)
    for step in path.steps.all() if path else []:
        words.append(f"{step.number}. {step.title}")
        words += [step.partner_label, _lines(step.partner_html)]
        words += [step.professional_label, _lines(step.professional_html)]
        words.append(_lines(step.actions_html))
    return "\n".join(word for word in words if word)


def _lines(html: str) -> str:
    """A line for each block, so that an excerpt does not run a heading into its text."""
    return plain_text(html, between="\n")
