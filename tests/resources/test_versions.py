"""Every version kept, put back whole or in part, undone; new sheets from old ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from cops.audit import trail
from resources.enums import DraftState, Kind, Status
from resources.models import Resource, ResourceDraft, ResourceRedirect, ResourceVersion
from resources.services.applying import content_apply
from resources.services.contents import content_from, content_of, same_words
from resources.services.correcting import draft_publish, publication_undo
from resources.services.creating import resource_copy, resource_create
from resources.services.drafts import draft_plan, draft_replace, draft_take, working_text
from resources.services.publishing import (
    resource_archive,
    resource_keep,
    resource_publish,
    resource_redraft,
    resource_withdraw,
)
from resources.services.snapshots import snapshot
from tests.accounts.people import person
from tests.resources import factories, lexicon_data
from tests.resources.desk import team
from tests.resources.working_texts import published, write

pytestmark = pytest.mark.django_db


def corrected(*texts: str) -> Resource:
    """A sheet published with « Un texte. », then with each of these."""
    made = published()
    for text in texts:
        write(made, f"<p>{text}</p>")
        draft_publish(resource=made)
    return made


def numbers(made: Resource) -> list[tuple[int, bool]]:
    """Each version with whether it still stands, the first first."""
    rows = made.versions.order_by("number").values_list("number", "undone_at")
    return [(number, undone is None) for number, undone in rows]


def text(made: Resource) -> str:
    return made.sections.get().source_html


# --- a content is the whole of a sheet


def test_a_content_put_back_gives_the_same_sheet():
    made = factories.resource(facts={"lieux": 3}, training=[{"name": "ETP", "required": True}])
    factories.path(made, steps=3)
    factories.falc(made)
    other = factories.resource()
    made.relations.create(target=other, role="related")
    word = lexicon_data.term("mot", "mot")
    made.listed_terms.create(term=word)
    made.media.create(
        title="Film", url="https://exemple.fr/f", host_name="Exemple", transcript_html="<p>Oui.</p>"
    )
    before = snapshot(made)
    marks = [section.pk for section in made.sections.all()]
    content_apply(resource=made, content=content_of(made))
    after = snapshot(Resource.objects.get(pk=made.pk))
    assert {**after, "sections": []} == {**before, "sections": []}
    assert same_words(content_of(made), content_from(before))
    assert [section.pk for section in made.sections.all()] == marks


def test_what_a_content_names_and_is_no_more_is_left_out():
    made, other = factories.resource(), factories.resource(slug="partie", version=0)
    made.relations.create(target=other, role="related")
    content = content_of(made)
    other.delete()
    content_apply(resource=made, content=content)
    assert not made.relations.exists()


# --- putting back


def test_a_version_comes_back_whole_into_the_working_text_alone():
    made = corrected("Deux.", "Trois.")
    someone = person("team")
    draft_replace(resource=made, version=made.versions.get(number=1), by=someone)
    assert working_text(made).content["sections"][0]["source"] == "<p>Un texte.</p>"
    assert text(made) == "<p>Trois.</p>"
    draft_publish(resource=made)
    assert (text(made), numbers(made)) == (
        "<p>Un texte.</p>", [(1, True), (2, True), (3, True), (4, True)],
    )  # fmt: skip


def test_a_version_put_back_keeps_the_address_of_today():
    made = corrected("Deux.")
    Resource.objects.filter(pk=made.pk).update(slug="ailleurs")
    made.refresh_from_db()
    draft_replace(resource=made, version=made.versions.get(number=1), by=None)
    draft_publish(resource=made)
    made.refresh_from_db()
    assert made.slug == "ailleurs"


def test_one_paragraph_of_a_version_comes_back_and_is_in_the_journal():
    made = corrected("Deux.")
    working = working_text(made)
    draft_take(
        resource=made, version=made.versions.get(number=1), seen=working.mark,
        group="section:standard:section-1", unit="text:standard:section-1", row=0, by=None,
    )  # fmt: skip
    assert working_text(made).content["sections"][0]["source"] == "<p>Un texte.</p>"
    assert trail(made)[0].action == "draft.paragraph_restored"
    assert text(made) == "<p>Deux.</p>"


def test_a_paragraph_is_not_put_back_into_a_text_that_moved():
    made = corrected("Deux.")
    seen = working_text(made).mark
    write(made, "<p>Trois.</p>")
    with pytest.raises(ValidationError, match="a changé depuis cette comparaison"):
        draft_take(
            resource=made, version=made.versions.get(number=1), seen=seen,
            group="section:standard:section-1", by=None,
        )  # fmt: skip


def test_nothing_is_put_back_into_a_planned_text():
    made = corrected("Deux.")
    write(made, "<p>Trois.</p>")
    draft_plan(resource=made, at=timezone.now() + timedelta(days=1), by=None)
    with pytest.raises(ValidationError, match="est prévue"):
        draft_replace(resource=made, version=made.versions.get(number=1), by=None)


# --- undoing


def test_undoing_brings_the_text_before_back_under_a_new_number():
    made, someone = corrected("Deux.", "Trois."), person("team")
    version = publication_undo(resource=made, by=someone)
    assert (version.number, version.undoes.number, version.published_by) == (4, 3, someone)
    assert text(made) == "<p>Deux.</p>"
    assert numbers(made) == [(1, True), (2, True), (3, False), (4, True)]
    assert trail(made)[0].action == "publication.undone"
    assert trail(made)[0].changes == {"version": [3, 4]}


def test_the_text_that_leaves_becomes_the_working_text():
    made = corrected("Deux.")
    publication_undo(resource=made)
    assert working_text(made).content["sections"][0]["source"] == "<p>Deux.</p>"
    draft_publish(resource=made)
    assert text(made) == "<p>Deux.</p>"


def test_a_working_text_in_progress_is_not_replaced_by_an_undoing():
    made = corrected("Deux.")
    write(made, "<p>En cours.</p>")
    publication_undo(resource=made)
    assert working_text(made).content["sections"][0]["source"] == "<p>En cours.</p>"


def test_undoing_an_undoing_brings_the_text_again():
    made = corrected("Deux.")
    publication_undo(resource=made)
    publication_undo(resource=made)
    assert text(made) == "<p>Deux.</p>"
    assert numbers(made) == [(1, True), (2, False), (3, False), (4, True)]


def test_the_first_publication_undone_leaves_a_draft_that_loses_nothing():
    made = published()
    assert publication_undo(resource=made) is None
    made.refresh_from_db()
    assert (made.status, text(made), numbers(made)) == (
        Status.DRAFT, "<p>Un texte.</p>", [(1, False)],
    )  # fmt: skip
    resource_publish(resource=made)
    assert numbers(made) == [(1, False), (2, True)]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED])
def test_only_what_is_published_is_undone(status):
    made = factories.resource(status=status)
    with pytest.raises(ValidationError, match="n’est pas publiée"):
        publication_undo(resource=made)


def test_the_pdf_of_an_undone_version_is_for_the_team_alone():
    made = corrected("Deux.")
    publication_undo(resource=made)
    anybody, (somebody, _) = Client(), team()

    def statuses(client):
        base = f"/ressources/{made.slug}"
        found = []
        for number in (1, 2, 3):
            answer = client.get(f"{base}/v{number}.pdf")
            found.append(answer.status_code)
            if answer.streaming:
                b"".join(answer.streaming_content)
        return found

    assert statuses(anybody) == [200, 404, 200]
    assert statuses(somebody) == [200, 200, 200]


# --- withdrawing


def test_a_withdrawal_now_and_back():
    made = published()
    Resource.objects.update(published_at=timezone.now() - timedelta(days=1))
    resource_withdraw(resource=made)
    assert not Resource.objects.public().exists()
    resource_keep(resource=made)
    assert Resource.objects.public().exists()


def test_a_planned_withdrawal_is_by_the_clock():
    made = published()
    at = timezone.now() + timedelta(days=1)
    resource_withdraw(resource=made, at=at)
    made.refresh_from_db()
    assert (made.withdrawn_at, Resource.objects.public().exists()) == (at, True)


@pytest.mark.parametrize("days", [-1, -400])
def test_a_withdrawal_in_the_past_is_refused(days):
    with pytest.raises(ValidationError, match="déjà passée"):
        resource_withdraw(resource=published(), at=timezone.now() + timedelta(days=days))


def test_a_withdrawal_before_the_publication_is_refused():
    made = factories.resource(published_at=timezone.now() + timedelta(days=9))
    with pytest.raises(ValidationError, match="après la publication"):
        resource_withdraw(resource=made, at=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize("service", [resource_withdraw, resource_keep])
def test_only_what_is_published_is_withdrawn(service):
    with pytest.raises(ValidationError, match="n’est pas publiée"):
        service(resource=factories.resource(status=Status.DRAFT))


# --- new sheets


def test_a_new_sheet_is_a_draft_with_an_address_of_its_own():
    factories.resource(slug="avis")
    other = factories.resource(slug="une-fiche")
    ResourceRedirect.objects.create(slug="une-fiche-2", resource=other)
    someone = person("team")
    made = resource_create(title="Une fiche", kind=Kind.GUIDE, summary="Court.", by=someone)
    assert (made.slug, made.status) == ("une-fiche-3", Status.DRAFT)
    assert trail(made)[0].actor == someone
    assert [
        resource_create(title=title, kind=Kind.GUIDE, summary="Court.", by=None).slug
        for title in ("Nouveau", "Avis", "2027 !", "…")
    ] == ["nouveau-2", "avis-2", "n-2027", "section"]


def test_a_sheet_that_starts_from_another_takes_its_words_and_not_its_number():
    source = published(number=4, review_by=date(2027, 1, 1), notice="Version de travail")
    factories.path(source)
    write(source, "<p>En cours.</p>")
    made = resource_copy(
        source=source, title="Une autre", kind=source.kind, summary="Autre.", by=None
    )
    assert (made.number, made.review_by, made.notice, made.status) == (None, None, "", Status.DRAFT)
    assert made.sections.first().source_html == "<p>En cours.</p>"
    assert made.sections.filter(path__isnull=False).get().path.steps.count() == 2
    assert not made.versions.exists()
    assert ResourceDraft.objects.get().resource == source


def test_a_version_is_never_edited_but_for_its_undoing():
    made = corrected("Deux.")
    names = ("pk", "number", "published_at", "snapshot", "note", "published_by")
    frozen = list(ResourceVersion.objects.values(*names))
    publication_undo(resource=made)
    resource_redraft(resource=made)
    resource_archive(resource=made)
    resource_publish(resource=made)
    kept = ResourceVersion.objects.filter(pk__in=[row["pk"] for row in frozen])
    assert list(kept.values(*names)) == frozen


def test_a_draft_left_behind_by_an_archive_is_published_with_the_sheet():
    made = published()
    write(made, "<p>Plus tard.</p>")
    resource_archive(resource=made)
    assert ResourceDraft.objects.get().state == DraftState.WRITING
    resource_publish(resource=made)
    assert text(made) == "<p>Plus tard.</p>"
