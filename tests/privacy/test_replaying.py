"""A restored backup brings nobody back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from cops.privacy.erasing import person_erase
from cops.privacy.journal import journal_path, journal_write
from cops.privacy.models import Erasure
from tests.accounts.people import person
from tests.privacy.making import known_person

pytestmark = pytest.mark.django_db(transaction=True)

User = get_user_model()


def _restored(user, **changes) -> None:
    """What a backup of yesterday brings back: the account, and a journal that knows nothing."""
    Erasure.objects.all().delete()
    fields = {"email": "revenue@example.org", "joined_at": user.joined_at} | changes
    User.objects.create(pk=user.pk, **fields)


def _left() -> User:
    user = known_person()
    copy = User.objects.get(pk=user.pk)
    person_erase(user=user, scope="asked")
    journal_write()
    return copy


def test_the_file_holds_one_line_for_each_and_names_nobody():
    user = _left()
    journal_write()
    (line,) = journal_path().read_text().splitlines()
    assert json.loads(line) == {
        "subject": Erasure.objects.get().subject,
        "date": timezone.localdate().isoformat(),
        "scope": "asked",
    }
    assert str(user.pk) not in line.split('"')
    assert journal_path().stat().st_mode & 0o777 == 0o600


def test_who_had_left_leaves_again(capsys):
    user = _left()
    _restored(user)
    staying = person()
    call_command("replay_erasures")
    assert list(User.objects.filter(role="member")) == [staying]
    assert "Effacées de nouveau\xa0: 1" in capsys.readouterr().out.replace(" :", "\xa0:")
    assert Erasure.objects.count() == 1


def test_run_twice_it_changes_nothing_more(capsys):
    _restored(_left())
    call_command("replay_erasures")
    call_command("replay_erasures")
    assert "0\xa0personne" in capsys.readouterr().out
    assert len(journal_path().read_text().splitlines()) <= 2


def test_a_newcomer_who_got_the_number_of_who_left_stays():
    user = _left()
    _restored(user, joined_at=user.joined_at + timedelta(days=1))
    call_command("replay_erasures")
    assert User.objects.filter(role="member").count() == 1


def test_a_key_that_was_changed_is_still_read(settings):
    user = _left()
    _restored(user)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-for-the-tests-0123456789abcdefghijkl"
    call_command("replay_erasures")
    assert User.objects.filter(role="member").count() == 0


def test_a_line_cut_by_a_full_disk_hides_no_other():
    user = _left()
    with journal_path().open("a") as file:
        file.write('{"subject": "abc\n[]\n')
    _restored(user)
    call_command("replay_erasures")
    assert User.objects.filter(role="member").count() == 0


def test_a_missing_journal_is_refused_unless_one_says_so(capsys):
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("replay_erasures")
    call_command("replay_erasures", "--without-file")
    assert "0\xa0ligne" in capsys.readouterr().out


def test_a_journal_elsewhere_is_read(tmp_path):
    user = _left()
    elsewhere = tmp_path / "rapporté.jsonl"
    journal_path().rename(elsewhere)
    _restored(user)
    call_command("replay_erasures", "--journal", str(elsewhere))
    assert User.objects.filter(role="member").count() == 0
