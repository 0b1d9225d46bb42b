"""Kept PDFs that no longer serve go at night, and never one that is asked for."""

import os
import time

import pytest

from cops.pdf import PdfBusy, existing, files, kept, tidying
from cops.pdf.tidying import unused_remove
from tests.pdf.test_engine import page

pytestmark = pytest.mark.django_db(transaction=True)
MONTH, DAY = 31 * 86_400, 86_400


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def aged(name: str, seconds: int) -> None:
    path = files.folder() / name
    files.folder().mkdir(parents=True, exist_ok=True)
    path.touch()
    then = time.time() - seconds
    os.utime(path, (then, then))


def names() -> list[str]:
    return sorted(path.name for path in files.folder().iterdir())


def test_what_nobody_wants_any_more_goes_and_twice_is_once():
    aged("old.pdf", MONTH)
    aged("present.pdf", MONTH)
    aged("recent.pdf", DAY)
    assert unused_remove({"present"}) == 1
    assert names() == ["present.pdf", "recent.pdf"]
    assert unused_remove({"present"}) == 0


def test_what_is_asked_for_stays():
    made = kept(page())
    aged(made.path.name, MONTH)
    assert existing(made.sha256) == made
    assert unused_remove(set()) == 0
    assert names() == [made.path.name]


def test_what_is_asked_for_at_that_very_moment_comes_back(monkeypatch):
    made = kept(page())
    aged(made.path.name, MONTH)
    rename = os.rename

    def asked_for_meanwhile(source, target):
        if not source.name.startswith("."):
            existing(made.sha256)
        rename(source, target)

    monkeypatch.setattr(tidying.os, "rename", asked_for_meanwhile)
    assert unused_remove(set()) == 0
    assert names() == [made.path.name]


def test_a_file_being_sent_stays_whole():
    made = kept(page())
    whole = made.path.read_bytes()
    with made.open() as sent:
        begun = sent.read(100)
        aged(made.path.name, MONTH)
        assert unused_remove(set()) == 1
        assert begun + sent.read() == whole
    assert kept(page()).path.read_bytes() == whole


def test_a_file_gone_before_it_is_opened_is_asked_for_again():
    made = kept(page())
    made.path.unlink()
    with pytest.raises(PdfBusy):
        made.open()


def test_what_a_killed_process_left_goes_after_a_day():
    aged(".making-abc.pdf", DAY + 10)
    aged(".going-def.pdf", MONTH)
    aged(".making-now.pdf", 60)
    assert unused_remove(set()) == 2
    assert names() == [".making-now.pdf"]


def test_no_folder_is_no_fault():
    assert unused_remove(set()) == 0
