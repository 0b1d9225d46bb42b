"""The life of a resource: every state × every action, versions, index, addresses."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cops.pagecache.version import read_version
from cops.search.models import SearchEntry
from resources.enums import TRANSITIONS, Status
from resources.models import Resource, ResourceRedirect
from resources.services import publishing
from resources.services.sections import SectionDraft, section_save, sections_replace
from tests.resources import factories

pytestmark = pytest.mark.django_db

ACTIONS = {
    Status.PUBLISHED: publishing.resource_publish,
    Status.IN_REVIEW: publishing.resource_review,
    Status.DRAFT: publishing.resource_redraft,
    Status.ARCHIVED: publishing.resource_archive,
}


def draft(**fields) -> Resource:
    return factories.resource(status=Status.DRAFT, **fields)


@pytest.mark.parametrize(("origin", "to"), list(product(Status, Status)))
def test_transition(origin, to):
    made = factories.resource(status=origin, version=0)
    if (origin, to) in TRANSITIONS:
        ACTIONS[to](resource=made)
        assert made.status == to
    else:
        with pytest.raises(ValidationError) as error:
            ACTIONS[to](resource=made)
        assert error.value.messages == [
            f"« {made.title} » est à l’état « {origin.label} » :"
            f" elle ne peut pas passer à l’état « {to.label} »."
        ]
    made.refresh_from_db()
    assert made.status == (to if (origin, to) in TRANSITIONS else origin)


def test_publish_dates_and_numbers_the_first_version():
    made = draft(version=0)
    Resource.objects.filter(pk=made.pk).update(published_at=None)
    before = timezone.now()
    publishing.resource_publish(resource=made)
    version = made.versions.get()
    assert version.number == 1
    assert before <= made.published_at <= version.published_at <= timezone.now()
    assert version.snapshot["title"] == made.title


def test_publish_refuses_a_resource_without_text():
    made = draft()
    made.sections.all().delete()
    with pytest.raises(ValidationError, match="sans texte"):
        publishing.resource_publish(resource=made)


def test_publish_keeps_a_planned_date():
    planned = timezone.now() + timedelta(days=3)
    made = draft(published_at=planned)
    publishing.resource_publish(resource=made)
    assert made.published_at == planned
    assert made.versions.get().published_at == planned
    assert not Resource.objects.public().exists()


def test_publish_again_forgets_a_withdrawal_that_is_past():
    made = factories.resource(
        status=Status.ARCHIVED, withdrawn_at=timezone.now() - timedelta(hours=1)
    )
    publishing.resource_publish(resource=made)
    assert made.withdrawn_at is None
    assert list(Resource.objects.public()) == [made]


def test_update_writes_a_version_only_when_the_content_changed():
    made = draft()
    publishing.resource_publish(resource=made)
    publishing.resource_update(resource=made)
    assert list(made.versions.values_list("number", flat=True)) == [1]
    section = made.sections.get()
    section.source_html = "<p>Un autre texte.</p>"
    section_save(section=section)
    publishing.resource_update(resource=made)
    assert list(made.versions.values_list("number", flat=True)) == [2, 1]
    assert made.versions.get(number=1).snapshot["sections"][0]["source"] == "<p>Un texte.</p>"


def test_update_of_a_draft_writes_no_version():
    made = draft()
    publishing.resource_update(resource=made)
    assert not made.versions.exists()


def test_publish_fills_the_index_and_archive_empties_it():
    made = draft(title="Fiche sur la pluie")
    publishing.resource_publish(resource=made)
    rows = SearchEntry.objects.filter(source=f"resources.resource:{made.pk}")
    assert sorted(rows.values_list("key", "url")) == [
        ("", made.get_absolute_url()),
        ("section-1", f"{made.get_absolute_url()}#section-1"),
    ]
    publishing.resource_archive(resource=made)
    assert not rows.exists()


def test_each_service_makes_the_kept_pages_stale():
    made = draft()
    seen = {read_version()}
    for act in (
        publishing.resource_publish,
        publishing.resource_update,
        publishing.resource_archive,
        publishing.resource_redraft,
        publishing.resource_review,
    ):
        act(resource=made)
        seen.add(read_version())
    publishing.resource_change_slug(resource=made, slug="autre-adresse")
    assert len(seen | {read_version()}) == 7


def test_change_slug_leaves_a_redirect_and_can_come_back():
    made = factories.resource(slug="un")
    publishing.resource_change_slug(resource=made, slug="deux")
    assert list(ResourceRedirect.objects.values_list("slug", "resource")) == [("un", made.pk)]
    publishing.resource_change_slug(resource=made, slug="trois")
    publishing.resource_change_slug(resource=made, slug="un")
    assert sorted(ResourceRedirect.objects.values_list("slug", flat=True)) == ["deux", "trois"]
    entry = SearchEntry.objects.get(source=f"resources.resource:{made.pk}", key="")
    assert entry.url == "/ressources/un/"


@pytest.mark.parametrize("slug", ["nouveau", "Une Fiche", "x" * 81])
def test_change_slug_refuses(slug):
    with pytest.raises(ValidationError):
        publishing.resource_change_slug(resource=factories.resource(), slug=slug)


def test_save_does_not_touch_the_state():
    made = factories.resource()
    made.status = Status.ARCHIVED
    publishing.resource_save(resource=made)
    made.refresh_from_db()
    assert made.status == Status.PUBLISHED


def test_sections_keep_their_anchor_when_their_title_changes():
    made = draft()
    titles = ["L’enjeu", "En pratique", "En pratique"]
    sections_replace(
        resource=made, drafts=[SectionDraft(title=title, source_html="") for title in titles]
    )
    assert list(made.sections.values_list("anchor", flat=True)) == [
        "section-1",
        "en-pratique",
        "en-pratique-2",
    ]
    titles = ["L’enjeu", "Sur le terrain", "En pratique"]
    sections_replace(
        resource=made, drafts=[SectionDraft(title=title, source_html="") for title in titles]
    )
    assert list(made.sections.values_list("title", "anchor")) == [
        ("L’enjeu", "section-1"),
        ("Sur le terrain", "en-pratique-2"),
        ("En pratique", "en-pratique"),
    ]


def test_section_takes_no_anchor_of_the_layout():
    made = draft()
    section = section_save(
        section=type(made.sections.get())(resource=made, title="Contenu", source_html="<p>x</p>")
    )
    assert section.anchor == "contenu-2"
