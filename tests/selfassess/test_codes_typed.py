"""A code as people type it, wrong codes, and what is no longer there."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cops.secrets import random_name
from selfassess.codes import code_make
from selfassess.models import Assessment
from selfassess.services import assessments
from tests.selfassess import making

pytestmark = pytest.mark.django_db
TYPED = "/autoevaluation/code/"
NOON = "2026-11-26T12:00:00+00:00"


@pytest.fixture(autouse=True)
def noon():
    """Limits are counted by the minute: none ends in the middle of a test."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def _known(code: str) -> None:
    made = making.opened()
    digest = assessments.digest(code, purpose=assessments.PURPOSE)
    Assessment.objects.filter(pk=made.assessment.pk).update(code_digest=digest)


@pytest.mark.parametrize(
    "typed",
    [
        "qllq-sbzl-qlsb",
        "  QLLQ  SBZL  QLSB ",
        "qllqsbzlqlsb",
        "0llo-sbz1-o1sb",
        "oIl0 58zL QisB",
        "QLLQ–SBZL—QLSB",
        "q l l q s b z l q l s b",
    ],
)
def test_a_code_opens_however_it_is_typed(client, typed):
    _known("QLLQSBZLQLSB")
    answer = client.post(TYPED, {"code": typed})
    assert answer["Location"] == reverse("selfassess:join", args=["QLLQSBZLQLSB"])


def test_a_code_with_a_letter_that_none_holds_is_wrong_and_stays_in_the_field(client):
    for typed in ("AEUY-AEUY-AEUY", "bcdf", "b" * 60, "<b>bcdf"):
        answer = client.post(TYPED, {"code": typed}, REMOTE_ADDR=f"203.0.{len(typed)}.1")
        assert answer.status_code == 422
        shown = typed.replace("<", "&lt;").replace(">", "&gt;")
        assert f'value="{shown}"' in answer.content.decode()


def _gone(purged: bool) -> str:
    made = making.opened()
    if purged:
        old = timezone.localdate() - assessments.KEPT - timedelta(days=1)
        Assessment.objects.filter(pk=made.assessment.pk).update(visited_on=old)
        assert assessments.assessments_purge(10) == 1
    else:
        assessments.assessment_delete(assessment=made.assessment)
    return made.code


def test_a_deleted_an_expired_and_an_unknown_code_answer_alike():
    """Same status, headers, size and words but for what was typed; and as much work."""
    seen = []
    for rank, code in enumerate((_gone(False), _gone(True), code_make())):
        client = Client(REMOTE_ADDR=f"198.51.{rank}.1")
        client.get(TYPED)  # the cookie of the form is given
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(TYPED, {"code": code})
        headers = {k: v for k, v in answer.headers.items() if k != "X-Request-ID"}
        body = answer.content.decode().replace(code, "·" * 12)
        token = body.index('name="csrfmiddlewaretoken"')
        body = body[:token] + body[body.index(">", token) :]
        work = [query["sql"].split(" WHERE ")[0] for query in asked if "selfassess" in query["sql"]]
        seen.append((answer.status_code, len(answer.content), headers, body, work, len(asked)))
    assert seen[0][0] == 422
    assert "n’ouvre aucune auto-évaluation" in seen[0][3]
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.parametrize("purged", [False, True])
def test_the_links_of_what_is_gone_say_so_and_what_to_do(client, purged):
    code = _gone(purged)
    for name, secret in (("join", []), ("mine", [random_name()]), ("manage", [random_name()]),
                         ("state", [random_name()]), ("answer", [random_name()])):  # fmt: skip
        answer = client.get(reverse(f"selfassess:{name}", args=[code, *secret]))
        assert answer.status_code == 410
        page = answer.content.decode()
        assert "Cette auto-évaluation a été effacée" in page
        assert 'href="/autoevaluation/"' in page
    # Nobody who follows an old link is held back for it.
    fresh = making.opened()
    assert client.get(reverse("selfassess:join", args=[fresh.code])).status_code == 200


def test_a_tampered_link_opens_nothing_and_says_what_to_do(client):
    made, (_, secret), _ = making.turned()
    wrong = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    answer = client.get(reverse("selfassess:mine", args=[made.code, wrong]))
    assert answer.status_code == 404
    assert "Entrer un code" in answer.content.decode()
    for broken in (secret[:-1], secret + "A", secret.lower() + "é", "../" + secret):
        path = reverse("selfassess:join", args=[made.code]) + f"p/{broken}/"
        assert client.get(path).status_code == 404
    unknown = client.get(reverse("selfassess:mine", args=[code_make(), secret]))
    assert unknown.status_code == 404


def test_after_five_wrong_codes_a_minute_even_the_right_one_waits(client, noon):
    """Else the limit would be none: who guesses would know a right code by its answer."""
    made = making.opened()
    for _ in range(5):
        assert client.post(TYPED, {"code": code_make()}).status_code == 422
    for code in (code_make(), made.code):
        answer = client.post(TYPED, {"code": code})
        assert answer.status_code == 429
        assert answer["Retry-After"] == "60"
    # Who scans the QR code was not mistaken, nor who has a place.
    assert client.get(reverse("selfassess:join", args=[made.code])).status_code == 200
    noon.shift(60)
    assert client.post(TYPED, {"code": made.code}).status_code == 302


def test_after_thirty_wrong_codes_an_hour_one_waits_for_the_next(client, noon):
    made = making.opened()
    for _ in range(6):
        for _ in range(5):
            assert client.post(TYPED, {"code": code_make()}).status_code == 422
        noon.shift(60)
    assert client.post(TYPED, {"code": made.code}).status_code == 429
    noon.shift(3600)
    assert client.post(TYPED, {"code": made.code}).status_code == 302


def test_wrong_links_are_counted_apart_and_who_has_a_place_goes_on(client):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    for _ in range(5):
        assert client.get(reverse("selfassess:join", args=[code_make()])).status_code == 404
    for code in (code_make(), made.code):
        assert client.get(reverse("selfassess:join", args=[code])).status_code == 429
    mine = reverse("selfassess:state", args=[made.code, secret])
    assert client.get(mine).status_code == 200
    assert client.post(TYPED, {"code": made.code}).status_code == 302


def test_right_codes_are_not_counted(client):
    made = making.opened()
    for _ in range(40):
        assert client.post(TYPED, {"code": made.code}).status_code == 302
