"""The working text beside what is on view: every state × every gesture, dates."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from cops.audit import trail
from cops.pagecache import raise_version
from cops.pagecache.version import read_version
from cops.search.models import SearchEntry
from resources.enums import DRAFT_TRANSITIONS, DraftState, Status
from resources.models import DraftRevision, Resource, ResourceDraft
from resources.services import correcting, publishing
from resources.services.contents import content_of
from resources.services.drafts import (
    FIELDS,
    draft_discard,
    draft_plan,
    draft_review,
    draft_rewrite,
    working_text,
)
from tests.accounts.people import person
from tests.resources import factories
from tests.resources.working_texts import TOMORROW, in_state, published, write

pytestmark = pytest.mark.django_db


def on_view(made) -> str:
    return made.sections.get().source_html


# --- what is on view does not move


def test_writing_changes_nothing_of_what_is_on_view():
    made = published(title="Avant")
    before, seen = content_of(made), read_version()
    write(made)
    write(made, None, piece=FIELDS, title="Après")
    made.refresh_from_db()
    assert (content_of(made), read_version()) == (before, seen)
    assert made.versions.count() == 1
    working = working_text(made)
    assert (working.content["title"], working.last.number, working.differs) == ("Après", 2, True)


def test_publishing_puts_the_working_text_in_the_place_of_the_old_one():
    made, someone = published(title="Avant"), person("team")
    seen = read_version()
    write(made, "<p>Corrigé avec soin.</p>", by=someone)
    version = correcting.draft_publish(resource=made, note="Une précision", by=someone)
    assert (version.number, version.note, version.published_by) == (2, "Une précision", someone)
    assert on_view(made) == "<p>Corrigé avec soin.</p>"
    assert not ResourceDraft.objects.exists()
    assert read_version() != seen
    assert SearchEntry.objects.get(key="section-1").text.body == "Corrigé avec soin."
    assert [entry.action for entry in trail(made)] == [
        "resource.corrected", "draft.saved", "draft.started", "resource.published",
    ]  # fmt: skip


def test_publishing_the_same_words_makes_no_version():
    made = published()
    write(made, "<p>Un texte.</p>")
    assert correcting.draft_publish(resource=made) is None
    assert made.versions.count() == 1


def test_a_first_publication_takes_the_working_text_along():
    made = factories.resource(status=Status.DRAFT, version=0, published_at=None)
    write(made)
    assert on_view(made) == "<p>Un texte.</p>"
    publishing.resource_publish(resource=made)
    assert on_view(made) == "<p>Corrigé.</p>"
    assert made.versions.get().snapshot["sections"][0]["source"] == "<p>Corrigé.</p>"


def test_a_first_publication_on_a_chosen_date_waits_for_it():
    made = factories.resource(status=Status.DRAFT, version=0, published_at=None)
    at = timezone.now() + TOMORROW
    publishing.resource_publish(resource=made, at=at)
    assert (made.published_at, Resource.objects.public().exists()) == (at, False)


def test_what_an_administrator_changed_meanwhile_is_kept():
    made = published(subtitle="Avant")
    write(made)
    made.refresh_from_db()
    made.subtitle = "De l’administration"
    publishing.resource_update(resource=publishing.resource_save(resource=made))
    working = working_text(made)
    assert (working.content["subtitle"], working.both) == ("De l’administration", [])
    correcting.draft_publish(resource=made)
    made.refresh_from_db()
    assert (made.subtitle, on_view(made)) == ("De l’administration", "<p>Corrigé.</p>")


def test_what_changed_on_both_sides_is_said_and_the_working_text_wins():
    made = published(subtitle="Avant")
    write(made, None, piece=FIELDS, subtitle="Du bureau")
    made.refresh_from_db()
    made.subtitle = "De l’administration"
    publishing.resource_update(resource=publishing.resource_save(resource=made))
    assert working_text(made).both == ["Sous-titre"]
    correcting.draft_publish(resource=made)
    made.refresh_from_db()
    assert made.subtitle == "Du bureau"


# --- every state × every gesture

GESTURES = {
    DraftState.WRITING: lambda made: draft_rewrite(resource=made, by=None),
    DraftState.IN_REVIEW: lambda made: draft_review(resource=made, by=None),
    DraftState.SCHEDULED: lambda made: draft_plan(
        resource=made, at=timezone.now() + TOMORROW, by=None
    ),
}


@pytest.mark.parametrize(("origin", "to"), list(product(DraftState, DraftState)))
def test_transition(origin, to):
    made = in_state(origin)
    if (origin, to) in DRAFT_TRANSITIONS:
        GESTURES[to](made)
    else:
        with pytest.raises(ValidationError) as error:
            GESTURES[to](made)
        assert error.value.messages == [
            f"Le texte de travail est à l’état « {origin.label} » :"
            f" il ne peut pas passer à l’état « {to.label} »."
        ]
    draft = ResourceDraft.objects.get()
    assert draft.state == (to if (origin, to) in DRAFT_TRANSITIONS else origin)
    assert (draft.publish_at is not None) == (draft.state == DraftState.SCHEDULED)


@pytest.mark.parametrize("state", DraftState)
def test_a_planned_text_is_not_written_nor_given_up_any_other_is(state):
    made = in_state(state)
    if state == DraftState.SCHEDULED:
        with pytest.raises(ValidationError, match="est prévue"):
            write(made, "<p>Encore.</p>")
        with pytest.raises(ValidationError, match="est prévue"):
            draft_discard(resource=made, by=None)
        assert ResourceDraft.objects.get().revision == 1
    else:
        write(made, "<p>Encore.</p>")
        draft_discard(resource=made, by=None)
        assert not ResourceDraft.objects.exists()
    assert on_view(made) == "<p>Un texte.</p>"


@pytest.mark.parametrize("state", DraftState)
def test_any_state_may_be_published_at_once(state):
    made = in_state(state)
    assert correcting.draft_publish(resource=made).number == 2


@pytest.mark.parametrize("status", Status)
def test_a_correction_is_published_only_of_what_is_published(status):
    made = factories.resource(status=status, version=0)
    write(made)
    if status == Status.PUBLISHED:
        assert correcting.draft_publish(resource=made)
        return
    with pytest.raises(ValidationError, match="n’est pas publiée"):
        correcting.draft_publish(resource=made)
    with pytest.raises(ValidationError, match="Rien n’est en ligne"):
        draft_plan(resource=made, at=timezone.now() + TOMORROW, by=None)


@pytest.mark.parametrize(
    "gesture",
    [draft_review, draft_rewrite, draft_discard, correcting.draft_publish],
)
def test_without_working_text_there_is_nothing_to_do(gesture):
    with pytest.raises(ValidationError, match="Il n’y a pas de"):
        gesture(resource=published(), by=None)


def test_the_only_text_of_a_sheet_is_not_given_up():
    made = factories.resource(status=Status.DRAFT, version=0)
    write(made)
    with pytest.raises(ValidationError, match="jamais été publiée"):
        draft_discard(resource=made, by=None)


@pytest.mark.parametrize("leave", [publishing.resource_redraft, publishing.resource_archive])
def test_leaving_public_view_takes_a_planned_correction_up_again(leave):
    made = in_state(DraftState.SCHEDULED)
    leave(resource=made)
    draft = ResourceDraft.objects.get()
    assert (draft.state, draft.publish_at) == (DraftState.WRITING, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "nul"},
        {"state": DraftState.SCHEDULED, "publish_at": None},
        {"state": DraftState.WRITING, "publish_at": timezone.now()},
    ],
)
def test_the_base_refuses_a_state_that_cannot_be(fields):
    in_state(DraftState.WRITING)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResourceDraft.objects.update(**fields)


# --- on a chosen date


def test_a_planned_correction_is_published_when_its_time_has_come():
    made, someone = published(), person("team")
    write(made)
    draft_plan(resource=made, at=timezone.now() + TOMORROW, note="Pour lundi", by=someone)
    assert correcting.drafts_publish_due() == 0
    assert on_view(made) == "<p>Un texte.</p>"
    ResourceDraft.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    assert correcting.drafts_publish_due() == 1
    assert correcting.drafts_publish_due() == 0
    version = made.versions.first()
    assert (version.number, version.note, version.published_by) == (2, "Pour lundi", someone)
    assert on_view(made) == "<p>Corrigé.</p>"


def test_a_date_that_is_past_is_refused():
    made = in_state(DraftState.WRITING)
    with pytest.raises(ValidationError, match="déjà passée"):
        draft_plan(resource=made, at=timezone.now() - timedelta(minutes=1), by=None)


def test_a_planned_correction_that_may_not_be_published_is_told_and_nothing_is_lost():
    made, other = in_state(DraftState.SCHEDULED), in_state(DraftState.SCHEDULED)
    last = DraftRevision.objects.get(draft__resource=made)
    last.content["sections"][0]["source"] = '<p><a href="/x/">cliquez ici</a></p>'
    last.save()
    ResourceDraft.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    assert correcting.drafts_publish_due() == 1  # the other one is not held up
    draft = ResourceDraft.objects.get()
    assert (draft.resource, draft.state) == (made, DraftState.WRITING)
    assert "cliquez ici" in draft.refusal
    assert on_view(other) == "<p>Corrigé.</p>"
    assert trail(made)[0].action == "draft.refused"


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_publish_a_planned_correction_once():
    raise_version()
    made = in_state(DraftState.SCHEDULED)
    ResourceDraft.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    counts: list[int] = []
    ready = threading.Barrier(2)

    def sweep() -> None:
        try:
            ready.wait()
            counts.append(correcting.drafts_publish_due())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 1]
    assert made.versions.count() == 2


# --- what is typed is cleaned and checked


def test_what_is_typed_is_cleaned():
    made = published()
    write(made, '<p onclick="x()">Oui<script>alert(1)</script></p>')
    assert working_text(made).content["sections"][0]["source"] == "<p>Oui</p>"


def test_a_number_that_another_sheet_has_is_refused_when_it_is_saved():
    published(number=3)
    made = published(number=4)
    with pytest.raises(ValidationError, match="déjà pris"):
        write(made, None, piece=FIELDS, number=3)
