"""What is told of a person: all of theirs, nothing of another's, in one statement."""

from __future__ import annotations

import json

import pytest

from cops.exports.models import Export
from cops.privacy.reading import told_of
from tests.accounts.people import person
from tests.privacy.making import CANARY, known_person

pytestmark = pytest.mark.django_db


def test_everything_is_told_in_one_statement(django_assert_num_queries):
    user = known_person()
    with django_assert_num_queries(1):
        told = told_of(user)
    assert {one.declaration.model: one.total for one in told} == {
        "accounts.User": 1,
        "account.EmailAddress": 2,
        "mfa.Authenticator": 1,
        "usersessions.UserSession": 1,
        "mail.Message": 3,
        "exports.Export": 1,
        "audit.Entry": 1,
        "admin.LogEntry": 1,
    }


def test_the_rows_hold_the_values_and_no_secret():
    user = known_person()
    told = {one.declaration.model: one.rows for one in told_of(user)}
    account = told["accounts.User"][0]
    assert account["email"] == user.email
    assert account["joined_at"][:10] == f"{user.joined_at:%Y-%m-%d}"
    assert "seed" not in json.dumps(told)
    assert user.password not in json.dumps(told)


def test_nothing_of_another_person_is_told():
    known_person("quagga")
    told = told_of(known_person())
    assert "quagga" not in json.dumps([one.rows for one in told])
    assert CANARY in json.dumps([one.rows for one in told])


def test_the_latest_rows_are_told_with_their_number():
    user = person()
    for number in range(12):
        Export.objects.create(
            kind=f"k{number}", content_hash="", fingerprint=str(number), owner=user
        )
    (documents,) = [
        one for one in told_of(user, most=3) if one.declaration.model == "exports.Export"
    ]
    assert documents.total == 12
    assert [row["kind"] for row in documents.rows] == ["k11", "k10", "k9"]
