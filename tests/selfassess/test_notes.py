"""Private notes: read again by the one who wrote them, by nobody else, and never by Back on the
screen that was handed over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from selfassess import documents
from selfassess.enums import Mode
from selfassess.models import Participant
from selfassess.services.answers import answers_save, answers_send
from selfassess.services.assessments import assessment_reveal
from selfassess.services.joint import joint_score_set
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = pytest.mark.django_db
NOTE = "Une chose que je garde pour moi"
PAGES = ("mine", "together", "decisions", "joint", "keep", "share", "remind", "again")


def _noted(made, role=PRO, *, send=True):
    """Somebody who wrote a note on CE2; who has sent, or not."""
    me, secret = making.joined(made.assessment, role)
    answers_save(participant=me, scores=making.marks(made.assessment), notes={"CE2": NOTE})
    if send:
        me = answers_send(participant=me)
    made.assessment.refresh_from_db()
    return me, secret


def _pair(mode=Mode.PAIR):
    made = making.opened(mode)
    me = _noted(made)
    other = making.sent(made.assessment, PARTNER)
    made.assessment.refresh_from_db()
    return made, me, other


def _read(client, name, made, secret, query=""):
    return client.get(here(name, made, secret) + query).content.decode()


def test_alone_ones_notes_are_on_the_page_and_on_paper(client):
    made = making.opened(Mode.ALONE)
    me, secret = _noted(made)
    assert NOTE in _read(client, "mine", made, secret)
    assert NOTE in documents.own_html(made.assessment, me)
    assert client.get(here("paper", made, secret, "ma-roue")).content[:5] == b"%PDF-"


def test_after_the_turn_a_pair_and_a_group_find_their_own_notes_folded(client):
    made, (me, secret), _ = _pair()
    group = making.opened(Mode.GROUP)
    one, own = _noted(group)
    making.sent(group.assessment, PARTNER)
    assessment_reveal(assessment=group.assessment)
    group.assessment.refresh_from_db()
    for opened, who, link in ((made, me, secret), (group, one, own)):
        page = _read(client, "mine", opened, link)
        fold = page[page.index('<details class="notes"') :]
        assert NOTE in fold[: fold.index("</details>")]
        assert NOTE in documents.own_html(opened.assessment, who)


def test_in_the_joint_moment_the_note_of_this_criterion_is_at_hand(client):
    made, (_, secret), _ = _pair()
    assert NOTE in _read(client, "together", made, secret, "?n=2")
    assert NOTE not in _read(client, "together", made, secret, "?n=1")


def test_who_was_left_out_of_the_turn_reads_their_notes_all_the_same(client):
    group = making.opened(Mode.GROUP)
    _, secret = _noted(group, send=False)
    for role in (PRO, PARTNER):
        making.sent(group.assessment, role)
    assessment_reveal(assessment=group.assessment)
    assert NOTE in _read(client, "mine", group, secret)


def test_nobody_else_reads_them_anywhere(client):
    made, _, (other, theirs) = _pair()
    joint_score_set(assessment=made.assessment, criterion="CE2", value=2, sentence="Oui.")
    found = [_read(client, name, made, theirs) for name in PAGES]
    found += [_read(client, "together", made, theirs, f"?n={n}") for n in range(1, 13)]
    for name, query in (("manage", ""), ("facilitate", "?n=2"), ("facilitate", "")):
        path = reverse(f"selfassess:{name}", args=[made.code, made.manager])
        found.append(client.get(path + query).content.decode())
    found.append(documents.own_html(made.assessment, other))
    found.append(documents.outcome_html(made.assessment))
    found.append(documents.joint_html(made.assessment))
    assert [page for page in found if NOTE in page] == []


def test_on_one_screen_they_are_nowhere_even_after_a_month(client):
    made = making.opened(Mode.DEVICE)
    me, secret = _noted(made)
    making.joined(made.assessment, PARTNER)
    for _ in range(2):
        for name in PAGES:
            page = client.get(here(name, made, secret), follow=True)
            assert NOTE not in page.content.decode(), name
        assert NOTE not in documents.own_html(made.assessment, me)
        # The other one never came: their own wheel is shown on this screen, not their notes.
        me.submitted_at -= timedelta(days=31)
        me.save()


def test_on_one_screen_they_are_nowhere_after_the_turn(client):
    made, (_, secret), (_, theirs) = _pair(Mode.DEVICE)
    for one in (secret, theirs):
        assert NOTE not in _read(client, "mine", made, one)
    assert NOTE not in _read(client, "together", made, secret, "?n=2")


def test_on_one_screen_one_is_told_so_before_writing(client):
    told = {}
    for mode in (Mode.PAIR, Mode.DEVICE):
        made = making.opened(mode)
        _, secret = making.joined(made.assessment)
        told[mode] = "cet appareil entre les mains" in _read(client, "answer", made, secret)
    assert told == {Mode.PAIR: False, Mode.DEVICE: True}


def test_a_note_is_text_and_its_lines_are_kept(client):
    made = making.opened(Mode.ALONE)
    me, secret = making.joined(made.assessment)
    text = "<b>Un</b>\nDeux"
    answers_save(participant=me, scores=making.marks(made.assessment), notes={"CE2": text})
    answers_send(participant=Participant.objects.get())
    assert "&lt;b&gt;Un&lt;/b&gt;\nDeux" in _read(client, "mine", made, secret)


def test_without_notes_nothing_is_said_of_them(client):
    made, _, (_, secret) = making.turned()
    assert 'class="notes"' not in _read(client, "mine", made, secret)
