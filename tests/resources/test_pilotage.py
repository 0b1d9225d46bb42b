"""The team's desk: the list, a sheet, writing, comparing, publishing; what bad input gets."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from lxml import html

from cops.counters.models import SearchMiss
from cops.todo.collecting import collect
from resources.desk.gestures import gestures
from resources.desk.lists import Tab, tab_counts, tab_rows
from resources.desk.sheet import Desk
from resources.enums import DraftState, Kind, Status
from resources.models import PreviewLink, Resource, ResourceDraft
from resources.models.fields import DESK_SLUGS, RESERVED_SLUGS
from resources.services.drafts import draft_plan, draft_review, working_text
from resources.services.previews import comment_add, preview_create
from resources.services.publishing import (
    resource_change_slug,
    resource_publish,
    resource_review,
    resource_withdraw,
)
from tests.resources import factories
from tests.resources.desk import form_data, page, send, team, url, words
from tests.resources.test_publishing_drafts import in_state, published, write
from tests.resources.test_versions import corrected

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


def desk_post(client: Client, made: Resource, gesture: str, **data) -> str:
    """Push one button of the page of a sheet; what is said then."""
    answer = client.post(url("desk_act", made.slug), {"geste": gesture, **data}, follow=True)
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    return " ".join(words(notice) for notice in tree.xpath("//*[contains(@class, 'notice')]"))


# --- the list


@pytest.fixture
def sheets() -> dict[str, Resource]:
    """One sheet for each thing that waits."""
    now = timezone.now()
    made = {
        "brouillon": factories.resource(status=Status.DRAFT, version=0),
        "en relecture": factories.resource(status=Status.IN_REVIEW, version=0),
        "en ligne": published(),
        "à relire": published(review_by=timezone.localdate() - TOMORROW),
        "à venir": factories.resource(published_at=now + TOMORROW),
        "retrait prévu": factories.resource(withdrawn_at=now + TOMORROW),
        "retirée": factories.resource(withdrawn_at=now - timedelta(hours=1)),
        "archivée": factories.resource(status=Status.ARCHIVED),
        "correction": in_state(DraftState.WRITING),
        "correction à relire": in_state(DraftState.IN_REVIEW),
        "correction prévue": in_state(DraftState.SCHEDULED),
    }
    for name, resource in made.items():
        Resource.objects.filter(pk=resource.pk).update(title=name, sort_key=name)
    return made


TABS = {
    Tab.ALL: None,
    Tab.DRAFTS: {"brouillon", "correction"},
    Tab.REVIEWS: {"en relecture", "correction à relire"},
    Tab.SCHEDULED: {"à venir", "retrait prévu", "correction prévue"},
    Tab.PUBLISHED: {
        "en ligne", "à relire", "retrait prévu", "correction", "correction à relire",
        "correction prévue",
    },
    Tab.OVERDUE: {"à relire"},
    Tab.ARCHIVED: {"retirée", "archivée"},
}  # fmt: skip


@pytest.mark.parametrize("tab", Tab)
def test_each_tab_holds_what_waits_and_its_count_says_so(sheets, tab):
    wanted = TABS[tab] or set(sheets)
    assert set(tab_rows(tab).values_list("title", flat=True)) == wanted
    assert tab_counts()[tab] == len(wanted)
    client, _ = team()
    tree = page(client, f"{url('desk')}?etat={tab.value}")
    shown = {words(link) for link in tree.xpath("//tbody//th/a")}
    assert {name.replace("\u00a0", " ") for name in shown} == wanted


def test_the_two_states_of_each_sheet_are_in_the_list(sheets):
    client, _ = team()
    tree = page(client, url("desk"))
    told = {}
    for row in tree.xpath("//tbody/tr"):
        labels = [words(label) for label in row.xpath(".//*[contains(@class, 'staff-state')]")]
        told[words(row.xpath(".//th/a")[0])] = tuple(labels)
    assert told == {
        "brouillon": ("Rien en ligne", "Brouillon"),
        "en relecture": ("Rien en ligne", "Relecture demandée"),
        "en ligne": ("En ligne", "Rien en cours"),
        "à relire": ("En ligne", "Rien en cours"),
        "à venir": ("Pas encore en ligne", "Rien en cours"),
        "retrait prévu": ("En ligne", "Rien en cours"),
        "retirée": ("Retirée", "Rien en cours"),
        "archivée": ("Archivée", "Rien en cours"),
        "correction": ("En ligne", "Correction en cours"),
        "correction à relire": ("En ligne", "Relecture demandée"),
        "correction prévue": ("En ligne", "Publication prévue"),
    }


def test_a_sheet_is_found_by_words_of_its_title_and_its_kind():
    client, _ = team()
    factories.resource(title="Le groupe de travail", kind=Kind.GUIDE)
    factories.resource(title="Le groupe", kind=Kind.REPERE)
    shown = words(page(client, f"{url('desk')}?q=travail+groupe&genre=guide"))
    assert "1 fiche" in shown
    assert "Aucune fiche ne répond" in words(page(client, f"{url('desk')}?q=zzz"))


def test_the_list_asks_as_many_questions_for_one_row_as_for_thirty(django_assert_max_num_queries):
    client, _ = team()
    for count in (1, 29):
        for _number in range(count):
            in_state(DraftState.WRITING)
        with django_assert_max_num_queries(24):
            page(client, url("desk"))


def test_searches_without_result_are_shown_from_three_times():
    today = timezone.localdate()
    for text, day, count in (
        ("pair aidance", today, 2), ("pair aidance", today - TOMORROW, 1), ("rare", today, 2),
        ("ancien", today - timedelta(days=91), 9),
    ):  # fmt: skip
        SearchMiss.objects.create(text=text, day=day, count=count)
    client, _ = team()
    rows = [words(row) for row in page(client, url("desk_searches")).xpath("//tbody/tr")]
    assert len(rows) == 1
    assert rows[0].startswith("pair aidance3")


# --- « À traiter »


def test_what_waits_is_in_a_traiter():
    _, someone = team()
    asked = in_state(DraftState.IN_REVIEW)
    late = published(review_by=timezone.localdate() - TOMORROW)
    draft = factories.resource(status=Status.DRAFT, version=0)
    resource_review(resource=draft)
    link, _address = preview_create(resource=late, name="Fatima", by=None)
    for n in range(2):
        comment_add(link=link, text=f"Mot {n}", variant="standard")
    refused = in_state(DraftState.WRITING)
    ResourceDraft.objects.filter(resource=refused).update(refusal="Il manque un titre.")
    told = {
        group.source.key: sorted(item.label for item in group.items)
        for group in collect(someone)
        if group.source.key.startswith("resources.")
    }
    assert told == {
        "resources.refused": [refused.title],
        "resources.reviews": sorted([asked.title, draft.title]),
        "resources.comments": [late.title],
        "resources.overdue": [late.title],
    }


def test_a_review_that_waits_becomes_pressing():
    _, someone = team()
    made = in_state(DraftState.IN_REVIEW)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        (item,) = [i for group in collect(someone) for i in group.items if i.label == made.title]
    assert item.urgency.label == "Bientôt"
    assert item.url == url("desk_sheet", made.slug)


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
    "mine", ["", "nul", signing.dumps(["autre", {}], salt="resources.desk.mine")]
)
def test_a_settlement_that_was_changed_is_no_page(mine):
    client, _ = team()
    published(slug="essai")
    address = url("desk_section", "essai", "standard", "section-1")
    assert client.post(address, {"mien": mine, "seen": "x"}).status_code == 404


# --- comparing and putting back


def test_a_version_is_compared_and_a_paragraph_comes_back():
    client, _ = team()
    made = corrected("Deux textes.")
    address = f"{url('desk_compare', made.slug)}?de=1&a=travail"
    tree = page(client, address)
    assert tree.xpath("//del")
    assert tree.xpath("//ins")
    assert "[supprimé : " in words(tree)
    (form,) = [f for f in tree.forms if f.fields.get("row") == "0"]
    answer = client.post(form.action, dict(form.form_values()))
    assert answer["Location"] == address
    assert working_text(made).content["sections"][0]["source"] == "<p>Un texte.</p>"
    assert "disent la même chose" in words(page(client, address))


def test_a_whole_version_comes_back():
    client, _ = team()
    made = corrected("Deux.", "Trois.")
    tree = page(client, f"{url('desk_compare', made.slug)}?de=1&a=travail")
    (form,) = [f for f in tree.forms if "tout" in f.fields or f.xpath(".//button[@name='tout']")]
    client.post(url("desk_take", made.slug), {**dict(form.form_values()), "tout": "1"})
    assert working_text(made).content["sections"][0]["source"] == "<p>Un texte.</p>"


@pytest.mark.parametrize("version", ["", "0", "9", "x", "1" * 30])
def test_an_unknown_version_gives_nothing_back(version):
    client, _ = team()
    made = corrected("Deux.")
    answer = client.post(url("desk_take", made.slug), {"version": version, "tout": "1"})
    assert answer.status_code == 404


def test_two_versions_are_compared_without_anything_to_put_back():
    client, _ = team()
    made = corrected("Deux.", "Trois.")
    tree = page(client, f"{url('desk_compare', made.slug)}?de=1&a=2")
    assert "Deux" in words(tree)
    assert not [form for form in tree.forms if "version" in form.fields]


# --- publishing


def test_a_correction_is_published_from_its_page():
    client, someone = team()
    made = published(slug="essai")
    write(made)
    answer = send(client, url("desk_publish", "essai"), when="now", note="Coordonnées")
    assert answer.status_code == 302
    version = made.versions.first()
    assert (version.number, version.note, version.published_by) == (2, "Coordonnées", someone)


def test_a_correction_is_planned_from_its_page_at_eight_in_paris():
    client, _ = team()
    made = published(slug="essai")
    write(made)
    day = timezone.localdate() + timedelta(days=9)
    send(client, url("desk_publish", "essai"), when="later", at_0=day.isoformat(), at_1="")
    draft = ResourceDraft.objects.get()
    assert draft.state == DraftState.SCHEDULED
    assert timezone.localtime(draft.publish_at).isoformat()[:16] == f"{day}T08:00"
    assert "Publication prévue" in words(page(client, url("desk_sheet", "essai")))


@pytest.mark.parametrize(
    ("day", "hour"),
    [("", ""), ("", "10:00"), ("2020-01-01", "10:00"), ("x", "y"), ("2027-13-45", "")],
)
def test_a_date_that_cannot_be_is_told_and_nothing_is_published(day, hour):
    client, _ = team()
    made = published(slug="essai")
    write(made)
    answer = send(client, url("desk_publish", "essai"), when="later", at_0=day, at_1=hour)
    assert answer.status_code == 200
    assert "id_at_error" in answer.content.decode()
    assert made.versions.count() == 1


def test_what_was_saved_since_the_page_was_opened_is_not_published_unseen():
    client, _ = team()
    made = published(slug="essai")
    write(made)
    form = form_data(page(client, url("desk_publish", "essai")))
    write(made, "<p>Entre-temps.</p>")
    answer = client.post(url("desk_publish", "essai"), {**form, "when": "now"})
    assert "Quelqu’un a enregistré ce texte" in answer.content.decode()
    assert made.versions.count() == 1
    again = form_data(html.fromstring(answer.content.decode()))
    assert client.post(url("desk_publish", "essai"), {**again, "when": "now"}).status_code == 302


def test_what_may_not_be_published_is_told_with_the_way_to_mend_it():
    client, _ = team()
    made = published(slug="essai")
    write(made, '<p><a href="https://exemple.fr">cliquez ici</a></p>')
    section = url("desk_section", "essai", "standard", "section-1")
    tree = page(client, url("desk_publish", "essai"))
    assert "ne dit pas où il mène" in words(tree)
    assert tree.xpath(f"//a[@href='{section}']")
    assert not [form for form in tree.forms if "when" in form.fields]
    assert "ne dit pas où il mène" in words(page(client, section))
    data = {"when": "now", "seen": working_text(made).mark, "at_0": "", "at_1": "", "note": ""}
    answer = client.post(url("desk_publish", "essai"), data)
    assert answer.status_code == 200
    assert made.versions.count() == 1


def test_a_draft_planned_for_later_then_published_at_once_is_on_view():
    client, _ = team()
    made = factories.resource(
        slug="essai", status=Status.DRAFT, version=0, published_at=timezone.now() + TOMORROW
    )
    send(client, url("desk_publish", "essai"), when="now")
    assert Resource.objects.public().filter(pk=made.pk).exists()


# --- the buttons of a sheet


def _state(status: Status, draft: DraftState | None) -> Resource:
    made = published()
    if draft:
        write(made)
        if draft == DraftState.IN_REVIEW:
            draft_review(resource=made, by=None)
        if draft == DraftState.SCHEDULED:
            draft_plan(resource=made, at=timezone.now() + TOMORROW, by=None)
    if status == Status.ARCHIVED or draft is None:
        Resource.objects.filter(pk=made.pk).update(status=status)
    made.refresh_from_db()
    return made


STATES = [(status, None) for status in Status] + [(Status.PUBLISHED, draft) for draft in DraftState]


@pytest.mark.parametrize(("status", "draft"), STATES)
def test_each_button_that_is_shown_does_what_it_says(status, draft):
    client, _ = team()
    names = [gesture.name for gesture in gestures(Desk(_state(status, draft)))]
    assert names
    for name in names:
        said = desk_post(client, _state(status, draft), name)
        assert said
        assert "ne peut pas" not in said
        assert "n’est pas" not in said or "plus en ligne" in said


def test_a_button_pushed_too_late_says_why():
    client, _ = team()
    made = published()
    desk_post(client, made, "archiver")
    assert "n’est pas publiée" in desk_post(client, made, "annuler")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"at_0": "2020-01-01", "at_1": "10:00"}, "déjà passée"),
        ({"at_0": "x", "at_1": ""}, "Retrait :"),
        ({"at_0": "2099-01-01", "at_1": ""}, "Le retrait est prévu"),
        ({"at_0": "", "at_1": ""}, "personne ne la voit plus"),
    ],
)
def test_a_sheet_is_withdrawn_at_once_or_on_a_date(data, said):
    client, _ = team()
    made = factories.resource()
    assert said in desk_post(client, made, "retirer", **data)


def test_a_sheet_withdrawn_is_put_back():
    client, _ = team()
    made = factories.resource()
    resource_withdraw(resource=made)
    assert "Remettre en ligne" in words(page(client, url("desk_sheet", made.slug)))
    desk_post(client, made, "maintenir")
    assert Resource.objects.public().exists()


# --- new sheets, previews


def test_a_new_sheet_starts_from_another_one():
    client, _ = team()
    published(slug="essai", title="Le modèle")
    send(client, f"{url('desk_new')}?de=essai", title="La copie")
    made = Resource.objects.get(title="La copie")
    assert (made.slug, made.status) == ("la-copie", Status.DRAFT)
    assert made.sections.get().source_html == "<p>Un texte.</p>"


@pytest.mark.parametrize("title", ["", "x" * 201])
def test_a_new_sheet_needs_a_title(title):
    client, _ = team()
    answer = client.post(url("desk_new"), {"title": title, "kind": "guide", "summary": "Court."})
    assert answer.status_code == 200
    assert not Resource.objects.exists()


def test_the_pdf_of_the_working_text_is_marked_and_kept_nowhere():
    client, _ = team()
    made = published(slug="essai")
    write(made, "<p>Pas encore publié.</p>")
    answer = client.get(url("desk_pdf", "essai"))
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"
    assert not made.prepared.exists()
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    text = " ".join(p.get_textpage().get_text_range() for p in document)
    assert "Pas encore publié." in text
    assert "texte non publié" in " ".join(text.split())


def test_the_page_of_a_sheet_asks_few_questions(django_assert_max_num_queries):
    client, _ = team()
    made = published(slug="essai")
    for number in range(12):
        factories.section(made, f"Section {number}")
    write(made)
    link, _address = preview_create(resource=made, name="Fatima", by=None)
    for n in range(20):
        comment_add(link=link, text=f"Mot {n}", variant="standard")
    assert PreviewLink.objects.count() == 1
    with django_assert_max_num_queries(36):
        page(client, url("desk_sheet", "essai"))


def test_an_earlier_publication_of_a_planned_sheet_keeps_its_date():
    made = factories.resource(status=Status.DRAFT, version=0, published_at=None)
    at = timezone.now() + TOMORROW
    resource_publish(resource=made, at=at)
    write(made)
    client, _ = team()
    send(client, url("desk_publish", made.slug), when="now")
    made.refresh_from_db()
    assert (made.published_at, made.versions.count()) == (at, 2)


def test_no_sheet_takes_the_place_of_a_page_of_the_desk():
    patterns = get_resolver("resources.urls").url_patterns
    places = {str(found.pattern).partition("pilotage/ressources/")[2] for found in patterns}
    names = {place.partition("/")[0] for place in places if "/" in place}
    taken = {name for name in names if name and "<" not in name}
    assert taken
    assert taken <= DESK_SLUGS | RESERVED_SLUGS


@pytest.mark.parametrize("slug", ["avis", "mots", "images", "chiffres", "nouveau"])
def test_an_address_of_the_desk_is_refused_to_a_sheet(slug):
    with pytest.raises(ValidationError):
        resource_change_slug(resource=factories.resource(), slug=slug)
