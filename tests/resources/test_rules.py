"""What may not be published: links, titles, images, films; in the services, so everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command

from cops.accounts.enums import Role
from resources.enums import Status
from resources.models import Attachment, Resource
from resources.services.contents import content_from, content_of
from resources.services.publishing import resource_publish, resource_update
from resources.services.rules import (
    PublicationRefusedError,
    html_faults,
    media_faults,
    publication_faults,
)
from tests.resources import factories
from tests.resources.test_admin import change_url, form_of, signed_in
from tests.resources.working_texts import published, write

LINK = '<p><a href="https://exemple.fr">{}</a></p>'


@pytest.mark.parametrize(
    "words",
    [
        "cliquez ici", "Cliquez ici !", "« ICI »", "ici", "Là", "en savoir plus", "En savoir plus…",
        "lire la suite", "<strong>cliquez</strong> ici", "ce lien", "Plus d’infos", "PDF", "voir",
        "Télécharger", "Cliquez-ici", "Clique ici", "Cliquez ici pour en savoir plus",
        "En cliquant ici", "par ici", "c’est par ici", "Cliquer", "Lire", "click here",
        "cliquez\u200b i\u00adci", "Lire la page 2",
    ],
)  # fmt: skip
def test_a_link_that_says_nothing_is_refused_with_what_to_do(words):
    (message,) = html_faults(LINK.format(words), level=2)
    assert "ne dit pas où il mène" in message
    assert "Mettez le lien sur les mots" in message


@pytest.mark.parametrize(
    "words",
    [
        "le guide de la HAS",
        "https://exemple.fr",
        "Voir le guide de la HAS",
        "Ici, à Toulouse",
        "Cliquez pour ouvrir le guide",
        "la page des usagers",
    ],
)
def test_a_link_that_says_where_it_leads_is_kept(words):
    assert html_faults(LINK.format(words), level=2) == []


@pytest.mark.parametrize("words", [" ", "→", "1", "…"])
def test_a_link_without_words_is_refused(words):
    assert html_faults(LINK.format(words), level=2) == [
        "un lien ne contient aucun mot. Écrivez où il mène"
    ]


@pytest.mark.parametrize(
    "transcript",
    [LINK.format("cliquez ici"), "<h4>Trop bas</h4><p>x</p>"],
)
def test_a_transcript_is_read_as_any_other_text(transcript):
    (fault,) = media_faults("Un film", transcript)
    assert (fault.piece, fault.field) == ("media", "transcript_html")
    assert media_faults("Un film", "<h3>Une scène</h3><p>Elle parle.</p>") == []


@pytest.mark.parametrize(
    ("html", "level", "wrong"),
    [
        ("<h3>Un</h3><h4>Deux</h4><h3>Trois</h3>", 2, 0),
        ("<h4>Un</h4>", 2, 1),
        ("<h4>Un</h4>", 3, 0),
        ("<h3>Un</h3>", 3, 0),
        ("<p>x</p><h4>Un</h4><h3>Deux</h3><h4>Trois</h4>", 2, 1),
        ("<h4>Un</h4>", None, 0),
        ("<h3> </h3>", 2, 1),
    ],
)
def test_a_title_that_skips_a_level_or_is_empty_is_refused(html, level, wrong):
    assert len(html_faults(html, level=level)) == wrong


PICTURE = f"/ressources/images/{'a' * 22}-600x400.jpg"


@pytest.mark.parametrize(
    ("alternative", "decorative", "wrong"),
    [
        ("", False, 1),
        (' alt=""', False, 1),
        (' alt=""', True, 0),
        ("", True, 0),
        (' alt="Deux personnes à une table"', False, 0),
    ],
)
@pytest.mark.django_db
def test_a_picture_says_what_it_shows_or_its_file_says_that_it_decorates(
    alternative, decorative, wrong
):
    made = factories.resource()
    Attachment.objects.create(
        resource=made, public_id="a" * 22, title="Image", decorative=decorative,
        file=f"attachments/{'a' * 22}-600x400.jpg", media_type="image/jpeg", size=1,
    )  # fmt: skip
    made.sections.update(source_html=f'<p>Oui.</p><img src="{PICTURE}"{alternative}>')
    faults = publication_faults(content_of(made))
    assert len(faults) == wrong
    assert all("n’a pas d’alternative" in fault.message for fault in faults)


@pytest.mark.parametrize("html", ["", "<p></p>", "<p>\u00a0</p>", "<ul><li> </li></ul>"])
def test_a_film_without_words_is_refused(html):
    (fault,) = media_faults("Le film", html)
    assert "la transcription manque" in fault.message
    assert media_faults("Le film", "<p>On y voit deux personnes.</p>") == []


@pytest.mark.django_db
def test_each_fault_names_its_place_and_its_field():
    content = content_from(
        {
            "title": "", "summary": "", "kind": "repere",
            "sections": [
                {
                    "variant": "standard", "anchor": "a", "title": "A", "level": 3, "kind": "path",
                    "source": "<h4>Un</h4>",
                    "path": {"title": "A", "steps": [{
                        "number": 1, "title": "E", "partner_label": "x", "professional_label": "y",
                        "source": {"partner": LINK.format("ici")},
                    }]},
                },
                {
                    "variant": "falc", "anchor": "b", "title": "B", "level": 2, "kind": "text",
                    "source": LINK.format("ici"), "path": None,
                },
            ],
            "media": [{"title": "Film", "transcript_html": ""}],
        }
    )  # fmt: skip
    assert [(fault.piece, fault.field) for fault in publication_faults(content)] == [
        ("fields", "title"), ("fields", "summary"),
        ("section:standard:a", "level"), ("step:standard:a:1", "partner"),
        ("section:falc:b", "source"), ("media", "transcript_html"),
    ]  # fmt: skip


def test_a_sheet_with_an_easy_text_alone_is_not_published():
    content = content_from({"title": "T", "summary": "S", "kind": "repere", "sections": []})
    assert [str(fault) for fault in publication_faults(content)] == [
        "Texte : une ressource sans texte ne peut pas être publiée"
    ]


# --- in the services, so wherever one publishes from


@pytest.mark.django_db
def test_publishing_is_refused_and_nothing_changes():
    made = factories.resource(status=Status.DRAFT, version=0, text=LINK.format("cliquez ici"))
    with pytest.raises(PublicationRefusedError) as refusal:
        resource_publish(resource=made)
    assert [fault.piece for fault in refusal.value.faults] == ["section:standard:section-1"]
    made.refresh_from_db()
    assert made.status == Status.DRAFT


@pytest.mark.django_db
def test_the_fault_of_a_working_text_is_seen_and_not_that_of_what_it_replaces():
    made = factories.resource(status=Status.DRAFT, version=0, text=LINK.format("cliquez ici"))
    write(made, LINK.format("le guide de la HAS"))
    resource_publish(resource=made)
    assert Resource.objects.public().exists()


@pytest.mark.django_db
def test_what_is_on_view_is_not_updated_with_a_fault():
    made = published()
    made.sections.update(source_html=LINK.format("ici"))
    with pytest.raises(ValidationError):
        resource_update(resource=made)


@pytest.mark.django_db
def test_the_admin_says_it_beside_the_field_of_what_is_on_view():
    team, made = signed_in(Role.TEAM), published()
    url = change_url(made)
    form = form_of(team, url) | {"sections-0-source_html": LINK.format("cliquez ici")}
    answer = team.post(url, form)
    assert answer.status_code == 200
    assert "ne dit pas où il mène" in answer.content.decode()
    assert made.sections.get().source_html == "<p>Un texte.</p>"


@pytest.mark.django_db
def test_the_admin_lets_a_draft_be_imperfect():
    team = signed_in(Role.TEAM)
    made = factories.resource(status=Status.DRAFT, version=0)
    url = change_url(made)
    form = form_of(team, url) | {"sections-0-source_html": LINK.format("cliquez ici")}
    assert team.post(url, form).status_code == 302


@pytest.mark.django_db
def test_the_admin_action_says_why_it_does_not_publish():
    team = signed_in(Role.TEAM)
    made = factories.resource(status=Status.DRAFT, version=0, text=LINK.format("ici"))
    answer = team.post(
        "/admin/resources/resource/",
        {"action": "publish", "_selected_action": [made.pk]},
        follow=True,
    )
    assert "ne dit pas où il mène" in answer.content.decode()
    made.refresh_from_db()
    assert made.status == Status.DRAFT


@pytest.mark.django_db
@pytest.mark.slow
def test_the_starting_content_keeps_the_rules():
    assert Path(settings.ROOT, "resources/content/resources").is_dir()
    call_command("load_content", verbosity=0)
    faults = {
        made.slug: [str(fault) for fault in publication_faults(content_of(made))]
        for made in Resource.objects.order_by("pk")
    }
    assert len(faults) >= 14
    assert {slug: said for slug, said in faults.items() if said} == {}
