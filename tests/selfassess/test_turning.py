"""Before the wheels are turned over, nothing that anybody may ask for tells of another's answers.

The same assessment, with the same secrets and at the same moment, is made again with other
answers of the others: each answer of the site, to each person and each address, must then be
the same octet for octet, headers and length included; so must the mails, and the PDFs. The
addresses are those of selfassess.urls: one that is not asked for here fails a test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve, reverse

from cops import pagecache
from cops.mail.models import Message
from cops.secrets import digest
from selfassess.codes import PURPOSE
from selfassess.enums import Mode
from selfassess.models import Assessment, KeptPlace, Participant
from selfassess.services import assessments
from selfassess.services.answers import answers_save, answers_send
from selfassess.services.kept import place_keep
from tests.accounts.people import person, sign_in
from tests.selfassess import making
from tests.selfassess.making import CODE, MANAGER, MEMBER, PARTNER, PRO

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOON = "2026-11-26T12:00:00+00:00"
SLUG = "soins-cliniques-et-educatifs"
KEPT = {"mine": "k" * 22, "opener": "o" * 22}

# What the others answered; a whole wheel, or the beginning of one, or notes.
Given = tuple[dict[str, int | None], dict[str, str]]
WHOLE: list[Given] = [
    (dict.fromkeys(making.CODES, 0), {}),
    (dict.fromkeys(making.CODES, 4), {"CE1": "Je n’en peux plus" * 20}),
    (dict.fromkeys(making.CODES), {}),
    ({code: rank % 5 for rank, code in enumerate(making.CODES)}, {"CM3": "x"}),
]
BEGUN: list[Given] = [({}, {}), ({"CE1": 4}, {}), *WHOLE[:1]]


def _pair_other_has_sent(given: Given) -> Participant:
    return _two(given, mine=False, sent=True)


def _pair_i_have_sent(given: Given) -> Participant:
    return _two(given, mine=True, sent=False)


def _pair_i_wait_for_a_month(given: Given) -> Participant:
    me = _two(given, mine=True, sent=False)
    me.submitted_at -= timedelta(days=31)
    me.save()
    return me


def _screen_handed_over(given: Given) -> Participant:
    return _two(given, mine=False, sent=True, mode=Mode.DEVICE)


def _group_others_have_sent(given: Given) -> Participant:
    return _many(given, mine=False)


def _group_all_have_sent(given: Given) -> Participant:
    return _many(given, mine=True)


def _two(given: Given, *, mine: bool, sent: bool, mode: str = Mode.PAIR) -> Participant:
    made = making.opened(mode)
    other, _ = making.joined(made.assessment, PARTNER, "Ana")
    me, _ = making.joined(made.assessment, PRO, "Bea")
    _answer(other, given, sent=sent)
    return making.filled(me) if mine else me


def _many(given: Given, *, mine: bool) -> Participant:
    made = making.opened(Mode.GROUP)
    for role in (PRO, PRO, PRO, PARTNER):
        _answer(making.joined(made.assessment, role)[0], given, sent=True)
    me, _ = making.joined(made.assessment, PARTNER)
    return making.filled(me) if mine else me


def _answer(other: Participant, given: Given, *, sent: bool) -> None:
    scores, notes = given
    answers_save(participant=other, scores=scores, notes=notes)
    if sent:
        answers_send(participant=other)


STATES: dict[str, tuple[Callable[[Given], Participant], list[Given]]] = {
    "pair, the other has sent": (_pair_other_has_sent, WHOLE),
    "pair, I have sent": (_pair_i_have_sent, BEGUN),
    "pair, I have waited for a month": (_pair_i_wait_for_a_month, BEGUN),
    "one screen, handed over": (_screen_handed_over, WHOLE[1:]),
    "group, the others have sent": (_group_others_have_sent, WHOLE[:2]),
    "group, all have sent": (_group_all_have_sent, WHOLE[2:]),
}


@pytest.fixture
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("state", STATES)
def test_no_answer_of_the_site_depends_on_what_the_others_answered(state):
    make, answers = STATES[state]
    owner = person("member", email="membre@exemple.invalid")
    team = person("team", email="equipe@exemple.invalid")
    seen = []
    for given in answers:
        me = make(given)
        _same_secrets(me, owner)
        members = {"outsider": Client(), "member": Client(), "team": Client()}
        sign_in(members["member"], owner)
        sign_in(members["team"], team)
        seen.append(_everything(me, members))
        Message.objects.all().delete()
        Assessment.objects.all().delete()
        cache.clear()
        pagecache.clear()
    first, *others = seen
    for other in others:
        different = [key for key in first if first[key] != other[key]]
        assert different == []
        assert list(first) == list(other)


def _same_secrets(me: Participant, owner: Any) -> None:
    """As the names drawn at random were the same each time, and the rows had the same age."""
    assessment = me.assessment
    Assessment.objects.filter(pk=assessment.pk).update(
        code_digest=digest(CODE, purpose=PURPOSE),
        manager_digest=digest(MANAGER, purpose=assessments.MANAGER),
    )
    Participant.objects.filter(pk=me.pk).update(
        digest=digest(MEMBER, purpose=assessments.PARTICIPANT)
    )
    for name, place in (("mine", me), ("opener", None)):
        kept = place_keep(owner=owner, assessment=assessment, participant=place)
        KeptPlace.objects.filter(pk=kept.pk).update(public_id=KEPT[name])


def _everything(me: Participant, members: dict[str, Client]) -> dict[str, Any]:
    """What each person is answered at each address, by each method, in an order that ends with
    what changes the assessment."""
    found: dict[str, Any] = {}
    assert list(ADDRESSES)[-len(LAST) :] == LAST
    for name, addresses in ADDRESSES.items():
        for address in addresses:
            # Whoever holds a link may use it; an account leads to its own doors, the team's page
            # is the team's.
            for who, client in members.items():
                if who != "outsider" and not address.startswith(DOORS[who]):
                    continue
                for how, answer in _ask(client, name, address, me):
                    found[f"{who} {how} {address}"] = _faceless(answer)
    found["mails"] = list(Message.objects.order_by("pk").values_list("to", "subject", "text"))
    assert found["mails"]
    return found


def _ask(
    client: Client, name: str, address: str, me: Participant
) -> Iterator[tuple[str, HttpResponseBase]]:
    yield "GET", client.get(address)
    for etag in ('"2"', '"3"', '"6"', '"7"'):
        if name in {"state", "manage_state"}:
            yield f"GET {etag}", client.get(address, headers={"If-None-Match": etag})
    # What turns over or erases all is asked for once, by the last of them, and never while it
    # would turn over: then everybody's answers are to be seen.
    if name in NEVER or (name in ENDS and me.assessment.mode == Mode.GROUP):
        return
    yield "POST", client.post(address, POSTED.get(name, {}))


def _both(part: str, jeton: str, kept: str, tail: str = "") -> list[str]:
    return [f"/autoevaluation/e/{CODE}/{part}/{jeton}/{tail}",
            f"/autoevaluation/moi/{part}/{kept}/{tail}"]  # fmt: skip


def _mine(tail: str = "") -> list[str]:
    return _both("p", MEMBER, KEPT["mine"], tail)


def _opener(tail: str = "") -> list[str]:
    return _both("g", MANAGER, KEPT["opener"], tail)


ADDRESSES: dict[str, list[str]] = {
    "home": ["/autoevaluation/"],
    "grid": [f"/autoevaluation/{SLUG}/"],
    "grid_paper": [f"/autoevaluation/{SLUG}/partenaire.pdf"],
    "open": [f"/autoevaluation/{SLUG}/commencer/"],
    "code": ["/autoevaluation/code/"],
    "join": [f"/autoevaluation/e/{CODE}/"],
    "mine": _mine(),
    "answer": [*_mine("repondre/"), *_mine("repondre/?axe=tout")],
    "review": _mine("relire/"),
    "state": _mine("etat/"),
    "keep": _mine("lien/"),
    "keep_mine": _mine("compte/"),
    "share": _mine("region/"),
    "together": [*_mine("ensemble/"), *_mine("ensemble/?n=12")],
    "decisions": _mine("decisions/"),
    "joint": _mine("commun/"),
    "tick": _mine("commun/1/"),
    "remind": _mine("rappel/"),
    "again": _mine("encore/"),
    "paper": [one for name in ("ma-roue", "resultat", "commun", "autre")
              for one in _mine(f"{name}.pdf")],
    "manage": _opener(),
    "manage_state": _opener("etat/"),
    "facilitate": [*_opener("animation/"), *_opener("animation/?n=1")],
    "keep_manager": _opener("lien/"),
    "keep_opener": _opener("compte/"),
    "kept": ["/compte/auto-evaluations/"],
    "keep_waiting": ["/compte/auto-evaluations/garder/"],
    "kept_remove": [f"/compte/auto-evaluations/{KEPT['mine']}/retirer/"],
    "team": ["/pilotage/autoevaluation/", f"/pilotage/autoevaluation/?grille={SLUG}"],
    "admit": _opener("rouvrir/"),
    "reopen": _mine("reprendre/"),
    "close": _opener("fermer/"),
    "reveal": _opener("retourner/"),
    "erase": _mine("effacer/"),
    "delete": _opener("effacer/"),
}  # fmt: skip
DOORS = {
    "member": ("/autoevaluation/moi/", "/compte/"),
    "team": ("/pilotage/", f"/autoevaluation/e/{CODE}/g/"),
}
POSTED: dict[str, dict[str, str]] = {
    "code": {"code": CODE},
    "join": {"role": PARTNER, "jeton": "j" * 22},
    "answer": {"CE1": "9"},
    "keep": {"email": "a@exemple.invalid"},
    "keep_manager": {"email": "a@exemple.invalid"},
    "share": {"shares": "on"},
    "together": {"value": "3"},
    "remind": {"email": "a@exemple.invalid"},
}
# Sent twice by three people these would leave nothing to compare: their own tests are elsewhere.
NEVER = {"open", "review", "kept_remove", "keep_mine", "keep_opener", "join"}
ENDS = {"reveal", "close"}
LAST = ["reopen", "close", "reveal", "erase", "delete"]


def test_every_address_of_the_self_assessment_is_asked_for():
    reverse("selfassess:home")  # the converters of the addresses are known from then on
    from selfassess.urls import urlpatterns

    assert {name for name, addresses in ADDRESSES.items() if addresses} == {
        pattern.name for pattern in urlpatterns
    }
    for name, addresses in ADDRESSES.items():
        assert {resolve(address.partition("?")[0]).url_name for address in addresses} == {name}


def _faceless(answer: HttpResponseBase) -> tuple[Any, ...]:
    """All that is answered, without the tokens that are drawn anew for each answer."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    length = len(body)
    body = re.sub(rb'name="(csrfmiddlewaretoken|jeton)" value="\w+"', b"", body)
    headers = {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}
    cookies = sorted(answer.cookies)  # type: ignore[attr-defined]
    return answer.status_code, length, headers, cookies, body
