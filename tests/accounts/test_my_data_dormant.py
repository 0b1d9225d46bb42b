"""Accounts that nobody uses: written to, then erased; coming back is enough to stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from cops.accounts.my_data.dormant import dormant_erase, dormant_notify, unverified_erase
from cops.accounts.tasks import tidy
from cops.background.celery import app
from cops.formats import date_fr
from cops.mail.models import Message
from cops.privacy.models import Erasure, InactivityNotice
from tests.accounts.people import person, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

User = get_user_model()


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.ERASURE_JOURNAL = tmp_path / "erasures.jsonl"
    settings.RETENTION_STOP_FILE = tmp_path / "stop"


def _away(days: int, role: str = "member", **fields) -> User:
    seen = timezone.now() - timedelta(days=days)
    return person(role, joined_at=seen - timedelta(days=1), last_login=seen, **fields)


def _noticed(days: int) -> None:
    InactivityNotice.objects.update(sent_at=timezone.now() - timedelta(days=days))


def test_who_is_away_for_two_years_but_a_month_is_written_to_once():
    sleeping = _away(701)
    _away(699)
    assert dormant_notify() == 1
    assert dormant_notify() == 0
    mail = Message.objects.get()
    assert (mail.to, mail.template) == (sleeping.email, "cops/accounts/emails/dormant")
    assert date_fr(timezone.now() + timedelta(days=30)) in mail.text


def test_who_never_signed_in_counts_from_the_sign_up():
    person(joined_at=timezone.now() - timedelta(days=720))
    assert dormant_notify() == 1


def test_nobody_is_erased_without_a_notice_of_thirty_days():
    _away(900)
    assert dormant_erase() == 0
    dormant_notify()
    _noticed(29)
    assert dormant_erase() == 0
    _noticed(31)
    assert dormant_erase() == 1
    assert not User.objects.exists()
    assert Erasure.objects.get().scope == "inactive"


def test_an_early_notice_does_not_shorten_the_two_years():
    _away(725)
    dormant_notify()
    _noticed(31)
    assert dormant_erase() == 0


def test_coming_back_is_enough():
    user = _away(740)
    dormant_notify()
    _noticed(31)
    sign_in(Client(), user)
    assert not InactivityNotice.objects.exists()
    assert dormant_erase() == 0
    # Away again for two years: written to again.
    User.objects.update(last_login=timezone.now() - timedelta(days=705))
    assert dormant_notify() == 1
    assert Message.objects.filter(template__endswith="dormant").count() == 2


def test_a_return_that_was_not_noted_is_found():
    _away(740)
    dormant_notify()
    _noticed(31)
    User.objects.update(last_login=timezone.now())
    assert dormant_erase() == 0
    dormant_notify()
    assert not InactivityNotice.objects.exists()


@pytest.mark.parametrize("role", ["team", "administrator"])
def test_the_team_is_left_to_its_administrator(role):
    _away(2000, role)
    assert dormant_notify() == 0
    InactivityNotice.objects.create(
        user=User.objects.get(), sent_at=timezone.now() - timedelta(days=99)
    )
    assert dormant_erase() == 0


def test_a_sign_up_that_nobody_confirmed_goes_after_seven_days():
    for days, verified in ((8, False), (6, False), (8, True)):
        user = person(joined_at=timezone.now() - timedelta(days=days))
        EmailAddress.objects.filter(user=user).update(verified=verified)
    # Made by an administrator, with no address to confirm.
    User.objects.create_user("a@example.org", joined_at=timezone.now() - timedelta(days=30))
    assert unverified_erase() == 1
    assert User.objects.count() == 3
    assert not Message.objects.exists()


@pytest.mark.parametrize("function", [dormant_notify, dormant_erase, unverified_erase])
def test_a_person_can_hold_everything_back(settings, function):
    settings.RETENTION_STOP_FILE.touch()
    user = _away(900)
    InactivityNotice.objects.create(user=user, sent_at=timezone.now() - timedelta(days=99))
    EmailAddress.objects.update(verified=False)
    User.objects.update(last_login=None)
    assert function() == 0
    assert User.objects.count() == 1


def test_the_night_does_all_three_and_again_changes_nothing():
    assert app.conf.beat_schedule["cops.accounts.tidy"]["task"] == tidy.name
    _away(800)
    tidy()
    tidy()
    assert Message.objects.count() == 1
