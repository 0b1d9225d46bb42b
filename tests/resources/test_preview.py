"""The secret preview: who opens it, what is written there, and what the team does of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from lxml import html

from cops.audit import trail
from cops.http.honeypot import FIELD
from cops.mail.models import Message
from cops.secrets import random_name
from resources.enums import Status
from resources.models import PreviewComment, PreviewLink
from resources.services.previews import (
    COMMENTS_AT_MOST,
    ERASED,
    KEPT_DAYS,
    comment_add,
    comment_handle,
    preview_create,
    preview_find,
    preview_revoke,
    previews_forget,
)
from tests.accounts.people import person
from tests.resources import factories
from tests.resources.desk import form_data, page, send, team, url, words
from tests.resources.working_texts import published, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)


def linked(made=None, **more) -> tuple[PreviewLink, str]:
    """A link and the path of its page."""
    link, address = preview_create(
        resource=made or factories.resource(), name="Fatima", by=None, **more
    )
    return link, "/apercu/" + address.partition("/apercu/")[2]


def comment(client: Client, path: str, under: str = "section-1", **data):
    """Open the page, write under a section and send, as a browser would."""
    tree = html.fromstring(client.get(path).content.decode())
    form = next(f for f in tree.forms if f.fields.get("anchor") == under)
    return client.post(path, {**dict(form.form_values()), **data})


# --- who opens it


def test_the_page_shows_the_working_text_to_whoever_holds_the_link(reader):
    made = published(title="La fiche")
    write(made, "<p>Pas encore publié.</p>")
    _, path = linked(made)
    answer = reader.get(path)
    assert answer.status_code == 200
    assert "Pas encore publié." in answer.content.decode()


def test_a_draft_is_read_by_its_link_and_by_nobody_else(reader):
    made = factories.resource(status=Status.DRAFT, version=0)
    _, path = linked(made)
    assert reader.get(path).status_code == 200
    assert reader.get(made.get_absolute_url()).status_code == 404


def test_nothing_keeps_the_page_nor_tells_its_address(reader):
    _, path = linked()
    headers = reader.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, noarchive"
    # « no-referrer » would make the browser post « Origin: null »: our own pages alone are told.
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_secret_is_nowhere_in_the_base():
    link, path = linked(email="fatima@exemple.fr")
    secret = path.strip("/").rpartition("/")[2]
    assert len(secret) == 22
    assert secret not in str(PreviewLink.objects.values().get())
    assert preview_find(secret) == link


@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_ended_closed_and_cut_links_answer_alike(reader, method):
    _, ended = linked()
    PreviewLink.objects.update(
        created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now()
    )
    closed_link, closed = linked()
    preview_revoke(link=closed_link, by=None)
    _, cut = linked()
    client = Client()
    pages = set()
    for path in (ended, closed, cut[:-5] + "/", f"/apercu/{random_name()}/"):
        answer = getattr(client, method)(path)
        pages.add((answer.status_code, answer.content.decode().replace(path, "")))
        assert answer["Cache-Control"] == "no-store"
    assert len(pages) == 1
    ((status, text),) = pages
    assert status == 404
    assert "Ce lien ne mène plus à rien" in text


def test_a_link_lives_until_its_last_second(reader):
    link, path = linked(days=1)
    assert abs(link.expires_at - link.created_at - timedelta(days=1)) < timedelta(minutes=1)
    for rest, status in ((timedelta(seconds=30), 200), (timedelta(0), 404)):
        PreviewLink.objects.update(expires_at=timezone.now() + rest)
        assert reader.get(path).status_code == status


def test_the_easy_version_has_its_page_when_there_is_one(reader):
    made = factories.resource()
    _, path = linked(made)
    assert reader.get(f"{path}falc/").status_code == 404
    factories.falc(made)
    assert "Une idée." in reader.get(f"{path}falc/").content.decode()


def test_a_preview_asks_few_questions_to_the_database(reader, django_assert_max_num_queries):
    made = factories.resource()
    for number in range(20):
        factories.section(made, f"Section {number}")
    link, path = linked(made)
    for number in range(20):
        comment_add(link=link, text=f"Mot {number}", variant="standard", anchor=f"section-{number}")
    with django_assert_max_num_queries(22):
        reader.get(path)


# --- what is written


def test_a_comment_is_kept_under_its_section(reader):
    link, path = linked()
    answer = comment(reader, path, text="Qui appelle-t-on le soir ?", name="Fatima")
    assert (answer.status_code, answer["Location"]) == (
        302, f"{path}?merci=section-1#commenter-section-1",
    )  # fmt: skip
    kept = link.comments.get()
    assert (kept.text, kept.name, kept.anchor, kept.section_title, kept.section_html) == (
        "Qui appelle-t-on le soir ?", "Fatima", "section-1", "L’enjeu", "<p>Un texte.</p>",
    )  # fmt: skip
    thanks = reader.get(answer["Location"].partition("#")[0]).content.decode()
    assert "Votre commentaire est arrivé" in thanks
    assert "Qui appelle-t-on le soir" in thanks


def test_a_comment_on_the_whole_needs_no_name(reader):
    link, path = linked()
    assert comment(reader, path, under="", text="Très clair.").status_code == 302
    assert (link.comments.get().anchor, link.comments.get().name) == ("", "")


def test_the_same_words_sent_twice_are_kept_once_and_thanked_twice(reader):
    link, path = linked()
    answers = [comment(reader, path, text="  Deux   fois. ") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert link.comments.get().text == "Deux   fois."
    assert comment(reader, path, under="", text="Deux fois.").status_code == 302
    assert link.comments.count() == 2


@pytest.mark.parametrize("text", ["", "   ", "x" * 3001])
def test_a_comment_that_cannot_be_kept_is_told_and_what_was_typed_stays(reader, text):
    link, path = linked()
    answer = comment(reader, path, text=text, name="Fatima")
    assert answer.status_code == 422
    tree = html.fromstring(answer.content.decode())
    assert tree.xpath("//title")[0].text_content().startswith("Erreur — ")
    (box,) = tree.xpath("//textarea[@aria-invalid='true']")
    assert box.get("id") == "commenter-section-1-texte"
    assert tree.xpath("//a[@href='#commenter-section-1-texte']")
    assert tree.xpath("//input[@value='Fatima']")
    assert not link.comments.exists()


def test_words_that_look_like_a_tag_stay_words(reader):
    _, path = linked()
    comment(reader, path, text="<script>alert(1)</script>", name="<b>x</b>")
    shown = reader.get(path).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_a_robot_is_thanked_and_not_kept(reader):
    link, path = linked()
    answer = comment(reader, path, text="Achetez", **{FIELD: "https://spam.exemple"})
    assert answer.status_code == 302
    assert not link.comments.exists()


def test_a_flood_waits(reader):
    link, path = linked()
    answers = [comment(reader, path, text=f"Mot {n}") for n in range(21)]
    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    page = answers[-1].content.decode()
    assert "Beaucoup de commentaires arrivent" in page
    assert "Mot 20</textarea>" in page
    assert link.comments.count() == 20


def test_a_comment_that_came_too_late_is_given_back_to_be_copied(reader):
    link, path = linked()
    page = reader.get(path).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    preview_revoke(link=link, by=None)
    typed = {"text": "Une phrase <b>longue</b>\net sa suite.", "csrfmiddlewaretoken": token}
    answer = reader.post(path, typed)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "n’est pas parti" in page
    assert "Une phrase &lt;b&gt;longue&lt;/b&gt;\net sa suite.</textarea>" in page
    assert "n’est pas parti" not in reader.get(path).content.decode()


def test_a_form_without_its_token_is_refused(reader):
    _, path = linked()
    reader.get(path)
    assert reader.post(path, {"anchor": "", "text": "Bonjour"}).status_code == 403


@pytest.mark.parametrize("anchor", ["nulle", "\x00", "x" * 500, "../"])
def test_a_section_that_does_not_exist_is_no_fault(reader, anchor):
    _, path = linked()
    answer = comment(reader, path, text="Bonjour", anchor=anchor)
    assert answer.status_code == (422 if len(anchor) > 80 or "\x00" in anchor else 302)


def test_a_link_that_went_round_takes_no_more_than_it_may():
    link, _ = linked()
    PreviewComment.objects.bulk_create(
        PreviewComment(link=link, variant="standard", text="x", fingerprint=str(n))
        for n in range(COMMENTS_AT_MOST)
    )
    with pytest.raises(ValidationError, match="beaucoup de commentaires"):
        comment_add(link=link, text="Un de plus", variant="standard")


@pytest.mark.parametrize(
    "fields", [{"text": ""}, {"fingerprint": "même", "anchor": "", "variant": "standard"}]
)
def test_the_base_refuses_an_empty_comment_and_the_same_twice(fields):
    link, _ = linked()
    for n in range(2):
        PreviewComment.objects.create(link=link, variant="standard", text="x", fingerprint=str(n))
    with pytest.raises(IntegrityError), transaction.atomic():
        PreviewComment.objects.update(**fields)


# --- the team


def test_the_team_makes_a_link_and_sees_it_once():
    client, someone = team("Camille")
    made = factories.resource(slug="essai")
    answer = send(client, url("desk_reviews", "essai"), name="Fatima", days="7")
    shown = html.fromstring(answer.content.decode())
    (field,) = shown.xpath("//input[@id='lien']")
    assert Client().get("/apercu/" + field.get("value").partition("/apercu/")[2]).status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not page(client, url("desk_reviews", "essai")).xpath("//input[@id='lien']")
    link = PreviewLink.objects.get()
    assert (link.name, link.email, link.created_by) == ("Fatima", "", someone)
    assert not Message.objects.exists()
    assert trail(made)[0].action == "preview.created"


def test_with_an_address_the_link_leaves_by_mail():
    client, _ = team("Camille")
    factories.resource(slug="essai", title="La fiche")
    send(
        client, url("desk_reviews", "essai"),
        name="Fatima", email="fatima@exemple.fr", words="Merci d’avance.", days="7",
    )  # fmt: skip
    message = Message.objects.get()
    assert (message.to, message.category) == ("fatima@exemple.fr", "preview")
    assert "Merci d’avance." in message.text
    assert "Camille, pour l’équipe du COPS" in message.text
    path = "/apercu/" + message.text.partition("/apercu/")[2].split()[0]
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("email", "pas une adresse"), ("days", "0"), ("days", "91"), ("days", "x")],
)
def test_a_link_that_cannot_be_made_is_told_beside_the_field(field, value):
    client, _ = team()
    factories.resource(slug="essai")
    answer = send(
        client, url("desk_reviews", "essai"), **{"name": "Fatima", "days": "7", field: value}
    )
    tree = html.fromstring(answer.content.decode())
    assert tree.xpath(f"//a[@href='#id_{field}']")
    assert tree.xpath(f"//*[@id='id_{field}_error']")
    assert not PreviewLink.objects.exists()


def test_the_team_closes_a_link_and_marks_comments():
    client, someone = team("Camille")
    made = factories.resource(slug="essai")
    link, path = linked(made)
    kept = comment_add(link=link, text="Bonjour", variant="standard")
    assert "1 à traiter" in words(page(client, url("desk_reviews", "essai")))
    client.post(url("desk_comment", "essai", kept.pk), {"etat": "traite"})
    kept.refresh_from_db()
    assert kept.handled_by == someone
    client.post(url("desk_comment", "essai", kept.pk), {"etat": "a-revoir"})
    kept.refresh_from_db()
    assert (kept.handled_at, kept.handled_by) == (None, None)
    client.post(url("desk_revoke", "essai", link.pk))
    assert Client().get(path).status_code == 404
    assert [entry.action for entry in trail(made)] == [
        "preview.revoked", "preview.comment_reopened", "preview.comment_handled",
        "preview.commented", "preview.created",
    ]  # fmt: skip


def test_a_gesture_made_twice_is_in_the_journal_once():
    made = factories.resource()
    link, _ = linked(made)
    kept = comment_add(link=link, text="Bonjour", variant="standard")
    for _ in range(2):
        comment_handle(comment=kept, by=None)
        preview_revoke(link=link, by=None)
    assert trail(made).count() == 4


def test_a_link_of_another_sheet_is_not_reached():
    client, _ = team()
    factories.resource(slug="essai")
    link, path = linked()
    kept = comment_add(link=link, text="Bonjour", variant="standard")
    assert client.post(url("desk_revoke", "essai", link.pk)).status_code == 404
    assert client.post(url("desk_comment", "essai", kept.pk)).status_code == 404
    assert Client().get(path).status_code == 200


def test_the_comments_of_a_section_stand_beside_its_form():
    client, _ = team()
    made = factories.resource(slug="essai")
    factories.section(made, "Autre")
    link, _ = linked(made)
    comment_add(link=link, text="Sur l’enjeu", variant="standard", anchor="section-1")
    comment_add(link=link, text="Sur l’autre", variant="standard", anchor="section-2")
    shown = words(page(client, url("desk_section", "essai", "standard", "section-1")))
    assert "Sur l’enjeu" in shown
    assert "Sur l’autre" not in shown


# --- what is kept of whom


def test_an_erased_account_leaves_its_comments_without_its_name():
    user = person(email="fatima@exemple.fr")
    link, path = linked(email="Fatima@exemple.fr")
    comment_add(link=link, text="Bonjour", variant="standard", name="Fatima")
    assert previews_forget(user) == 2
    link.refresh_from_db()
    assert (link.name, link.email, link.comments.get().name) == (ERASED, "", "")
    assert Client().get(path).status_code == 404


def test_links_leave_with_their_comments_three_months_after_their_end():
    from cops.privacy.registry import declaration_of

    told = declaration_of("resources.PreviewLink").retention
    assert (told.days, told.since) == (KEPT_DAYS, "expires_at")
    link, _ = linked()
    comment_add(link=link, text="Bonjour", variant="standard")
    link.delete()
    assert not PreviewComment.objects.exists()


def test_what_a_form_sends_back_is_what_it_showed():
    client, _ = team()
    factories.resource(slug="essai")
    shown = page(client, url("desk_reviews", "essai"))
    assert form_data(shown)["days"] == ["14"]
