"""The binder's services: its lines, its holder, its link, its end."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cops.secrets import digest
from resources.enums import Move, Status
from resources.models import Binder, BinderItem
from resources.models.binders import COOKIE_PURPOSE, DEFAULT_NAME, ITEMS_AT_MOST
from resources.services import binder_holders, binders
from tests.accounts.people import person
from tests.resources import factories

pytestmark = pytest.mark.django_db


def started(*sheets) -> Binder:
    binder, _ = binder_holders.binder_start()
    binders.binder_fill(binder=binder, resources=list(sheets))
    return binder


def order(binder: Binder) -> list[tuple[int, str]]:
    rows = binder.items.order_by("position", "pk")
    return list(rows.values_list("position", "resource__title"))


def titled(*titles: str) -> list:
    return [factories.resource(title=title) for title in titles]


def key(binder: Binder, title: str) -> int:
    return binder.items.get(resource__title=title).pk


class TestLines:
    def test_a_sheet_is_added_once_at_the_end_with_the_version_in_force(self):
        first, second = titled("A", "B")
        second.versions.create(number=4, published_at=timezone.now(), snapshot={})
        binder = started(first)
        assert binders.binder_add(binder=binder, resource=second)
        assert not binders.binder_add(binder=binder, resource=second)
        assert order(binder) == [(1, "A"), (2, "B")]
        assert list(binder.items.order_by("position").values_list("version", flat=True)) == [1, 4]

    @pytest.mark.parametrize(
        ("title", "move", "rank", "after"),
        [
            ("C", Move.UP, 2, "ACB"),
            ("A", Move.DOWN, 2, "BAC"),
            ("C", Move.FIRST, 1, "CAB"),
            ("A", Move.LAST, 3, "BCA"),
            ("A", Move.UP, 1, "ABC"),
            ("C", Move.DOWN, 3, "ABC"),
            ("A", Move.FIRST, 1, "ABC"),
            ("C", Move.LAST, 3, "ABC"),
        ],
    )
    def test_a_sheet_moves(self, title, move, rank, after):
        binder = started(*titled("A", "B", "C"))
        assert binders.binder_move(binder=binder, item=key(binder, title), move=move) == rank
        assert order(binder) == list(enumerate(after, start=1))

    def test_what_is_taken_out_can_be_put_back_where_it_was(self):
        binder = started(*titled("A", "B", "C"))
        gone = binders.binder_remove(binder=binder, item=key(binder, "B"))
        assert order(binder) == [(1, "A"), (2, "C")]
        back = {
            "resource": gone.resource_id, "position": gone.position, "version": gone.version
        }  # fmt: skip
        assert binders.binder_restore(binder=binder, **back)
        assert not binders.binder_restore(binder=binder, **back)
        assert order(binder) == [(1, "A"), (2, "B"), (3, "C")]

    def test_a_line_of_another_binder_is_neither_moved_nor_taken_out(self):
        binder, other = started(*titled("A", "B")), started(*titled("C", "D"))
        theirs = key(other, "D")
        assert binders.binder_move(binder=binder, item=theirs, move=Move.UP) is None
        assert binders.binder_remove(binder=binder, item=theirs) is None
        assert order(other) == [(1, "C"), (2, "D")]

    def test_beyond_the_limit_nothing_is_added_and_it_is_said(self):
        sheets = [factories.resource() for _ in range(4)]
        binder = started(*sheets[:2])
        rest = [factories.resource() for _ in range(ITEMS_AT_MOST - 2)]
        binders.binder_fill(binder=binder, resources=rest)
        with pytest.raises(ValidationError, match="100 fiches"):
            binders.binder_fill(binder=binder, resources=sheets[1:])
        assert binder.items.count() == ITEMS_AT_MOST

    def test_a_move_writes_only_the_lines_that_move(self, django_assert_num_queries):
        binder = started(*[factories.resource() for _ in range(30)])
        last = binder.items.get(position=30)
        with django_assert_num_queries(6):  # savepoints, the lock, the lines, two ranks, the date
            binders.binder_move(binder=binder, item=last.pk, move=Move.UP)

    def test_the_database_refuses_two_sheets_at_one_rank_and_a_rank_out_of_range(self):
        binder = started(*titled("A", "B"))
        for rank, name in [(2, "binder_item_rank_once"), (0, "in_range"), (101, "in_range")]:
            with pytest.raises(IntegrityError, match=name):
                self.force(binder, rank)

    @staticmethod
    def force(binder: Binder, rank: int) -> None:
        with transaction.atomic():
            binder.items.filter(position=1).update(position=rank)
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestName:
    def test_a_name_is_tidied_and_an_empty_one_gives_the_first_one_back(self):
        binder = started()
        assert binders.binder_rename(binder=binder, name="  Réunion \n du 12 ").name == (
            "Réunion du 12"
        )
        assert binders.binder_rename(binder=binder, name="   ").name == DEFAULT_NAME
        with pytest.raises(ValidationError):
            binders.binder_rename(binder=binder, name="x" * 81)


class TestTime:
    def test_a_binder_without_account_lives_ninety_days_from_its_last_change(self):
        with time_machine.travel("2026-03-01T10:00:00Z", tick=False) as clock:
            binder, secret = binder_holders.binder_start()
            assert binder.expires_at - timezone.now() == timedelta(days=90)
            clock.shift(timedelta(days=80))
            until = binders.binder_renew(binder=binder)
            assert until - timezone.now() == timedelta(days=90)
            clock.shift(timedelta(days=90, seconds=-1))
            assert Binder.objects.held_by(None, secret).exists()
            clock.shift(timedelta(seconds=1))
            assert not Binder.objects.held_by(None, secret).exists()
            binder_holders.binder_start()
            Binder.objects.exclude(pk=binder.pk).update(expires_at=timezone.now())
            assert binder_holders.binders_expired_delete(1) == 1
            assert not Binder.objects.filter(pk=binder.pk).exists()
            assert binder_holders.binders_expired_delete(10) == 1
            assert binder_holders.binders_expired_delete(10) == 0

    def test_a_binder_of_an_account_has_no_end(self):
        binder = binder_holders.binder_start_owned(owner=person())
        binders.binder_add(binder=binder, resource=factories.resource())
        binder.refresh_from_db()
        assert binder.expires_at is None
        with time_machine.travel(timezone.now() + timedelta(days=3000)):
            assert binder_holders.binders_expired_delete(10) == 0

    @pytest.mark.parametrize(
        "values",
        [{"expires_at": None}, {"key_digest": None}, {"name": ""}, {"share_salt": "sel"}],
    )
    def test_the_database_refuses_a_binder_of_nobody_or_without_end(self, values):
        binder = started()
        with pytest.raises(IntegrityError), transaction.atomic():
            Binder.objects.filter(pk=binder.pk).update(**values)


class TestHolder:
    def test_only_the_digest_of_the_secret_is_kept(self):
        binder, secret = binder_holders.binder_start()
        assert binder.key_digest == digest(secret, purpose=COOKIE_PURPOSE)
        assert list(Binder.objects.held_by(None, secret)) == [binder]
        assert not Binder.objects.held_by(None, secret[::-1]).exists()
        assert not Binder.objects.held_by(None, binder.key_digest).exists()
        assert not Binder.objects.held_by(person(), secret).exists()

    def test_a_former_server_key_still_opens_it(self, settings):
        binder, secret = binder_holders.binder_start()
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "une autre clé du serveur, bien assez longue"
        assert list(Binder.objects.held_by(None, secret)) == [binder]

    def test_at_sign_in_the_first_binder_becomes_the_account_s(self):
        binder, secret = binder_holders.binder_start()
        binders.binder_fill(binder=binder, resources=titled("A", "B"))
        someone = person()
        kept = binder_holders.binder_adopt(owner=someone, secret=secret)
        assert kept == binder
        kept.refresh_from_db()
        assert (kept.owner, kept.key_digest, kept.expires_at) == (someone, None, None)
        assert order(kept) == [(1, "A"), (2, "B")]
        assert binder_holders.binder_adopt(owner=someone, secret=secret) is None

    def test_at_sign_in_a_plain_binder_is_poured_into_the_one_in_use(self):
        a, b, c = titled("A", "B", "C")
        binder, secret = binder_holders.binder_start()
        binders.binder_fill(binder=binder, resources=[c, a], versions={c.pk: 7, a.pk: 7})
        someone = person()
        mine = binder_holders.binder_start_owned(owner=someone)
        binders.binder_fill(binder=mine, resources=[a, b])
        assert binder_holders.binder_adopt(owner=someone, secret=secret) == mine
        assert order(mine) == [(1, "A"), (2, "B"), (3, "C")]
        assert mine.items.get(position=3).version == 7
        assert not Binder.objects.filter(pk=binder.pk).exists()

    @pytest.mark.parametrize("reason", ["named", "shared", "too long"])
    def test_at_sign_in_what_cannot_be_poured_is_kept_beside(self, reason):
        binder, secret = binder_holders.binder_start()
        binders.binder_fill(binder=binder, resources=titled("A"))
        if reason == "named":
            binders.binder_rename(binder=binder, name="Réunion")
        token = binders.binder_share(binder=binder) if reason == "shared" else ""
        someone = person()
        mine = binder_holders.binder_start_owned(owner=someone)
        many = ITEMS_AT_MOST if reason == "too long" else 1
        binders.binder_fill(binder=mine, resources=[factories.resource() for _ in range(many)])
        assert binder_holders.binder_adopt(owner=someone, secret=secret) == binder
        assert list(Binder.objects.held_by(someone, "")) == [binder, mine]
        if token:
            assert Binder.objects.shared_by(token).get() == binder

    def test_an_account_keeps_twenty_binders_at_most(self):
        someone = person()
        for _ in range(20):
            binder_holders.binder_start_owned(owner=someone)
        with pytest.raises(ValidationError, match="20 classeurs"):
            binder_holders.binder_start_owned(owner=someone)

    def test_the_binders_of_an_erased_account_go_with_it(self):
        someone = person()
        binder = binder_holders.binder_start_owned(owner=someone)
        token = binders.binder_share(binder=binder)
        someone.delete()
        assert not Binder.objects.shared_by(token).exists()
        assert not Binder.objects.exists()


class TestLink:
    def test_the_link_is_the_same_until_it_is_closed_and_another_one_after(self):
        binder = started()
        token = binders.binder_share(binder=binder)
        assert len(token) == 22
        assert token.isalnum()
        assert binders.binder_share(binder=binder) == token
        assert Binder.objects.shared_by(token).get() == binder
        binders.binder_unshare(binder=binder)
        assert not Binder.objects.shared_by(token).exists()
        again = binders.binder_share(binder=binder)
        assert again != token
        assert not Binder.objects.shared_by(token).exists()

    def test_the_table_holds_nothing_that_opens_the_link(self):
        binder = started()
        token = binders.binder_share(binder=binder)
        binder.refresh_from_db()
        assert token not in (binder.share_salt, binder.share_digest)
        assert not Binder.objects.shared_by(binder.share_digest).exists()
        assert not Binder.objects.shared_by(binder.share_salt).exists()

    def test_a_change_of_the_server_key_keeps_the_link(self, settings):
        binder = started()
        token = binders.binder_share(binder=binder)
        former = settings.SECRET_KEY
        settings.SECRET_KEY = "une autre clé du serveur, bien assez longue"
        binder.refresh_from_db()
        assert binders.share_token(binder) == ""
        settings.SECRET_KEY_FALLBACKS = [former]
        assert binders.share_token(binder) == token
        assert Binder.objects.shared_by(token).get() == binder

    def test_a_link_ends_with_its_binder(self):
        binder = started()
        token = binders.binder_share(binder=binder)
        Binder.objects.filter(pk=binder.pk).update(expires_at=timezone.now())
        assert not Binder.objects.shared_by(token).exists()

    def test_a_copy_takes_what_is_on_view_and_the_name_of_an_empty_binder(self):
        a, b, c = titled("A", "B", "C")
        source = started(a, b, c)
        source = binders.binder_rename(binder=source, name="Réunion")
        type(b).objects.filter(pk=b.pk).update(status=Status.DRAFT)
        fresh, used = started(), started(c)
        assert binder_holders.binder_copy(source=source, into=fresh) == 2
        assert binder_holders.binder_copy(source=source, into=used) == 1
        assert order(fresh) == [(1, "A"), (2, "C")]
        assert order(used) == [(1, "C"), (2, "A")]
        fresh.refresh_from_db(), used.refresh_from_db()
        assert (fresh.name, used.name) == ("Réunion", DEFAULT_NAME)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_order_at_once_come_one_after_the_other():
    binder = started(*titled(*"ABCDEFGH"))
    items = dict(binder.items.values_list("resource__title", "pk"))
    faults: list[BaseException] = []

    def tab(title: str, move: Move) -> None:
        try:
            for _ in range(5):
                binders.binder_move(binder=binder, item=items[title], move=move)
        except BaseException as error:  # noqa: BLE001
            faults.append(error)
        finally:
            connection.close()

    tabs = [threading.Thread(target=tab, args=a) for a in [("A", Move.DOWN), ("H", Move.UP)]]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert faults == []
    rows = list(BinderItem.objects.filter(binder=binder).order_by("position"))
    assert [row.position for row in rows] == list(range(1, 9))
    assert sorted(row.resource.title for row in rows) == list("ABCDEFGH")
