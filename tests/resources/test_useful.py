"""« Cette fiche vous a-t-elle été utile ? »: one press, without account and without token."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from cops import counters
from cops.counters.models import DailyCount
from resources.enums import Status, Useful
from resources.models import Remark
from resources.services.feedback import remark_add, remarks_read
from resources.views.feedback import VOTED
from tests.resources import factories

pytestmark = pytest.mark.django_db

HERE = {"Sec-Fetch-Site": "same-origin"}
VOTE, WORDS, PAGE = ("/ressources/fiche/avis/" + rest for rest in ("reponse/", "mots/", ""))


@pytest.fixture
def sheet():
    counters.flush()
    DailyCount.objects.all().delete()
    return factories.resource(slug="fiche", title="Fiche d’essai")


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True, headers=HERE)


def _counts() -> dict[str, int]:
    counters.flush()
    rows = DailyCount.objects.filter(kind__startswith="resource.useful.", key="fiche")
    return dict(rows.values_list("kind", "count"))


@pytest.mark.parametrize("given", Useful.values)
def test_an_answer_is_counted_for_the_day_and_thanked(visitor, sheet, given):
    response = visitor.post(VOTE, {"avis": given})
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}?recu={given}")
    assert _counts() == {f"resource.useful.{Useful(given).name.lower()}": 1}
    page = visitor.get(response["Location"])
    assert "Votre réponse est comptée" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert 'href="/ressources/fiche/"' in page.content.decode()


@pytest.mark.parametrize("path", ["/ressources/fiche/", "/ressources/fiche/falc/", PAGE])
def test_the_question_is_on_the_page_and_sets_no_cookie(visitor, sheet, path):
    factories.falc(sheet)
    response = visitor.get(path)
    assert f'action="{VOTE}"' in response.content.decode()
    assert response.cookies == {}
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_the_page_with_the_question_is_still_kept_in_memory(visitor, sheet):
    visitor.get("/ressources/fiche/")
    assert visitor.get("/ressources/fiche/").has_header("ETag")


@pytest.mark.parametrize("state", [{"status": Status.DRAFT}, {"withdrawn_at": 1}])
def test_what_is_not_public_asks_nothing_and_takes_nothing(visitor, state):
    if "withdrawn_at" in state:
        state = {"withdrawn_at": timezone.now() - timedelta(hours=1)}
    factories.resource(slug="fiche", **state)
    assert visitor.post(VOTE, {"avis": "oui"}).status_code == 404
    assert visitor.post(WORDS, {"avis": "oui", "mots": "x"}).status_code == 404
    team = Client()
    team.force_login(factories.team_member())
    assert VOTE not in team.get("/ressources/fiche/").content.decode()


def test_a_second_press_of_the_same_browser_changes_nothing(visitor, sheet):
    for given in ("oui", "non", "oui"):
        assert visitor.post(VOTE, {"avis": given}).status_code == 303
    assert _counts() == {"resource.useful.yes": 1}
    cookie = visitor.cookies[VOTED]
    assert (cookie.value, cookie["path"], cookie["max-age"]) == ("1", PAGE, 86_400)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_two_people_of_one_hospital_are_two(sheet):
    for _ in range(2):
        Client(headers=HERE).post(VOTE, {"avis": "oui"})
    assert _counts() == {"resource.useful.yes": 2}


def test_a_flood_from_one_network_stops_at_the_limit(sheet):
    statuses = [Client(headers=HERE).post(VOTE, {"avis": "non"}).status_code for _ in range(62)]
    assert statuses == [303] * 60 + [429] * 2
    assert _counts() == {"resource.useful.no": 60}
    cache.clear()


@pytest.mark.parametrize("path", [VOTE, WORDS])
def test_another_site_is_refused(sheet, path):
    foreign = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.post(path, {"avis": "oui", "mots": "x"}).status_code == 403
    assert Client().post(path, {"avis": "oui", "mots": "x"}).status_code == 403
    assert (_counts(), Remark.objects.count()) == ({}, 0)


@pytest.mark.parametrize("given", ["", "peut-etre", "oui" * 500, "\0", "OUI"])
def test_an_answer_that_is_none_is_asked_again(visitor, sheet, given):
    response = visitor.post(VOTE, {"avis": given})
    assert response.status_code == 422
    assert "Choisissez l’une des trois réponses" in response.content.decode()
    assert visitor.post(WORDS, {"avis": given, "mots": "x"}).status_code == 422
    assert visitor.get(PAGE, {"recu": given}).status_code == 200
    assert (_counts(), Remark.objects.count()) == ({}, 0)


def test_a_robot_is_thanked_and_counts_for_nothing(visitor, sheet):
    assert visitor.post(VOTE, {"avis": "oui", "site-web": "pub"}).status_code == 303
    sent = visitor.post(WORDS, {"avis": "oui", "mots": "pub", "site-web": "http://pub"})
    assert sent["Location"] == f"{PAGE}?recu=merci"
    assert (_counts(), Remark.objects.count()) == ({}, 0)


# --- the words


def test_words_are_kept_with_the_day_and_nothing_else(visitor, sheet):
    response = visitor.post(
        WORDS, {"avis": "en-partie", "mots": " Clair,\r\nmais\u202e long.\x07 "}
    )
    assert response["Location"] == f"{PAGE}?recu=merci"
    assert "C’est noté" in visitor.get(response["Location"]).content.decode()
    kept = Remark.objects.values("resource_id", "useful", "text", "received_on", "read_on").get()
    assert kept == {
        "resource_id": sheet.pk,
        "useful": "en-partie",
        "text": "Clair,\nmais long.",
        "received_on": timezone.localdate(),
        "read_on": None,
    }
    assert _counts() == {}


def test_words_asked_for_are_warned_of_health(visitor, sheet):
    page = visitor.get(PAGE, {"recu": "non"}).content.decode()
    assert "ni données de santé" in page
    assert "600 signes au plus" in page


def test_ten_thousand_characters_come_back_whole_with_the_reason(visitor, sheet):
    text = "é" * 10_000
    response = visitor.post(WORDS, {"avis": "oui", "mots": text})
    assert response.status_code == 422
    body = response.content.decode()
    assert text in body
    assert "Votre texte a 10000 signes" in body
    assert "<title>Erreur — " in body
    assert Remark.objects.count() == 0


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u200f"])
def test_no_word_is_thanked_and_nothing_is_kept(visitor, sheet, text):
    response = visitor.post(WORDS, {"avis": "oui", "mots": text})
    assert response["Location"] == f"{PAGE}?recu=merci"
    assert Remark.objects.count() == 0


def test_a_nul_is_a_refusal_not_a_failure(visitor, sheet):
    assert visitor.post(WORDS, {"avis": "oui", "mots": "a\0b"}).status_code in {303, 422}


def test_words_in_html_are_shown_as_they_were_typed(visitor, sheet):
    text = "<script>alert(1)</script>" + "x" * 600
    body = visitor.post(WORDS, {"avis": "oui", "mots": text}).content.decode()
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_the_same_words_twice_are_kept_once(visitor, sheet):
    for _ in range(2):
        visitor.post(WORDS, {"avis": "oui", "mots": "Merci"})
    assert Remark.objects.count() == 1
    remark = Remark.objects.get()
    with pytest.raises(IntegrityError):
        Remark.objects.create(
            resource=sheet, useful="oui", text="Merci", received_on=remark.received_on
        )


def test_too_many_words_from_one_network_are_kept_on_the_page(visitor, sheet):
    for number in range(20):
        visitor.post(WORDS, {"avis": "oui", "mots": f"Avis {number}"})
    response = visitor.post(WORDS, {"avis": "oui", "mots": "Un de trop"})
    assert response.status_code == 429
    assert "Un de trop" in response.content.decode()
    assert int(response["Retry-After"]) > 0
    assert Remark.objects.count() == 20
    cache.clear()


def test_a_former_address_leads_to_the_present_one(visitor, sheet):
    from resources.services.publishing import resource_change_slug

    resource_change_slug(resource=sheet, slug="fiche-nouvelle")
    response = visitor.get(PAGE, {"recu": "oui"})
    assert response.status_code == 301
    assert response["Location"] == "/ressources/fiche-nouvelle/avis/?recu=oui"


# --- the life of a remark


def test_a_remark_is_kept_six_months(sheet):
    from cops.privacy.registry import declaration_of

    kept = declaration_of("resources.Remark").retention
    assert (kept.days, kept.since) == (180, "received_on")


def test_a_remark_is_marked_read_once(sheet):
    remark_add(resource=sheet, useful=Useful.NO, text="Trop long")
    pks = list(Remark.objects.values_list("pk", flat=True))
    assert [remarks_read(remarks=pks), remarks_read(remarks=pks)] == [1, 0]


@pytest.mark.parametrize("change", [{"useful": "autre"}, {"text": ""}])
def test_the_database_refuses_what_is_no_remark(sheet, change):
    remark_add(resource=sheet, useful=Useful.NO, text="Trop long")
    with pytest.raises(IntegrityError):
        Remark.objects.update(**change)
