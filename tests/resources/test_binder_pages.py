"""« Mon classeur » as visitors meet it: buttons, cookie, page, link, what is refused."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from cops.privacy.departures import departure_ask, departure_cancel
from cops.secrets import digest
from resources.enums import Status
from resources.models import Binder, Resource
from resources.models.binders import COOKIE_PURPOSE, ITEMS_AT_MOST
from resources.services import binder_holders, binders
from tests.accounts.people import person, sign_in
from tests.resources import factories

pytestmark = pytest.mark.django_db

HERE = {"sec-fetch-site": "same-origin", "host": "localhost"}
COOKIE = settings.BINDER_COOKIE_NAME


@pytest.fixture
def visitor() -> Client:
    return Client(headers=HERE)


def add(client: Client, sheet: Resource, **headers: str):
    return client.post("/classeur/ajouter/", {"fiche": sheet.slug}, headers=headers or None)


def page(client: Client, answer) -> str:
    """What the page that an answer leads to says."""
    assert answer.status_code == 302, answer.status_code
    return client.get(answer["Location"]).content.decode()


def held(client: Client) -> Binder:
    return Binder.objects.held_by(None, client.cookies[COOKIE].value).get()


def titles(client: Client) -> list[str]:
    return [row.resource.title for row in held(client).items.select_related("resource")]


def line(client: Client, sheet: Resource) -> dict[str, object]:
    return {"ligne": held(client).items.get(resource=sheet).pk}


class TestAdding:
    def test_the_first_sheet_sets_the_cookie_and_nothing_else(self, visitor):
        sheet = factories.resource()
        answer = add(visitor, sheet)
        assert set(answer.cookies) == {COOKIE}
        cookie = answer.cookies[COOKIE]
        assert (cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
            90 * 86_400, True, "Lax", "/",
        )  # fmt: skip
        assert held(visitor).key_digest == digest(cookie.value, purpose=COOKIE_PURPOSE)
        assert "est dans votre classeur" in page(visitor, answer)

    def test_in_production_the_cookie_is_bound_to_the_host_and_to_https(self, settings, visitor):
        settings.BINDER_COOKIE_NAME, settings.BINDER_COOKIE_SECURE = "__Host-classeur", True
        cookie = add(visitor, factories.resource()).cookies["__Host-classeur"]
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")

    def test_looking_sets_no_cookie_and_writes_nothing(self, visitor):
        for address in ("/classeur/", "/classeur/etat/", "/classeur/?fait=ajoutee&fiche=3"):
            answer = visitor.get(address)
            assert (answer.status_code, answer.cookies.output()) == (200, "")
        assert not Binder.objects.exists()

    def test_a_visitor_with_a_binder_still_gets_kept_pages(
        self, visitor, django_assert_num_queries
    ):
        sheet = factories.resource()
        add(visitor, sheet)
        first = visitor.get(sheet.get_absolute_url())
        assert first.cookies.output() == ""
        with django_assert_num_queries(1):  # the version of the contents
            again = visitor.get(sheet.get_absolute_url())
        with django_assert_num_queries(1):
            anyone = Client(headers=HERE).get(sheet.get_absolute_url())
        assert again.content == first.content == anyone.content

    def test_a_sheet_added_twice_is_there_once_and_it_is_said(self, visitor):
        sheet = factories.resource(title="Agir")
        add(visitor, sheet)
        assert "est déjà dans votre classeur" in page(visitor, add(visitor, sheet))
        assert titles(visitor) == ["Agir"]

    def test_the_way_back_is_the_page_of_the_button(self, visitor):
        sheet = factories.resource()
        said = page(visitor, add(visitor, sheet, referer="http://localhost/ressources/?theme=etp"))
        assert '<a href="/ressources/?theme=etp">Revenir' in said

    @pytest.mark.parametrize(
        "place", ["https://ailleurs.example/", "//ailleurs.example/", "http://[", "javascript:1"]
    )
    def test_there_is_no_way_back_to_elsewhere(self, visitor, place):
        sheet = factories.resource()
        answer = add(visitor, sheet, referer=place)
        assert "retour" not in parse_qs(urlsplit(answer["Location"]).query)
        said = visitor.get("/classeur/", {"fait": "plein", "retour": place}).content.decode()
        assert "Revenir" not in said

    @pytest.mark.parametrize("slug", ["nulle", "", "x" * 5_000, "é\x00'", "../admin"])
    def test_what_is_no_sheet_is_not_added_and_starts_nothing(self, visitor, slug):
        answer = visitor.post("/classeur/ajouter/", {"fiche": slug})
        assert "n’est pas dans la bibliothèque" in page(visitor, answer)
        assert not Binder.objects.exists()

    def test_a_draft_is_not_added_not_even_by_the_team(self):
        sheet = factories.resource(status=Status.DRAFT)
        client = Client(headers=HERE)
        sign_in(client, person("team"))
        assert "n’est pas dans la bibliothèque" in page(client, add(client, sheet))

    def test_a_page_with_javascript_is_answered_in_json(self, visitor):
        sheet = factories.resource(title="Agir")
        json = {"accept": "application/json"}
        assert add(visitor, sheet, **json).json() == {
            "state": "ajoutee", "title": "Agir", "message": "",
        }  # fmt: skip
        assert add(visitor, sheet, **json).json()["state"] == "deja"
        gone = visitor.post("/classeur/ajouter/", {"fiche": "nulle"}, headers=json)
        assert (gone.status_code, gone.json()["state"]) == (409, "absente")

    def test_a_full_binder_says_so_kindly_and_keeps_what_it_has(self, visitor):
        add(visitor, factories.resource())
        rest = [factories.resource() for _ in range(ITEMS_AT_MOST - 1)]
        binders.binder_fill(binder=held(visitor), resources=rest)
        one_more = factories.resource()
        assert "contient déjà 100 fiches" in page(visitor, add(visitor, one_more))
        refused = add(visitor, one_more, accept="application/json")
        assert (refused.status_code, refused.json()["message"]) == (409, binders.FULL)
        assert held(visitor).items.count() == ITEMS_AT_MOST

    def test_the_state_tells_each_visitor_their_own_sheets_on_view(self, visitor):
        kept, gone, other = (factories.resource() for _ in range(3))
        add(visitor, kept), add(visitor, gone)
        Resource.objects.filter(pk=gone.pk).update(status=Status.DRAFT)
        neighbour = Client(headers=HERE)
        add(neighbour, other)
        answer = visitor.get("/classeur/etat/")
        assert answer.json() == {"slugs": [kept.slug]}
        assert "no-store" in answer["Cache-Control"]
        assert neighbour.get("/classeur/etat/").json() == {"slugs": [other.slug]}
        assert Client().get("/classeur/etat/").json() == {"slugs": []}

    def test_the_button_stands_on_cards_sheets_and_results(self, visitor):
        from cops.search import entries_replace
        from resources.services.indexing import resource_drafts, resource_source

        sheet = factories.resource(title="Agir ensemble")
        factories.falc(sheet)
        entries_replace(resource_source(sheet.pk), resource_drafts(sheet))
        for address in (
            "/ressources/", sheet.get_absolute_url(), f"{sheet.get_absolute_url()}falc/",
            "/recherche/?q=ensemble",
        ):  # fmt: skip
            text = visitor.get(address).content.decode()
            assert text.count(f'data-keep="{sheet.slug}"') == 1, address
            assert "csrf" not in text


class TestRefusals:
    ACTIONS = (
        "ajouter", "retirer", "remettre", "deplacer", "nommer", "garder", "partager",
        "ne-plus-partager", "ouvrir", "supprimer", "nouveau",
    )  # fmt: skip

    @pytest.mark.parametrize("action", ACTIONS)
    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": "https://ailleurs.example"},
            {"origin": "null"},
        ],
    )
    def test_a_form_of_another_site_changes_nothing(self, visitor, action, headers):
        sheet = factories.resource(title="Agir")
        add(visitor, sheet)
        stranger = Client(headers={"host": "localhost", **headers})
        stranger.cookies = visitor.cookies
        before = Binder.objects.values().get()
        fields = {"fiche": sheet.slug, "nom": "Pris", "vers": "monter", **line(visitor, sheet)}
        answer = stranger.post(f"/classeur/{action}/", fields)
        assert answer.status_code == 403
        assert "Ce formulaire" in answer.content.decode()
        assert Binder.objects.values().get() == before

    @pytest.mark.parametrize("action", ACTIONS[1:])
    @pytest.mark.parametrize("cookie", ["", "x" * 22, "é" * 22, "x" * 9_000])
    def test_a_forged_cookie_opens_nothing(self, action, cookie):
        client = Client(headers=HERE)
        owner = Client(headers=HERE)
        sheet = factories.resource(title="Agir")
        add(owner, sheet)
        client.cookies[COOKIE] = cookie
        fields = {"classeur": held(owner).public_id, "vers": "retirer", **line(owner, sheet)}
        before = Binder.objects.values().get()
        assert client.post(f"/classeur/{action}/", fields).status_code == 302
        assert Binder.objects.values().get() == before
        assert "Ce classeur est vide" in client.get("/classeur/").content.decode()

    def test_a_flood_is_held_back_and_told_how_long(self, visitor, monkeypatch):
        from cops.http.limits import Limit
        from resources.views import binder_actions

        monkeypatch.setattr(binder_actions, "CHANGES", (Limit(2, seconds=60),))
        sheet = factories.resource()
        assert [add(visitor, sheet).status_code for _ in range(3)] == [302, 302, 429]

    @pytest.mark.parametrize(
        "fields",
        [
            {"ligne": "1e9", "vers": "monter"}, {"ligne": "9" * 40, "vers": "monter"},
            {"ligne": "-1", "vers": "monter"}, {"ligne": "²", "vers": "monter"},
            {"vers": "monter"}, {"ligne": "1"}, {"ligne": "1", "vers": "ailleurs"}, {},
        ],
    )  # fmt: skip
    def test_a_move_that_means_nothing_changes_nothing(self, visitor, fields):
        add(visitor, factories.resource(title="A"))
        add(visitor, factories.resource(title="B"))
        said = page(visitor, visitor.post("/classeur/deplacer/", fields))
        assert "n’est plus dans ce classeur" in said
        assert titles(visitor) == ["A", "B"]


class TestPage:
    def test_lines_move_go_and_come_back(self, visitor):
        a, b, c = (factories.resource(title=title) for title in "ABC")
        for sheet in (a, b, c):
            add(visitor, sheet)
        up = visitor.post("/classeur/deplacer/", {"vers": "monter", **line(visitor, c)})
        assert up["Location"].endswith(f"#ligne-{line(visitor, c)['ligne']}")
        assert "est maintenant à la place 2 sur 3." in page(visitor, up)
        assert titles(visitor) == ["A", "C", "B"]
        out = visitor.post("/classeur/retirer/", {"vers": "retirer", **line(visitor, c)})
        said = page(visitor, out)
        assert "est retirée" in said
        token = parse_qs(urlsplit(out["Location"]).query)["annuler"][0]
        assert f'value="{token}"' in said
        back = visitor.post("/classeur/remettre/", {"annuler": token})
        assert "est de retour, à sa place" in page(visitor, back)
        assert titles(visitor) == ["A", "C", "B"]
        twice = visitor.post("/classeur/remettre/", {"annuler": token})
        assert twice.status_code == 302
        assert titles(visitor) == ["A", "C", "B"]

    @pytest.mark.parametrize("token", ["", "faux", "WyJ4Il0:1tX:abc", "x" * 1_900])
    def test_an_undo_that_is_not_ours_puts_nothing_back(self, visitor, token):
        add(visitor, factories.resource(title="A"))
        assert visitor.post("/classeur/remettre/", {"annuler": token}).status_code == 302
        assert visitor.get("/classeur/", {"fait": "retiree", "annuler": token}).status_code == 200
        assert titles(visitor) == ["A"]

    def test_an_undo_of_another_binder_puts_nothing_back(self, visitor):
        other = Client(headers=HERE)
        for client in (visitor, other):
            add(client, factories.resource(title="A"))
        sheet = factories.resource(title="B")
        add(other, sheet)
        out = other.post("/classeur/retirer/", line(other, sheet))
        token = parse_qs(urlsplit(out["Location"]).query)["annuler"][0]
        visitor.post("/classeur/remettre/", {"annuler": token})
        assert titles(visitor) == ["A"]

    def test_a_name_too_long_comes_back_as_typed_with_its_fault_beside(self, visitor):
        add(visitor, factories.resource())
        answer = visitor.post("/classeur/nommer/", {"nom": "n" * 81})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "80 caractères au plus" in text
        assert 'aria-invalid="true"' in text
        assert f'value="{"n" * 81}"' in text
        assert "<title>Erreur — Mon classeur" in text
        said = page(visitor, visitor.post("/classeur/nommer/", {"nom": "Réunion <b>"}))
        assert "Réunion &lt;b&gt;" in said
        assert held(visitor).name == "Réunion <b>"

    def test_each_change_gives_the_cookie_and_the_binder_their_whole_time_again(self, visitor):
        add(visitor, factories.resource())
        Binder.objects.update(expires_at=timezone.now() + timedelta(days=3))
        secret = visitor.cookies[COOKIE].value
        answer = visitor.post("/classeur/garder/")
        assert answer.cookies[COOKIE].value == secret
        assert answer.cookies[COOKIE]["max-age"] == 90 * 86_400
        assert held(visitor).expires_at > timezone.now() + timedelta(days=89)
        assert "Ce classeur est gardé jusqu’au" in page(visitor, answer)

    def test_a_binder_erased_takes_its_cookie_with_it(self, visitor):
        add(visitor, factories.resource())
        answer = visitor.post("/classeur/supprimer/")
        assert answer.cookies[COOKIE]["max-age"] == 0
        assert not Binder.objects.exists()
        assert "Le classeur est supprimé" in page(visitor, answer)

    def test_the_other_tab_s_form_of_an_erased_binder_is_answered_kindly(self, visitor):
        add(visitor, factories.resource())
        binder = held(visitor)
        binder_holders.binder_delete(binder=binder)
        said = page(visitor, visitor.post("/classeur/nommer/", {"nom": "Trop tard"}))
        assert "n’est plus là" in said

    def test_a_withdrawn_sheet_is_greyed_and_tells_nothing_new(self, visitor):
        sheet = factories.resource(title="Titre publié", version=0)
        sheet.versions.create(
            number=1, published_at=timezone.now(), snapshot={"title": "Titre publié"}
        )
        add(visitor, sheet)
        link = binders.binder_share(binder=held(visitor))
        Resource.objects.filter(pk=sheet.pk).update(
            status=Status.DRAFT, title="Titre secret", slug="adresse-secrete", number=77
        )
        for client, address in (
            (visitor, "/classeur/"), (Client(), f"/classeur/p/{link}/"),
            (Client(), f"/classeur/p/{link}/copier/"),
        ):  # fmt: skip
            text = client.get(address).content.decode()
            assert "secret" not in text.replace("secrète", "")
            assert "77" not in text
        text = visitor.get("/classeur/").content.decode()
        assert "n’est plus publiée" in text
        assert "Titre publié" in text

    def test_a_new_version_since_the_sheet_was_added_is_said(self, visitor):
        sheet = factories.resource(version=2)
        add(visitor, sheet)
        assert "Nouvelle version" not in visitor.get("/classeur/").content.decode()
        sheet.versions.create(number=3, published_at=timezone.now(), snapshot={})
        text = visitor.get("/classeur/").content.decode()
        assert "Nouvelle version depuis votre ajout (c’était la version 2)" in text

    def test_the_page_takes_as_many_statements_for_three_sheets_as_for_one(
        self, visitor, django_assert_num_queries
    ):
        add(visitor, factories.resource())
        visitor.get("/classeur/")
        with django_assert_num_queries(2):
            visitor.get("/classeur/")
        for _ in range(2):
            add(visitor, factories.resource())
        with django_assert_num_queries(2):
            visitor.get("/classeur/")


class TestAccount:
    def test_signing_in_takes_the_binder_along_and_leaves_nothing_on_the_computer(self, visitor):
        sheet = factories.resource(title="Agir")
        add(visitor, sheet)
        secret = visitor.cookies[COOKIE].value
        someone = person()
        visitor.force_login(someone)  # Django's own signal, but on a request without cookie
        request = visitor.get("/classeur/").wsgi_request
        from django.contrib.auth.signals import user_logged_in

        user_logged_in.send(type(someone), request=request, user=someone)
        assert Binder.objects.get().owner == someone
        assert "Agir" in visitor.get("/classeur/").content.decode()
        visitor.logout()
        visitor.cookies[COOKIE] = secret
        assert "Ce classeur est vide" in visitor.get("/classeur/").content.decode()

    def test_an_account_keeps_several_binders_and_fills_the_one_it_opened(self):
        client, someone = Client(headers=HERE), person()
        sign_in(client, someone)
        a, b = factories.resource(title="A"), factories.resource(title="B")
        add(client, a)
        first = Binder.objects.get()
        assert "cookie" not in client.get("/classeur/").content.decode()
        client.post("/classeur/nouveau/", {"nom": "Second"})
        add(client, b)
        second = Binder.objects.get(name="Second")
        assert [row.resource.title for row in second.items.all()] == ["B"]
        client.post("/classeur/ouvrir/", {"classeur": first.public_id})
        add(client, b)
        assert [row.resource.title for row in first.items.all()] == ["A", "B"]
        text = client.get("/classeur/").content.decode()
        assert text.count("Ouvrir<") == 1

    def test_nobody_acts_on_the_binder_of_somebody_else(self):
        client, someone, other = Client(headers=HERE), person(), person()
        sign_in(client, someone)
        theirs = binder_holders.binder_start_owned(owner=other, name="À elle")
        for action in ("nommer", "partager", "supprimer", "ouvrir", "garder", "deplacer"):
            answer = client.post(f"/classeur/{action}/", {"classeur": theirs.public_id, "nom": "x"})
            assert "fait=perdu" in answer["Location"]
        theirs.refresh_from_db()
        assert (theirs.name, theirs.is_shared) == ("À elle", False)


class TestLink:
    @pytest.fixture
    def link(self, visitor) -> str:
        for title in "AB":
            add(visitor, factories.resource(title=title))
        visitor.post("/classeur/nommer/", {"nom": "Réunion"})
        visitor.post("/classeur/partager/")
        return f"/classeur/p/{binders.share_token(held(visitor))}/"

    def test_the_link_reads_and_changes_nothing(self, visitor, link):
        assert f"http://localhost:8000{link}" in visitor.get("/classeur/").content.decode()
        answer = Client(headers=HERE).get(link)
        text = answer.content.decode()
        assert "Réunion" in text
        assert 'method="post"' not in text
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex, noarchive"
        assert answer["Cache-Control"] == "no-store"
        assert answer.cookies.output() == ""

    def test_unknown_revoked_and_ended_links_answer_alike(self, visitor, link):
        visitor.post("/classeur/ne-plus-partager/")
        revoked = Client().get(link)
        unknown = Client().get("/classeur/p/0123456789abcdefABCDEF/")
        odd = Client().get("/classeur/p/%00%C3%A9/")
        assert {answer.status_code for answer in (revoked, unknown, odd)} == {404}
        visible = {answer.content.replace(link.encode(), b"") for answer in (revoked, unknown)}
        assert len(visible) == 1
        assert Client(headers=HERE).post(f"{link}copier/").status_code == 404

    def test_a_link_of_an_erased_account_answers_as_an_unknown_one(self):
        someone = person()
        token = binders.binder_share(binder=binder_holders.binder_start_owned(owner=someone))
        someone.delete()
        assert Client().get(f"/classeur/p/{token}/").status_code == 404

    def test_a_link_of_somebody_who_is_leaving_is_hidden_until_they_stay(self):
        someone = person()
        token = binders.binder_share(binder=binder_holders.binder_start_owned(owner=someone))
        departure_ask(user=someone)
        assert Client().get(f"/classeur/p/{token}/").status_code == 404
        departure_cancel(user=someone)
        assert Client().get(f"/classeur/p/{token}/").status_code == 200

    def test_a_reader_copies_the_sheets_into_a_binder_of_their_own(self, visitor, link):
        reader = Client(headers=HERE)
        asked = reader.get(f"{link}copier/")
        assert asked.cookies.output() == ""
        assert asked["Referrer-Policy"] == "same-origin"
        assert not Binder.objects.exclude(pk=held(visitor).pk).exists()
        answer = reader.post(f"{link}copier/")
        assert COOKIE in answer.cookies
        assert "2\u00a0fiches copiées dans votre classeur" in page(reader, answer)
        assert titles(reader) == ["A", "B"]
        assert held(reader).name == "Réunion"
        again = page(reader, reader.post(f"{link}copier/"))
        assert "étaient déjà dans votre classeur" in again
        assert "déjà le vôtre" in visitor.get(f"{link}copier/").content.decode()

    def test_a_copy_asked_by_another_site_is_refused(self, link):
        stranger = Client(headers={"host": "localhost", "sec-fetch-site": "cross-site"})
        assert stranger.post(f"{link}copier/").status_code == 403
        assert Binder.objects.count() == 1
