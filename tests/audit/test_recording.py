"""The journal: what is written, what Postgres refuses, what may be taken away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cops import audit
from cops.audit.actions import actions, label_of, register_action
from cops.audit.models import Entry

User = get_user_model()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cops.audit.actions._labels", {"essai.changed": "Essai changé"})


@pytest.fixture
def team():
    return User.objects.create_user("equipe@example.org", display_name="Jeanne", role="team")


@pytest.fixture
def thing():
    return User.objects.create_user("objet@example.org")


def test_an_entry_says_who_did_what_to_which_object(team, thing):
    entry = audit.record(team, "essai.changed", thing, {"role": ["member", "team"]})
    entry.refresh_from_db()
    assert (entry.by, entry.label, entry.object_type, entry.object_id, entry.changes) == (
        "Jeanne",
        "Essai changé",
        "accounts.user",
        str(thing.pk),
        {"role": ["member", "team"]},
    )
    assert timezone.now() - entry.at < timedelta(minutes=1)


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_the_portal_and_a_person_without_account_are_nobody(thing, nobody):
    entry = audit.record(nobody, "essai.changed", thing)
    assert (entry.actor_id, entry.by, entry.changes) == (None, "Le portail", {})


def test_an_action_without_object(team):
    entry = audit.record(team, "essai.changed", None)
    assert (entry.object_type, entry.object_id) == ("", "")


def test_an_action_that_nobody_declared_is_refused(team, thing):
    with pytest.raises(ValueError, match="not declared"):
        audit.record(team, "essai.unknown", thing)


def test_an_object_that_is_not_saved_is_refused(team):
    with pytest.raises(ValueError, match="not saved"):
        audit.record(team, "essai.changed", User(email="x@example.org"))


def test_it_is_written_in_the_transaction_of_the_change(team, thing):
    with transaction.atomic():
        audit.record(team, "essai.changed", thing)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


def test_the_trail_of_an_object_is_one_query_whatever_its_length(
    team, thing, django_assert_num_queries
):
    for number in range(3):
        audit.record(team, "essai.changed", thing, {"n": [number, number + 1]})
    audit.record(team, "essai.changed", team)
    with django_assert_num_queries(1):
        lines = [(entry.by, entry.changes["n"][1]) for entry in audit.trail(thing)]
    assert lines == [("Jeanne", 3), ("Jeanne", 2), ("Jeanne", 1)]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET action = 'essai.other'", "DELETE FROM audit_entry"],
)
def test_postgres_refuses_to_change_or_remove_an_entry(team, thing, statement):
    audit.record(team, "essai.changed", thing)
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_the_permission_to_erase_ends_with_the_erasure(team, thing):
    audit.record(team, "essai.changed", thing)
    audit.entries_erase_old(100)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.all().delete()


def test_what_is_old_is_erased_once(team, thing):
    for days in (364, 366, 400, 500):
        at = timezone.now() - timedelta(days=days)
        Entry.objects.create(at=at, actor=team, action="essai.changed")
    kept = audit.record(team, "essai.changed", thing)
    assert [audit.entries_erase_old(2) for _ in range(3)] == [2, 1, 0]
    assert set(Entry.objects.filter(at__lt=kept.at).values_list("pk", flat=True)) == {
        Entry.objects.earliest("at").pk
    }


def test_the_changes_about_a_person_are_emptied_and_what_was_done_stays(team, thing):
    audit.record(team, "essai.changed", thing, {"email": ["canari@example.org", ""]})
    other = audit.record(team, "essai.changed", team, {"role": ["team", "member"]})
    assert audit.entries_empty(thing) == 1
    assert audit.entries_empty(thing) == 0
    [entry] = audit.trail(thing)
    assert (entry.action, entry.changes) == ("essai.changed", {})
    other.refresh_from_db()
    assert other.changes == {"role": ["team", "member"]}


def test_an_account_that_is_erased_leaves_its_entries_as_they_were(team, thing):
    audit.record(team, "essai.changed", thing)
    number = team.pk
    team.delete()
    [entry] = audit.trail(thing)
    assert (entry.actor_id, entry.by) == (number, "Un compte effacé")


def test_half_an_object_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(action="essai.changed", object_type="accounts.user")


def test_two_labels_for_one_action_are_a_fault():
    register_action("essai.changed", "Essai changé")
    with pytest.raises(ValueError, match="two actions"):
        register_action("essai.changed", "Autre chose")


@pytest.mark.parametrize("name", ["essai", "Essai.Changed", "essai changed", ""])
def test_an_action_is_named_object_dot_verb(name):
    with pytest.raises(ValueError, match=r"object\.verb"):
        register_action(name, "Essai")


def test_an_action_that_no_longer_exists_keeps_its_name():
    assert label_of("essai.forgotten") == "essai.forgotten"
    assert actions() == {"essai.changed": "Essai changé"}
