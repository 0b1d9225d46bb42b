"""Where a term of the lexicon is used: the public resources, and their sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from resources.enums import Variant
from resources.models import Resource, Section, Term


@dataclass
class Use:
    """A resource that uses a term, with (title, address) of each section that marks it."""

    resource: Resource
    sections: list[tuple[str, str]] = field(default_factory=list)


def uses_of(term: Term) -> list[Use]:
    """The resources anybody may read that list or mark the term, A–Z; two queries."""
    fields = ("slug", "title", "sort_key", "kind", "number")
    listed = Resource.objects.public().filter(listed_terms__term=term).only(*fields)
    sections = (
        Section.objects.filter(marks__term=term, resource__in=Resource.objects.public())
        .select_related("resource")
        .only("variant", "anchor", "title", *(f"resource__{name}" for name in fields))
        .order_by("variant", "position", "pk")
    )
    uses = {resource.pk: Use(resource) for resource in listed}
    # « standard » sorts after « falc »: the sheet itself first, then its easy-to-read version.
    for section in sorted(sections, key=lambda section: section.variant == Variant.FALC):
        use = uses.setdefault(section.resource_id, Use(section.resource))
        use.sections.append((_label(section), _address(section)))
    return sorted(uses.values(), key=lambda use: (use.resource.sort_key, use.resource.pk))


def _label(section: Section) -> str:
    if section.variant == Variant.FALC:
        return f"{section.title} (facile à lire)"
    return section.title


def _address(section: Section) -> str:
    page = "resources:falc" if section.variant == Variant.FALC else "resources:detail"
    return f"{reverse(page, args=[section.resource.slug])}#{section.anchor}"
