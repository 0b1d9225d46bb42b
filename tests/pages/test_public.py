"""The pages that anybody reads: whole, named, without a cookie."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cops.pages.models import Organisation
from cops.search import EntryDraft, entries_replace
from cops.search.registry import register_kind
from tests.pages.outline import Outline

pytestmark = pytest.mark.django_db

NAMES = ["home", "contact", "cops", "legal", "privacy", "accessibility", "sitemap", "components"]


def _outline(client, name):
    response = client.get(reverse(f"pages:{name}"))
    assert response.status_code == 200
    return Outline(response.content.decode())


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_named_and_has_its_landmarks(client, name):
    page = _outline(client, name)
    assert re.fullmatch(r"\S.* — COPS", page.title)
    assert [page.count(tag) for tag in ("h1", "main", "header")] == [1, 1, 1]
    assert page.levels()[0] == 1
    ids = page.ids()
    assert len(ids) == len(set(ids))
    assert {"contenu", "menu", "recherche", "pied-de-page"} <= set(ids)


@pytest.mark.parametrize("name", NAMES)
def test_no_heading_level_is_skipped(client, name):
    levels = _outline(client, name).levels()
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_sets_no_cookie_and_holds_no_style_nor_script(client, name):
    response = client.get(reverse(f"pages:{name}"))
    html = response.content.decode()
    assert not response.cookies
    assert "style=" not in html
    assert "<style" not in html
    assert re.findall(r"<script(?![^>]* src=)", html) == []


@pytest.mark.parametrize("name", [n for n in NAMES if n != "components"])
def test_every_link_inside_the_site_leads_somewhere(client, name):
    for link in set(_outline(client, name).links):
        if link.startswith("/"):
            # Followed: « Mes données » asks who one is first.
            assert client.get(link, follow=True).status_code == 200, link


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_few_questions_to_the_database(client, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(reverse(f"pages:{name}"))


def test_the_page_one_is_on_is_marked_in_menu_and_breadcrumb(client):
    html = client.get(reverse("pages:cops")).content.decode()
    assert html.count('aria-current="page"') == 2
    assert f'<link rel="canonical" href="{settings.SITE_ORIGIN}/le-cops/">' in html


def test_components_exist_in_the_demonstration_only(client, settings):
    settings.DEMONSTRATION = False
    assert client.get(reverse("pages:components")).status_code == 404
    assert reverse("pages:components") not in client.get("/").content.decode()


LINES = {
    "phone": "05 00 00 00 00",
    "hours": "du lundi au jeudi, de 9 h à 17 h",
    "address": "1, rue de l’Exemple, 34000 Montpellier",
}


@pytest.mark.parametrize("line", LINES)
def test_a_contact_line_shows_when_it_has_a_value(client, settings, line):
    settings.SITE = {**settings.SITE, line: LINES[line]}
    assert client.get(reverse("pages:contact")).content.decode().count(LINES[line]) >= 2


def test_contact_lines_without_value_are_absent(client, settings):
    settings.SITE = {**settings.SITE, "email": "", "phone": "", "hours": "", "address": ""}
    html = client.get(reverse("pages:contact")).content.decode()
    for words in ("Nous joindre", "mailto:", "tel:", "Par téléphone", "Horaires", "Par courrier"):
        assert words not in html


LEGAL = {
    "director": ("Camille Exemple", "qui dirige la publication"),
    "address": ("1, rue de l’Exemple, 34000 Montpellier", "l’adresse de qui publie"),
    "host": ("Hébergeur Exemple, 31000 Toulouse", "qui héberge le site"),
}


def _legal(client, number):
    # Another query each time: the page is kept in memory.
    html = client.get(f"/mentions-legales/?x={number}").content.decode()
    return html.split("</main>")[0]


def test_the_legal_page_names_who_publishes_who_directs_and_who_hosts(client, settings):
    settings.SITE = {**settings.SITE, **{name: words[0] for name, words in LEGAL.items()}}
    html = _legal(client, 1)
    for shown, awaited in LEGAL.values():
        assert shown in html
        assert awaited not in html


def test_what_the_legal_page_does_not_know_yet_is_said(client, settings):
    for demonstration, words in ((True, "une démonstration"), (False, "bientôt complète")):
        settings.DEMONSTRATION = demonstration
        html = _legal(client, f"2{demonstration}")
        assert words in html
        for _, awaited in LEGAL.values():
            assert f"<li>{awaited}</li>" in html


def _draft(number, **values):
    values = {"visible_from": None, "visible_until": None, "kind": "agir"} | values
    return EntryDraft(
        source=f"tests.news:{number}",
        key=values.pop("key", ""),
        title=f"Fiche {number}",
        summary="Un résumé.",
        body="",
        url=f"/ressources/fiche-{number}/",
        topics=[],
        departments=[],
        date=timezone.localdate() + timezone.timedelta(days=number),
        **values,
    )


def _news(*drafts):
    register_kind("agir", "Fiche « Agir ! »")
    for draft in drafts:
        entries_replace(draft.source, [draft])
    from cops.pages.news import latest

    return [item.title for item in latest()]


def test_news_are_the_last_three_documents(db):
    assert _news(*(_draft(n) for n in range(5))) == ["Fiche 4", "Fiche 3", "Fiche 2"]


def test_news_hold_no_word_no_section_and_nothing_hidden(db):
    now, hour = timezone.now(), timezone.timedelta(hours=1)
    titles = _news(
        _draft(1),
        _draft(2, kind="terme"),
        _draft(3, visible_from=now + hour),
        _draft(4, visible_from=now - 2 * hour, visible_until=now - hour),
    )
    assert titles == ["Fiche 1"]


def test_home_without_news_says_so(client):
    assert "Les premières fiches arrivent" in client.get("/").content.decode()


def test_what_is_not_built_is_announced_without_a_link(client):
    html = client.get("/").content.decode()
    announced = re.findall(r'<li class="soon">(.*?)</li>', html)
    assert len(announced) == 3
    assert all("Bientôt" in line and "<a" not in line for line in announced)


def test_an_archived_organisation_is_not_shown(client):
    Organisation.objects.create(
        slug="cops", title="Nom retiré", summary="…", archived_at=timezone.now()
    )
    assert "Nom retiré" not in client.get(reverse("pages:cops")).content.decode()
