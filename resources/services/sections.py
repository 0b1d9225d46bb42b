"""Sections, paths and steps of a resource: what an editor or a file says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from resources.enums import SectionKind, Variant
from resources.models import PracticePath, PracticeStep, Resource, Section
from resources.services.cleaning import html_clean
from resources.services.rendering import anchor_make, sections_render

# Anchors of the layout itself (skip links); a section may not take them.
PAGE_ANCHORS = ("contenu", "menu", "recherche", "pied")


@dataclass(frozen=True, kw_only=True)
class StepDraft:
    """One step of a path, as written."""

    number: int
    title: str
    partner_label: str
    partner_html: str
    professional_label: str
    professional_html: str
    actions_html: str


@dataclass(frozen=True, kw_only=True)
class SectionDraft:
    """One section as written; ``steps`` and ``path_title`` only for a path."""

    title: str
    source_html: str
    level: int = 2
    kind: str = SectionKind.TEXT
    path_title: str = ""
    steps: Sequence[StepDraft] = field(default_factory=tuple)


@transaction.atomic
def section_save(*, section: Section) -> Section:
    """Clean and save one section, new or not; gives it its anchor once, and renders it.

    Raises ValidationError when its text cannot be cleaned.
    """
    section.source_html = html_clean(section.source_html)
    if not section.anchor:
        section.anchor = anchor_make(section.title, _anchors(section))
    section.full_clean(exclude=["resource"])
    section.save()
    sections_render([section])
    return section


@transaction.atomic
def section_delete(*, section: Section) -> None:
    """Take a section out of its resource, with its path and its marks."""
    section.delete()


@transaction.atomic
def path_save(*, path: PracticePath) -> PracticePath:
    """Save a path; its section is of kind « path » from then on."""
    path.full_clean(exclude=["section"])
    path.save()
    Section.objects.filter(pk=path.section_id).exclude(kind=SectionKind.PATH).update(
        kind=SectionKind.PATH
    )
    return path


@transaction.atomic
def step_save(*, step: PracticeStep) -> PracticeStep:
    """Clean and save one step, and render its section again."""
    for name in ("partner_html", "professional_html", "actions_html"):
        setattr(step, name, html_clean(getattr(step, name)))
    step.full_clean(exclude=["path"])
    step.save()
    sections_render([step.path.section])
    return step


@transaction.atomic
def sections_replace(
    *, resource: Resource, drafts: Sequence[SectionDraft], variant: str = Variant.STANDARD
) -> list[Section]:
    """Bring the sections of one variant to the drafts, in their order.

    A section keeps its row and its anchor when its title is the same, or when it took
    the place of the one it replaces: addresses printed on paper stay true.
    """
    if not drafts and variant == Variant.STANDARD:
        raise ValidationError("Une ressource a au moins une section.")
    olds = list(resource.sections.filter(variant=variant))
    pairs = _pair(olds, drafts)
    kept = {old.pk for old in pairs if old is not None}
    for old in olds:
        if old.pk not in kept:
            old.delete()
    taken = {*PAGE_ANCHORS, *(pair.anchor for pair in pairs if pair is not None)}
    saved = []
    for position, (continued, draft) in enumerate(zip(pairs, drafts, strict=True)):
        section = continued or Section(resource=resource, variant=variant)
        section.position = position
        section.title = draft.title
        section.level = draft.level
        section.kind = draft.kind
        section.source_html = html_clean(draft.source_html)
        if not section.anchor:
            section.anchor = anchor_make(draft.title, taken)
            taken.add(section.anchor)
        section.save()
        _path_replace(section, draft)
        saved.append(section)
    return saved


def _path_replace(section: Section, draft: SectionDraft) -> None:
    PracticeStep.objects.filter(path__section=section).delete()
    if draft.kind != SectionKind.PATH:
        PracticePath.objects.filter(section=section).delete()
        return
    path, _ = PracticePath.objects.update_or_create(
        section=section, defaults={"title": draft.path_title or draft.title}
    )
    PracticeStep.objects.bulk_create(
        PracticeStep(
            path=path,
            number=step.number,
            title=step.title,
            partner_label=step.partner_label,
            partner_html=html_clean(step.partner_html),
            professional_label=step.professional_label,
            professional_html=html_clean(step.professional_html),
            actions_html=html_clean(step.actions_html),
        )
        for step in draft.steps
    )


def _anchors(section: Section) -> set[str]:
    others = Section.objects.filter(resource=section.resource, variant=section.variant)
    return {*PAGE_ANCHORS, *others.exclude(pk=section.pk).values_list("anchor", flat=True)}


def _pair(olds: Sequence[Section], drafts: Sequence[SectionDraft]) -> list[Section | None]:
    """For each draft the section it continues: the same title, else the one left in its place."""
    left = list(olds)
    pairs: list[Section | None] = []
    for draft in drafts:
        same = next((old for old in left if old.title == draft.title), None)
        if same is not None:
            left.remove(same)
        pairs.append(same)
    alone = [index for index, old in enumerate(pairs) if old is None]
    if len(alone) == len(left):
        for index, old in zip(alone, left, strict=True):
            pairs[index] = old
    return pairs
