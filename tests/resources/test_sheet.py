"""The page of one resource: what it says, to whom, and where old addresses lead."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from cops.search import EntryDraft, entries_replace
from resources.enums import Dimension, Kind, Status
from resources.models import (
    Attachment,
    ExternalMedia,
    PreparedDocument,
    Reference,
    ResourceRedirect,
    ResourceReference,
    ResourceRelation,
    ResourceTerm,
    ResourceVersion,
    Term,
)
from tests.resources import factories

pytestmark = pytest.mark.django_db


def text(response) -> str:
    """The words of the page, without tags, on one line."""
    body = re.sub(r"<[^>]+>", " ", response.content.decode().split("<main", 1)[1])
    return " ".join(body.split())


def hidden() -> list[dict]:
    now = timezone.now()
    return [
        {"status": Status.DRAFT},
        {"status": Status.IN_REVIEW},
        {"status": Status.ARCHIVED},
        {"published_at": now + timedelta(days=1)},
        {"withdrawn_at": now - timedelta(seconds=1)},
    ]


@pytest.mark.parametrize("case", range(5))
def test_what_is_not_public_is_404_at_every_address(client, case):
    made = factories.resource(**hidden()[case])
    factories.falc(made)
    other = factories.resource()
    ResourceRelation.objects.create(source=other, target=made)
    ResourceRedirect.objects.create(slug="ancienne", resource=made)
    file = Attachment.objects.create(resource=made, title="Annexe", file="a.pdf", size=1)
    for address in (
        f"/ressources/{made.slug}/",
        f"/ressources/{made.slug}/falc/",
        f"/ressources/{made.slug}.pdf",
        f"/ressources/{made.slug}/falc.pdf",
        f"/ressources/{made.slug}/grand.pdf",
        f"/ressources/{made.slug}/v1.pdf",
        f"/ressources/{made.slug}/pieces/{file.pk}/",
        "/ressources/ancienne/",
        "/ressources/ancienne.pdf",
    ):
        assert client.get(address).status_code == 404, address
    assert made.slug not in client.get(f"/ressources/{other.slug}/").content.decode()
    assert made.slug not in client.get("/ressources/flux/tout.atom").content.decode()
    for part in ("ressources", "facile-a-lire"):
        assert made.slug not in client.get(f"/sitemap-{part}.xml").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/ressources/rien/",
        "/ressources/rien.pdf",
        "/ressources/rien/falc/",
        "/ressources/Rien/",
        "/ressources/rien/v1.pdf",
        "/ressources/rien/v0.pdf",
        "/ressources/rien/autre.pdf",
        "/ressources/flux/roman.atom",
        f"/ressources/{'a' * 300}/",
    ],
)
def test_unknown_address_is_404(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/ressources/ancienne/", "/ressources/presente/"),
        ("/ressources/ancienne/?v=2", "/ressources/presente/?v=2"),
        ("/ressources/ancienne/falc/", "/ressources/presente/falc/"),
        ("/ressources/ancienne.pdf", "/ressources/presente.pdf"),
        ("/ressources/ancienne/falc.pdf", "/ressources/presente/falc.pdf"),
        ("/ressources/ancienne/grand.pdf", "/ressources/presente/grand.pdf"),
        ("/ressources/ancienne/v3.pdf", "/ressources/presente/v3.pdf"),
    ],
)
def test_former_address_leads_to_the_present_one(client, before, after):
    made = factories.resource(slug="presente")
    ResourceRedirect.objects.create(slug="ancienne", resource=made)
    response = client.get(before)
    assert (response.status_code, response["Location"]) == (301, after)


def test_sheet_says_what_it_is(client):
    made = factories.resource(
        kind=Kind.AGIR,
        dimension=Dimension.COLLECTIF,
        subtitle="Un sous-titre",
        notice="Version de travail, à compléter par le COPS",
        version=3,
        text="<p>" + "mot " * 900 + "</p>",
        published_at=timezone.make_aware(timezone.datetime(2026, 11, 1, 9)),
    )
    words = text(client.get(f"/ressources/{made.slug}/"))
    for said in (
        "Fiche « Agir ! »",
        "dimension collective",
        made.title,
        "Un sous-titre",
        "Version 3 du 1er\xa0novembre\xa02026".replace("\xa0", " "),
        "Lecture : 5 minutes",
        "Version de travail, à compléter par le COPS",
    ):
        assert said in words.replace("\xa0", " ")


def test_contents_lead_to_every_section(client):
    made = factories.resource()
    factories.section(made, "Les valeurs", anchor="les-valeurs")
    factories.section(made, "La confiance", anchor="la-confiance", level=3)
    body = client.get(f"/ressources/{made.slug}/").content.decode()
    nav = body.split('aria-labelledby="sommaire"')[1].split("</nav>")[0]
    assert re.findall(r'href="(#[^"]+)">([^<]+)', nav) == [
        ("#section-1", "L’enjeu"),
        ("#les-valeurs", "Les valeurs"),
        ("#la-confiance", "La confiance"),
    ]
    assert '<h2 id="les-valeurs">Les valeurs</h2>' in body
    assert '<h3 id="la-confiance">La confiance</h3>' in body


@pytest.mark.parametrize(
    ("asked", "said"),
    [("2", True), ("1", True), ("3", False), ("9", False), ("x", False), ("0", False), ("", False)],
)
def test_printed_version_that_is_old_is_told(client, asked, said):
    made = factories.resource(version=3)
    response = client.get(f"/ressources/{made.slug}/", {"v": asked})
    assert ("Une version plus récente existe" in text(response)) is said
    canonical = f'<link rel="canonical" href="http://localhost:8000/ressources/{made.slug}/">'
    assert canonical in response.content.decode()


@pytest.mark.parametrize(
    ("by", "said"),
    [(date(2026, 11, 20), True), (date(2026, 11, 21), False), (None, False)],
)
def test_overdue_review_is_told(client, time_machine, by, said):
    made = factories.resource(review_by=by)
    time_machine.move_to("2026-11-21T12:00:00+01:00", tick=False)
    words = text(client.get(f"/ressources/{made.slug}/"))
    assert ("Cette fiche attend une relecture" in words) is said


def test_several_paths_show_their_lanes(client):
    made = factories.resource(kind=Kind.AGIR)
    factories.path(made, steps=2)
    factories.path(made, steps=3)
    body = client.get(f"/ressources/{made.slug}/").content.decode()
    assert body.count('<ol class="path"') == 2
    assert body.count('<li class="step"') == 5
    assert re.findall(r'class="lane-name">([^<]+)', body)[:3] == [
        "Patient partenaire",
        "Professionnel partenaire",
        "Ensemble",
    ]


def test_mission_has_its_card_and_its_four_values(client):
    made = factories.resource(
        kind=Kind.MISSION,
        number=2,
        action="Prendre part à un programme",
        places=["À l’hôpital"],
        modalities=["vacation", "benevolat"],
        training=[{"name": "40 heures", "required": True}, {"name": "Un DU", "required": False}],
        regulation="Un décret.",
        skills=["Écouter"],
    )
    factories.section(made, "Se former", anchor="se-former")
    factories.section(made, "Cadre et modalités", anchor="cadre-et-modalites")
    values = "".join(f'<h3 id="pour-{n}">Pour {n} &amp; tous</h3><p>Oui.</p>' for n in range(4))
    factories.section(made, "La valeur ajoutée", html=values, anchor="la-valeur-ajoutee")
    response = client.get(f"/ressources/{made.slug}/")
    body = response.content.decode()
    assert [(f.label, f.values, f.more) for f in response.context["identity"]] == [
        ("Où", [("À l’hôpital", "")], ""),
        ("Formation", [("40 heures (indispensable)", ""), ("Un DU", "")], "se-former"),
        (
            "Modalités possibles",
            [("Vacation", "modalite=vacation"), ("Bénévolat", "modalite=benevolat")],
            "cadre-et-modalites",
        ),
        ("Savoirs et compétences", [("Écouter", "")], ""),
    ]
    assert "Prendre part à un programme" in body
    assert "Un décret." not in body  # the section of that name says it
    assert body.count('<section class="value"') == 4
    assert '<a href="#pour-3">Pour 3 &amp; tous</a>' in body


def test_related_parts_and_words_are_listed_once(client):
    guide = factories.resource(kind=Kind.GUIDE)
    mission = factories.resource(kind=Kind.MISSION, number=1, title="Une mission")
    other = factories.resource(title="Une autre fiche")
    for target in (mission, other):
        ResourceRelation.objects.create(source=guide, target=target)
    ResourceRelation.objects.create(source=guide, target=mission, role="part")
    kept = Term.objects.create(slug="etp", term="ETP", category="demarches", basis="lexique")
    gone = Term.objects.create(
        slug="vieux",
        term="Vieux",
        category="demarches",
        basis="lexique",
        archived_at=timezone.now(),
    )
    for term in (kept, gone):
        ResourceTerm.objects.create(resource=guide, term=term)
    sheet = client.get(f"/ressources/{guide.slug}/").context["sheet"]
    assert [row["slug"] for row in sheet.parts] == [mission.slug]
    assert [row["slug"] for row in sheet.related] == [other.slug]
    assert sheet.terms == [{"slug": "etp", "term": "ETP", "url": "/lexique/etp/"}]


def test_files_say_pages_and_size_once_made(client):
    made = factories.resource()
    PreparedDocument.objects.create(
        resource=made, form="standard", sha256="0" * 64, pages=6, size=210_000, version=1
    )
    words = text(client.get(f"/ressources/{made.slug}/")).replace("\xa0", " ")
    assert (
        "Télécharger la fiche (PDF , 6 pages , 210 ko )"
        in words.replace(",", " ,").replace("  ,", " ,")
        or "Télécharger la fiche (PDF, 6 pages, 210 ko)" in words
    )
    assert "Gros caractères (PDF)" in words


def test_media_comes_with_its_transcript(client):
    made = factories.resource(kind=Kind.VIDEO)
    ExternalMedia.objects.create(
        resource=made,
        title="Un film",
        url="https://example.org/film",
        host_name="PeerTube",
        minutes=3,
        transcript_html="<p>Bonjour à tous.</p>",
    )
    body = client.get(f"/ressources/{made.slug}/").content.decode()
    assert 'href="https://example.org/film"' in body
    assert "<p>Bonjour à tous.</p>" in body
    assert "<iframe" not in body


def test_attachment_is_sent_as_a_file_that_runs_nothing(client, settings):
    made = factories.resource()
    place = settings.MEDIA_ROOT / "attachments"
    place.mkdir(parents=True, exist_ok=True)
    (place / "annexe.pdf").write_bytes(b"%PDF-1.7")
    file = Attachment.objects.create(
        resource=made, title="Annexe", file="attachments/annexe.pdf", size=8, pages=2
    )
    response = client.get(f"/ressources/{made.slug}/pieces/{file.pk}/")
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Disposition"] == 'attachment; filename="annexe.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_falc_page_is_404_without_text_and_says_whether_it_was_reread(client):
    made = factories.resource()
    assert client.get(f"/ressources/{made.slug}/falc/").status_code == 404
    factories.falc(made)
    words = text(client.get(f"/ressources/{made.slug}/falc/"))
    assert "n’a pas encore été relue par des personnes concernées" in words
    reread = factories.resource(falc_reviewed_on=date(2026, 11, 1))
    factories.falc(reread)
    words = text(client.get(f"/ressources/{reread.slug}/falc/")).replace("\xa0", " ")
    assert "relu par des personnes concernées le 1er novembre 2026" in words
    for page in ("", "falc/"):
        body = client.get(f"/ressources/{made.slug}/{page}").content.decode()
        assert 'aria-label="Version du texte"' in body


def test_article_is_described_without_running_anything(client):
    made = factories.resource(title="Un titre </script><b>", topics=["etp"])
    body = client.get(f"/ressources/{made.slug}/").content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body)
    article = json.loads(data)
    assert article["headline"] == "Un titre </script><b>"
    assert article["@type"] == "Article"
    assert article["url"] == f"http://localhost:8000/ressources/{made.slug}/"


@pytest.mark.parametrize("rows", [1, 200])
def test_sheet_asks_the_base_six_times_at_most(client, django_assert_max_num_queries, rows):
    made = factories.resource(kind=Kind.AGIR, grids=["une-grille"], workshops=["un-atelier"])
    factories.path(made)
    for number in range(rows):
        other = factories.resource()
        ResourceRelation.objects.create(source=made, target=other, position=number)
        term = Term.objects.create(
            slug=f"t-{number}", term=f"T{number}", category="demarches", basis="lexique"
        )
        ResourceTerm.objects.create(resource=made, term=term, position=number)
        reference = Reference.objects.create(key=f"r{number}", type="article", title="R")
        ResourceReference.objects.create(resource=made, reference=reference, position=number)
        factories.section(made, f"Section {number}")
    with django_assert_max_num_queries(6) as asked:
        response = client.get(f"/ressources/{made.slug}/")
    assert len(response.context["sheet"].related) == rows
    assert len(asked) == 2  # version of the cache, the resource with all that it holds


def test_team_is_told_that_a_draft_is_its_own(client):
    made = factories.resource(status=Status.DRAFT)
    ResourceVersion.objects.filter(resource=made).delete()
    client.force_login(factories.team_member())
    assert "L’équipe seule voit cette page. Brouillon" in text(
        client.get(f"/ressources/{made.slug}/")
    )


def test_grids_and_workshops_are_linked_once_they_exist(client):
    made = factories.resource(grids=["une-grille"], workshops=["un-atelier", "absent"])
    entries_replace(
        "workshops.workshop:1",
        [
            EntryDraft(
                source="workshops.workshop:1",
                kind="atelier",
                title="Un atelier",
                url="/ateliers/un-atelier/",
            )
        ],
    )
    linked = client.get(f"/ressources/{made.slug}/").context["linked"]
    assert linked == {
        "grids": [],
        "workshops": [{"url": "/ateliers/un-atelier/", "title": "Un atelier"}],
    }


def test_attachment_says_format_pages_and_size(client):
    made = factories.resource()
    file = Attachment.objects.create(
        resource=made, title="Annexe", file="attachments/annexe.docx", size=12_000, pages=3
    )
    response = client.get(f"/ressources/{made.slug}/")
    assert "Annexe (DOCX, 3 pages, 12 ko)" in text(response).replace("\xa0", " ")
    assert f'href="/ressources/{made.slug}/pieces/{file.pk}/"' in response.content.decode()
