"""« Gardez ce lien »: the same page for a participant's link and for the opener's."""

from __future__ import annotations

import html
import re

import pytest
import time_machine
from django.urls import reverse

from cops.accounts.enums import Role
from cops.formats import NBSP
from cops.mail.models import Message
from cops.mail.sending import outbox_send
from cops.pdf import qr_svg
from selfassess.enums import Mode
from selfassess.services.kept import place_keep
from tests.accounts.people import person, sign_in
from tests.mail.conftest import sink  # noqa: F401
from tests.mail.sink import Sink
from tests.selfassess import making
from tests.selfassess.making import PARTNER, here

pytestmark = pytest.mark.django_db
START = "2026-11-26T12:00:00+00:00"


@pytest.fixture
def made():
    with time_machine.travel(START, tick=False):
        return making.opened(Mode.PAIR)


def _of_opener(made, name: str = "keep_manager") -> str:
    return reverse(f"selfassess:{name}", args=[made.code, made.manager])


def _words(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page)).replace(NBSP, " ")


def test_the_opener_s_page_leads_to_it_and_prints_no_link_itself(client, made):
    page = client.get(_of_opener(made, "manage")).content.decode()
    assert f'href="{_of_opener(made)}"' in page
    assert f"http://testserver{_of_opener(made, 'manage')}" not in page


def test_the_opener_s_link_is_shown_with_its_own_qr_code(client, made):
    page = client.get(_of_opener(made)).content.decode()
    link = f"http://testserver{_of_opener(made, 'manage')}"
    assert f'<p class="link-said">{link}</p>' in page
    assert str(qr_svg(link, title="Code QR du lien")) in page
    invitation = f"http://testserver{reverse('selfassess:join', args=[made.code])}"
    assert str(qr_svg(invitation, title="Code QR du lien")) not in page


def test_what_is_printed_names_the_grid_the_role_or_the_manager_and_the_day(client, made):
    _, secret = making.joined(made.assessment, PARTNER)
    instrument = made.assessment.instrument
    title = made.assessment.title.replace(NBSP, " ")
    role = instrument.members[PARTNER].label
    day = "Ouverte le 26 novembre 2026"
    for address, who in ((_of_opener(made), "Gestion"), (here("keep", made, secret), role)):
        assert f"{title} · {who} · {day}" in _words(client.get(address).content.decode())


def test_the_opener_sends_it_to_themself_and_nothing_of_it_stays(client, made, sink: Sink):  # noqa: F811
    told = client.post(_of_opener(made), {"email": "jeanne@exemple.fr"})
    assert "Votre adresse n’est pas gardée" in told.content.decode()
    for word in ("jeanne", made.manager, made.code):
        assert word not in Message.objects.get().dedupe_key
    assert outbox_send() == 1
    assert sink.to == ["jeanne@exemple.fr"]
    text = sink.mails[0].get_body(("plain",)).get_content()
    assert _of_opener(made, "manage") in text
    assert "gérer votre auto-évaluation" in text
    assert "voir et modifier vos réponses" not in text
    assert not Message.objects.exists()


def test_a_wrong_address_is_said_and_nothing_leaves(client, made):
    assert client.post(_of_opener(made), {"email": "jeanne"}).status_code == 422
    assert not Message.objects.exists()


def test_the_opener_s_link_is_sent_five_times_an_hour_at_most(client, made):
    with time_machine.travel(START, tick=False):
        sent = [
            client.post(_of_opener(made), {"email": f"a{n}@exemple.fr"}).status_code
            for n in range(6)
        ]
    assert sent == [200] * 5 + [429]


def test_the_opener_keeps_it_in_an_account_from_there(client, made):
    page = client.get(_of_opener(made)).content.decode()
    assert f'action="{_of_opener(made, "keep_opener")}"' in page


def test_the_account_knows_no_link_to_keep(client, made):
    owner = person(Role.MEMBER)
    kept = place_keep(owner=owner, assessment=made.assessment)
    sign_in(client, owner)
    address = reverse("selfassess:keep_manager", args=["moi", kept.public_id])
    assert client.get(address)["Location"] == reverse("selfassess:kept")


def test_a_participant_s_link_opens_nothing_of_the_opener_s(client, made):
    _, secret = making.joined(made.assessment)
    address = reverse("selfassess:keep_manager", args=[made.code, secret])
    assert client.get(address).status_code == 404


def test_the_page_says_that_the_wheels_are_turned_over_and_then_asks_no_more(client, made):
    _, secret = making.sent(made.assessment, PARTNER)
    pages = {here("keep", made, secret): here("mine", made, secret),
             _of_opener(made): _of_opener(made, "manage")}  # fmt: skip
    for page in pages:
        shown = client.get(page).content.decode()
        assert 'data-follow="#tournees"' in shown
        assert "data-over" not in shown
        assert "Les roues sont retournées" not in shown
    making.sent(made.assessment)
    for page, back in pages.items():
        shown = client.get(page).content.decode()
        assert "data-over" in shown
        assert f'<a href="{back}">voir</a>' in shown


def test_alone_the_page_follows_nothing(client):
    alone = making.opened(Mode.ALONE)
    _, secret = making.sent(alone.assessment, PARTNER)
    shown = client.get(here("keep", alone, secret)).content.decode()
    assert "data-follow" not in shown
    assert "Les roues sont retournées" not in shown
