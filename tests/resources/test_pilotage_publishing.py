"""The team's desk: comparing, publishing, the buttons of a sheet, new sheets and previews."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils import timezone
from lxml import html

from resources.desk.gestures import gestures
from resources.desk.sheet import Desk
from resources.enums import DraftState, Status
from resources.models import PreviewLink, Resource, ResourceDraft
from resources.models.fields import DESK_SLUGS, RESERVED_SLUGS
from resources.services.drafts import draft_plan, draft_review, working_text
from resources.services.previews import comment_add, preview_create
from resources.services.publishing import (
    resource_change_slug,
    resource_publish,
    resource_withdraw,
)
from tests.resources import factories
from tests.resources.desk import desk_post, form_data, page, send, team, url, words
from tests.resources.test_versions import corrected
from tests.resources.working_texts import published, write

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


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
