"""Three failures in a row make a broken link; the table follows what is on view."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from cops import counters
from cops.links import checking
from cops.links.checking import link_check_now, link_excuse, links_check_due
from cops.links.enums import Reason, State
from cops.links.gathering import hrefs, links_gather
from cops.links.models import LinkCheck
from cops.links.tasks import gather
from cops.links.waiting import links_waiting
from resources.enums import Status
from resources.models import ExternalMedia, Reference, ResourceReference
from resources.services.publishing import resource_archive
from tests.resources import factories, lexicon_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch):
    monkeypatch.setattr(checking, "PAUSE_SECONDS", 0.0)


def _row(url: str) -> LinkCheck:
    uses = [{"label": "Fiche, « Titre »", "page": "/ressources/fiche/", "edit": "/pilotage/x/"}]
    return LinkCheck.objects.create(url=url, host="127.0.0.1", uses=uses)


def _state(row: LinkCheck) -> tuple[str, int]:
    row.refresh_from_db()
    return row.state, row.failures


def test_a_link_is_broken_at_the_third_failure_in_a_row_a_day_apart(site):
    row = _row(site.url("changed"))
    now = timezone.now()
    seen = []
    for day in range(4):
        with time_machine.travel(now + timedelta(days=day, hours=day)):
            links_check_due()
            links_check_due()  # nothing is due any more: a second run asks nothing
            seen.append(_state(row))
            assert bool(links_waiting(None)) is (row.state == State.BROKEN)
    assert seen == [("failing", 1), ("failing", 2), ("broken", 3), ("broken", 3)]
    assert (row.reason, row.status) == (Reason.SERVER, 500)
    assert row.failing_since < now + timedelta(hours=1)
    assert len(site.asked) == 6  # HEAD, then GET, three times


def test_one_good_answer_starts_the_count_again(site):
    row = _row(site.url("changed"))
    now = timezone.now()
    for day, status, expected in [
        (0, 500, ("failing", 1)),
        (2, 404, ("failing", 2)),
        (4, 200, ("good", 0)),
        (12, 500, ("failing", 1)),
    ]:
        site.status = status
        with time_machine.travel(now + timedelta(days=day)):
            links_check_due()
        assert _state(row) == expected
    assert row.failing_since > now + timedelta(days=11)


def test_a_good_link_is_asked_once_a_week(site):
    row = _row(site.url("fine"))
    now = timezone.now()
    for day in range(15):
        with time_machine.travel(now + timedelta(days=day, minutes=day)):
            links_check_due()
    assert _state(row) == ("good", 0)
    assert len(site.asked) == 3


def test_a_lasting_move_is_told_with_its_target(site):
    row = _row(site.url("moved"))
    links_check_due()
    assert _state(row) == ("moved", 0)
    assert row.target == site.url("fine")
    assert links_waiting(None) == []


def test_a_private_address_is_broken_at_once():
    row = _row("http://10.0.0.1/")
    links_check_due()
    assert _state(row) == ("broken", 1)


def test_what_somebody_found_good_is_not_to_be_done(site):
    row = _row("http://10.0.0.1/")
    link_check_now(link=row)
    (item,) = links_waiting(None)
    assert (item.label, item.url) == ("http://10.0.0.1/", "/pilotage/x/")
    assert item.detail == "Cette adresse n’est pas sur l’internet public · Fiche, « Titre »"
    link_excuse(link=row)
    assert links_waiting(None) == []
    with time_machine.travel(timezone.now() + timedelta(days=181)):
        assert len(links_waiting(None)) == 1


def test_one_host_does_not_hold_back_another(site):
    for number in range(15):
        _row(site.url(f"200?{number}"))
    other = LinkCheck.objects.create(url="http://10.0.0.9/", host="10.0.0.9", uses=[])
    links_check_due()
    assert [path for _, path, _ in site.asked[:2]] == ["/200?0", "/200?1"]
    assert _state(other)[0] == "broken"
    assert len(site.asked) == checking.PER_HOST
    links_check_due()
    assert len(site.asked) == 15


def test_a_run_that_is_killed_does_not_meet_the_same_link_again(site, monkeypatch):
    row, after = _row(site.url("fine")), _row(site.url("missing"))

    def killed(url):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(checking, "ask", killed)
        with pytest.raises(SystemExit):
            links_check_due()
    links_check_due()
    assert (_state(row)[0], _state(after)[0]) == ("new", "failing")


def test_a_run_ends_in_time(site):
    _row(site.url("fine"))
    assert links_check_due(run_seconds=-1.0) == 0


@pytest.mark.parametrize("change", [{"state": "autre"}, {"reason": "autre"}])
def test_the_database_refuses_what_is_no_state(change):
    _row("https://example.org/")
    with pytest.raises(IntegrityError):
        LinkCheck.objects.update(**change)


# --- what is gathered


def test_the_links_of_what_is_public_are_gathered_with_where_to_correct_them():
    sheet = factories.resource(
        slug="fiche", title="Fiche",
        text='<p><a href="https://a.example/?x=1&amp;y=2">A</a> <a href="mailto:a@b.fr">b</a>'
        '<a href="#l-enjeu">c</a></p>',
    )  # fmt: skip
    factories.section(sheet, "Falc", '<p><a href="/lexique/">mots</a></p>', variant="falc",
                      anchor="falc")  # fmt: skip
    factories.resource(
        status=Status.DRAFT, text='<p><a href="https://brouillon.example/">x</a></p>'
    )
    ExternalMedia.objects.create(
        resource=sheet, title="Film", url="https://film.example/", host_name="X",
        transcript_html='<p><a href="https://transcription.example/">x</a></p>',
    )  # fmt: skip
    shown, unused, defining = (
        Reference.objects.create(key=key, type="article", title=key, url=f"https://{key}.example/")
        for key in ("citee", "oubliee", "definition")
    )
    ResourceReference.objects.create(resource=sheet, reference=shown)
    lexicon_data.term("mot", "mot").sources.add(defining)
    gather()
    found = {row.url: row.uses for row in LinkCheck.objects.all()}
    assert set(found) == {
        "https://a.example/?x=1&y=2", "/ressources/fiche/#l-enjeu", "/lexique/",
        "https://film.example/", "https://transcription.example/", "https://citee.example/",
        "https://definition.example/",
    }  # fmt: skip
    assert found["https://a.example/?x=1&y=2"] == [
        {
            "label": "Fiche, « L’enjeu »",
            "page": "/ressources/fiche/#section-1",
            "edit": "/pilotage/ressources/fiche/texte/standard/section-1/",
        }
    ]
    assert found["/lexique/"][0]["page"] == "/ressources/fiche/falc/#falc"
    assert found["https://citee.example/"][0]["edit"].endswith(f"/{shown.pk}/change/")
    assert unused.url not in found
    resource_archive(resource=sheet)
    assert links_gather() == 1
    assert set(LinkCheck.objects.values_list("url", flat=True)) == {"https://definition.example/"}


def test_gathering_twice_keeps_what_the_checks_found(site):
    sheet = factories.resource(text=f'<p><a href="{site.url("missing")}">x</a></p>')
    gather()
    links_check_due()
    gather()
    assert _state(LinkCheck.objects.get()) == ("failing", 1)
    factories.section(sheet, "Autre", f'<p><a href="{site.url("missing")}">x</a></p>')
    gather()
    assert len(LinkCheck.objects.get().uses) == 2


def test_an_address_without_end_is_left_aside():
    factories.resource(text=f'<p><a href="https://a.example/{"x" * 2_000}">x</a></p>')
    assert links_gather() == 0


def test_links_of_a_text():
    html = (
        '<p><a href="#a">1</a><a href="/b/">2</a><a title="x" href="https://c/?d=1&amp;e">3</a></p>'
    )
    assert list(hrefs(html, page="/p/")) == ["/p/#a", "/b/", "https://c/?d=1&e"]


# --- inside


@pytest.mark.parametrize(
    ("url", "state", "reason"),
    [
        ("/ressources/fiche/", "good", ""),
        ("/ressources/fiche/#section-1", "good", ""),
        ("/ressources/fiche/#nulle-part", "broken", "anchor"),
        ("http://localhost:8000/lexique/", "good", ""),
        ("http://localhost:8000", "good", ""),
        ("/ressources/ancienne/", "moved", ""),
        ("/ressources/brouillon/", "broken", "hidden"),
        ("/nulle-part/", "broken", "hidden"),
        ("/pilotage/", "broken", "hidden"),
        ("/static/css/base.css", "good", ""),
        ("/static/css/nulle.css", "broken", "hidden"),
        ("/ressources/?genre=repere&page=1", "good", ""),
        ("/ressources/?page=9999", "broken", "hidden"),
        ("/sitemap.xml#x", "good", ""),
    ],
)
def test_an_address_of_the_portal_is_looked_up_with_its_anchor(url, state, reason):
    from resources.models import ResourceRedirect

    sheet = factories.resource(slug="fiche")
    factories.resource(slug="brouillon", status=Status.DRAFT, version=0)
    ResourceRedirect.objects.create(slug="ancienne", resource=sheet)
    row = LinkCheck.objects.create(url=url)
    links_check_due()
    row.refresh_from_db()
    assert (row.state, row.reason) == (state, reason)


def test_looking_up_a_sheet_is_no_visit():
    counters.flush()
    factories.resource(slug="fiche")
    LinkCheck.objects.create(url="/ressources/fiche/")
    links_check_due()
    from cops.counters.memory import _memory

    assert not any(kind == "resource.view" for kind, *_ in _memory.counts)
