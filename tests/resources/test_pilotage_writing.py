"""The team's desk: writing a sheet, alone and two at a time; what bad input gets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from lxml import html

from resources.enums import Kind
from resources.models import ResourceDraft
from resources.services.drafts import working_text
from tests.resources import factories
from tests.resources.desk import form_data, page, send, team, url, words
from tests.resources.working_texts import published

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


# --- writing


def test_a_sheet_is_written_page_by_page_and_nothing_changes_for_the_public():
    client, _ = team("Camille")
    made = published(slug="essai", title="Avant")
    factories.path(made)
    send(client, url("desk_fields", "essai"), title="Après", audience="Patients\n\nProches ")
    send(client, url("desk_section", "essai", "standard", "section-1"), source="<p>Neuf.</p>")
    send(
        client, url("desk_step", "essai", "standard", "section-2", 1),
        title="Se dire", partner="<p>Parler.</p>",
    )  # fmt: skip
    content = working_text(made).content
    assert (content["title"], content["audience"]) == ("Après", ["Patients", "Proches"])
    assert content["sections"][0]["source"] == "<p>Neuf.</p>"
    step = content["sections"][1]["path"]["steps"][0]
    assert (step["title"], step["source"]["partner"]) == ("Se dire", "<p>Parler.</p>")
    public = words(page(Client(), "/ressources/essai/"))
    assert "Avant" in public
    assert "Neuf." not in public


def test_a_form_saved_as_it_is_changes_no_word():
    client, _ = team()
    made = published(
        slug="essai", facts={"lieux": 3}, training=[{"name": "ETP", "required": True}],
        kind=Kind.MISSION, skills=["Écouter"],
    )  # fmt: skip
    factories.path(made)
    for name, args in (
        ("desk_fields", ()), ("desk_section", ("standard", "section-1")),
        ("desk_section", ("standard", "section-2")), ("desk_step", ("standard", "section-2", 2)),
    ):  # fmt: skip
        assert send(client, url(name, "essai", *args)).status_code == 302
    assert not working_text(made).differs


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "x" * 201), ("summary", ""), ("number", "abc"), ("kind", "nul"),
     ("review_by", "demain"), ("facts", "sans deux points"), ("topics", ["nul"])],
)  # fmt: skip
def test_a_field_that_cannot_be_kept_is_told_beside_it_and_what_was_typed_stays(field, value):
    client, _ = team()
    published(slug="essai")
    answer = send(client, url("desk_fields", "essai"), **{field: value, "subtitle": "Tapé."})
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    assert tree.xpath("//title")[0].text_content().startswith("Erreur — ")
    assert tree.xpath(f"//*[@id='id_{field}_error']")
    assert tree.xpath("//input[@name='subtitle']")[0].get("value") == "Tapé."
    assert not ResourceDraft.objects.exists()


def test_a_text_without_end_is_refused_with_a_sentence():
    client, _ = team()
    published(slug="essai")
    answer = send(
        client, url("desk_section", "essai", "standard", "section-1"), source="<p>x</p>" * 30_000
    )
    assert "trop long" in answer.content.decode()


def test_a_form_whose_mark_was_changed_is_refused():
    client, _ = team()
    made = published(slug="essai")
    answer = send(
        client, url("desk_section", "essai", "standard", "section-1"),
        source="<p>Neuf.</p>", seen=signing.dumps([{}, 0], salt="autre"),
    )  # fmt: skip
    assert answer.status_code == 200
    assert "plus lisible par le portail" in answer.content.decode()
    assert not working_text(made).differs


@pytest.mark.parametrize(
    ("gesture", "anchors"),
    [
        ("section-descendre", ["section-2", "section-1", "section-3"]),
        ("section-monter", ["section-1", "section-2", "section-3"]),
        ("section-retirer", ["section-2", "section-3"]),
    ],
)
def test_sections_are_moved_and_taken_out(gesture, anchors):
    client, _ = team()
    made = published(slug="essai")
    for _number in range(2):
        factories.section(made, "Autre")
    data = {"geste": gesture, "variant": "standard", "anchor": "section-1"}
    assert client.post(url("desk_shape", "essai"), data).status_code == 302
    assert [row["anchor"] for row in working_text(made).content["sections"]] == anchors


def test_a_section_and_a_step_are_added():
    client, _ = team()
    made = published(slug="essai")
    add = {"geste": "section-ajouter", "title": "L’enjeu !", "variant": "standard", "kind": "path"}
    answer = client.post(url("desk_shape", "essai"), add)
    assert answer["Location"] == url("desk_section", "essai", "standard", "l-enjeu")
    step = {"geste": "etape-ajouter", "variant": "standard", "anchor": "l-enjeu"}
    client.post(url("desk_shape", "essai"), step)
    for gesture in ("etape-monter", "etape-retirer"):
        client.post(url("desk_shape", "essai"), {**step, "geste": gesture, "number": "2"})
    (_, section) = working_text(made).content["sections"]
    assert [(row["number"], row["title"]) for row in section["path"]["steps"]] == [(1, "Étape 2")]


@pytest.mark.parametrize(
    "data",
    [
        {"geste": "section-monter", "variant": "standard", "anchor": "nulle"},
        {"geste": "etape-retirer", "variant": "standard", "anchor": "section-1", "number": "1"},
        {"geste": "section-ajouter", "title": "", "variant": "standard", "kind": "text"},
    ],
)
def test_a_gesture_on_what_is_no_more_is_told(data):
    client, _ = team()
    made = published(slug="essai")
    answer = client.post(url("desk_shape", "essai"), data, follow=True)
    assert answer.status_code == 200
    assert "notice-bad" in answer.content.decode()
    assert not working_text(made).differs


@pytest.mark.parametrize("name", ["desk_shape", "desk_act"])
def test_an_unknown_gesture_is_no_page(name):
    client, _ = team()
    published(slug="essai")
    assert client.post(url(name, "essai"), {"geste": "nul"}).status_code == 404


# --- two editors


def test_the_second_editor_sees_both_texts_who_and_when_then_settles():
    one, _ = team("Camille")
    other, _ = team("Dominique")
    made = published(slug="essai", text="<p>Un.</p><p>Deux.</p>")
    address = url("desk_section", "essai", "standard", "section-1")
    late = form_data(page(other, address))
    send(one, address, source="<p>Un.</p><p>Deux, de Camille.</p>")
    answer = other.post(address, {**late, "source": "<p>Un, de Dominique.</p><p>Deux.</p>"})
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    assert "Camille a enregistré ce passage le" in words(tree)
    (form,) = [form for form in tree.forms if "mien" in form.fields]
    settled = dict(form.form_values())
    assert [value for name, value in settled.items() if "|" in name] == ["new", "old"]
    assert other.post(address, settled).status_code == 302
    assert working_text(made).content["sections"][0]["source"] == (
        "<p>Un, de Dominique.</p><p>Deux, de Camille.</p>"
    )


@pytest.mark.parametrize(("everything", "kept"), [("new", "Dominique"), ("old", "Camille")])
def test_one_of_both_texts_is_kept_whole(everything, kept):
    one, _ = team()
    other, _ = team()
    made = published(slug="essai")
    address = url("desk_section", "essai", "standard", "section-1")
    late = form_data(page(other, address))
    send(one, address, source="<p>De Camille.</p>")
    answer = other.post(address, {**late, "source": "<p>De Dominique.</p>"})
    (form,) = [f for f in html.fromstring(answer.content.decode()).forms if "mien" in f.fields]
    other.post(address, {**dict(form.form_values()), "tout": everything})
    assert working_text(made).content["sections"][0]["source"] == f"<p>De {kept}.</p>"


def test_a_section_taken_out_meanwhile_comes_back_with_what_was_written():
    one, _ = team()
    other, _ = team()
    made = published(slug="essai")
    factories.section(made, "Autre")
    address = url("desk_section", "essai", "standard", "section-1")
    send(one, address, source="<p>Un début.</p>")
    late = form_data(page(other, address))
    one.post(
        url("desk_shape", "essai"),
        {"geste": "section-retirer", "variant": "standard", "anchor": "section-1"},
    )
    answer = other.post(address, {**late, "source": "<p>La suite.</p>"})
    assert "a retiré ce passage" in words(html.fromstring(answer.content.decode()))
    (form,) = [f for f in html.fromstring(answer.content.decode()).forms if "mien" in f.fields]
    assert other.post(address, dict(form.form_values())).status_code == 302
    sources = {row["anchor"]: row["source"] for row in working_text(made).content["sections"]}
    assert sources["section-1"] == "<p>La suite.</p>"


def test_the_second_editor_is_told_before_writing():
    one, _ = team("Camille")
    other, _ = team("Dominique")
    published(slug="essai")
    address = url("desk_section", "essai", "standard", "section-1")
    send(one, address, source="<p>De Camille.</p>")
    assert "Camille travaille aussi sur cette fiche" in words(page(other, address))
    assert "travaille aussi" not in words(page(one, address))


@pytest.mark.parametrize(
    "mine",
    ["", "nul", signing.dumps(["autre", {}], salt="resources.desk.mine")],
    # A signature holds its second: without a name, two processes would each see another test.
    ids=["empty", "unsigned", "of another text"],
)
def test_a_settlement_that_was_changed_is_no_page(mine):
    client, _ = team()
    published(slug="essai")
    address = url("desk_section", "essai", "standard", "section-1")
    assert client.post(address, {"mien": mine, "seen": "x"}).status_code == 404
