"""The page of an export: who sees it, what it says, how the file is taken."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from cops.exports import Made, export_address, request_export
from cops.exports.enums import State
from cops.exports.models import Export
from cops.exports.running import export_run
from tests.accounts.people import person, sign_in
from tests.exports.making import KIND
from tests.exports.making import export as row
from tests.pages.outline import Outline

pytestmark = pytest.mark.django_db(transaction=True)


def _ready(**wish) -> Export:
    export = request_export(kind=KIND, parameters={}, content_hash="1", **wish)
    export_run(export.pk)
    export.refresh_from_db()
    assert export.state == State.READY
    return export


def _status(answer) -> int:
    if answer.streaming:
        b"".join(answer.streaming_content)  # the file stays open until its end
    return answer.status_code


def _text(client, export, **options) -> str:
    answer = client.get(export_address(export, **options))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("leaflets")
def test_who_knows_the_address_of_a_public_document_takes_it(client):
    export = _ready()
    assert "C’est prêt." in _text(client, export)
    answer = client.get(export_address(export, page="file"))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 leaflet"
    headers = {
        name: answer[name]
        for name in (
            "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control",
            "Content-Security-Policy", "Referrer-Policy", "X-Robots-Tag",
        )
    }  # fmt: skip
    assert headers == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''d%C3%A9pliant.pdf",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex, noarchive",
    }


@pytest.mark.usefixtures("leaflets")
@pytest.mark.parametrize("page", ["page", "state", "file"])
def test_a_document_of_a_person_is_theirs_alone(client, page):
    owner = person()
    address = export_address(_ready(owner=owner), page=page)
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/compte/connexion/")
    for other in (person(), person("administrator")):
        sign_in(client, other)
        assert client.get(address).status_code == 404
    sign_in(client, owner)
    assert _status(client.get(address)) == 200


@pytest.mark.usefixtures("leaflets")
@pytest.mark.parametrize("page", ["page", "state", "file"])
def test_a_document_with_a_secret_opens_with_it_alone(client, page):
    export = _ready(secret="Sésame")
    address = export_address(export, page=page)
    for wrong in ("", "?cle=", "?cle=sesame", "?cle=" + export.secret_hash, "?cle=%00"):
        assert client.get(address + wrong).status_code == 404
    assert _status(client.get(export_address(export, secret="Sésame", page=page))) == 200
    assert "Sésame" not in str(Export.objects.values().get())


@pytest.mark.usefixtures("leaflets")
def test_a_secret_goes_with_every_link_of_its_page(client):
    export = _ready(secret="ouvre-toi")
    html = _text(client, export, secret="ouvre-toi")
    for page in ("state", "file"):
        assert export_address(export, secret="ouvre-toi", page=page) in html


def test_a_waiting_document_says_so_and_can_be_refreshed_by_hand(client, leaflets):
    export = request_export(kind=KIND, parameters={}, content_hash="1")
    html = _text(client, export)
    page = Outline(html)
    assert (page.title, page.count("h1")) == ("Votre dépliant — COPS", 1)
    assert "En attente" in html
    assert '<noscript><p><a class="btn ghost"' in html
    assert "data-over" not in html


def test_progress_is_told_in_words_and_in_a_bar(client, leaflets):
    export = row(state="making", done=2, total=3, phase="pages", lease_until=Now())
    html = client.get(export_address(export, page="state")).content.decode()
    assert "Pages\u00a0: 2 sur 3" in html
    assert '<progress id="avancement" value="2" max="3"' in html
    assert 'role="status"' in html
    assert "data-over" not in html


def test_a_phase_without_count_has_a_bar_without_value(client, leaflets):
    export = row(state="making", phase="binding", lease_until=Now())
    html = client.get(export_address(export, page="state")).content.decode()
    assert "Reliure…" in html
    assert '<progress id="avancement" aria-labelledby' in html


@pytest.mark.parametrize(
    ("fields", "words", "again"),
    [
        ({"state": "failed", "reason": "disk"}, "La place manque sur notre serveur.", True),
        ({"state": "failed", "reason": "long"}, "a pris trop de temps", True),
        ({"state": "failed", "reason": "fault"}, "Une erreur de notre côté", True),
        ({"state": "failed", "reason": "told", "words": "Classeur vide."}, "Classeur vide.", True),
        ({"state": "parked", "reason": "killed"}, "L’équipe du COPS le voit", False),
        ({"state": "expired"}, "n’est plus gardé", False),
    ],
    ids=["disk", "long", "fault", "told", "parked", "expired"],
)
def test_what_stopped_says_why_and_what_to_do(client, leaflets, fields, words, again):
    html = _text(client, row(**fields))
    assert words in html
    assert ("Réessayer</button>" in html) is again
    assert "data-over" in html
    assert "<noscript>" not in html


@pytest.mark.parametrize("page", ["page", "state"])
def test_only_while_it_is_prepared_one_reads_that_it_goes_on(client, leaflets, page):
    # In the part that changes too: the words go with what they say.
    goes_on = "la préparation continue"
    assert goes_on in _text(client, row(state="waiting"), page=page)
    assert goes_on not in _text(
        client, row(state="failed", reason="disk", fingerprint="b" * 64), page=page
    )


def test_trying_again_asks_for_the_token_and_makes_it_wait(leaflets):
    export = row(state="failed", reason="disk")
    client = Client(enforce_csrf_checks=True)
    address = export_address(export, page="retry")
    assert client.post(address).status_code == 403
    client.get(export_address(export))
    token = client.cookies["csrftoken"].value
    answer = client.post(address, {"csrfmiddlewaretoken": token})
    assert (answer.status_code, answer["Location"]) == (302, export_address(export))
    export.refresh_from_db()
    assert (export.state, export.reason) == (State.WAITING, "")


@pytest.mark.parametrize("state", ["waiting", "making", "failed", "parked", "expired"])
def test_what_is_not_ready_leads_back_to_its_page(client, leaflets, state):
    export = row(state=state)
    answer = client.get(export_address(export, page="file"))
    assert (answer.status_code, answer["Location"]) == (302, export_address(export))


@pytest.mark.usefixtures("leaflets")
@pytest.mark.parametrize("loss", ["over", "file"])
def test_a_file_that_went_leads_back_to_its_page(client, loss):
    export = _ready()
    if loss == "over":
        Export.objects.update(expires_at=Now() - timedelta(seconds=1))
    else:
        default_storage.delete(export.file)
    assert client.get(export_address(export, page="file")).status_code == 302
    if loss == "over":
        assert "n’est plus gardé" in _text(client, export)


def test_a_file_that_may_be_taken_once_is_taken_once_by_a_button(client, kind):
    kind(downloads=1, days=2)
    export = _ready()
    html = _text(client, export)
    assert "une seule fois" in html
    assert f'<form method="post" action="{export_address(export, page="file")}"' in html
    address = export_address(export, page="file")
    assert client.get(address).status_code == 405
    first = client.post(address)
    assert first.status_code == 200
    assert b"".join(first.streaming_content) == b"%PDF-1.7 leaflet"
    assert client.post(address).status_code == 302
    assert "n’est plus gardé" in _text(client, export)
    # Asked again, it is made again.
    again = request_export(kind=KIND, parameters={}, content_hash="1")
    assert again.pk != export.pk
    assert not default_storage.exists(export.file)


def test_a_guard_stands_before_the_file_alone(client, kind):
    kind(guard=login_required)
    export = _ready()
    assert client.get(export_address(export)).status_code == 200
    assert client.get(export_address(export, page="file")).status_code == 302


def test_the_way_back_is_told_by_the_kind(client, kind):
    kind(back=lambda export: ("Revenir au classeur", "/classeur/"))
    assert '<a href="/classeur/">Revenir au classeur</a>' in _text(client, _ready())


def test_a_zip_is_a_zip(client, kind):
    def make(export, progress):
        with zipfile.ZipFile(export.target, "w") as archive:
            archive.writestr("lisez-moi.txt", "bonjour")
        return Made("classeur.zip")

    kind(make=make)
    answer = client.get(export_address(_ready(), page="file"))
    assert answer["Content-Type"] == "application/zip"
    content = io.BytesIO(b"".join(answer.streaming_content))
    assert zipfile.ZipFile(content).namelist() == ["lisez-moi.txt"]


@pytest.mark.usefixtures("leaflets")
def test_the_page_asks_few_questions_to_the_database(client, django_assert_max_num_queries):
    export = _ready()
    with django_assert_max_num_queries(2):
        client.get(export_address(export))


# The team's list.


@pytest.fixture
def team(client):
    sign_in(client, person("team"))
    return client


def test_the_team_sees_documents_and_not_whose_they_are(team, leaflets):
    owner = person(email="camille@example.org", display_name="Camille Durand")
    row(owner=owner, state="parked", reason="killed", attempts=3, parameters={"name": "secret"})
    html = team.get(reverse("pages:exports")).content.decode()
    assert "Votre dépliant" in html
    assert "Mis de côté" in html
    for private in ("camille", "Durand", "secret"):
        assert private not in html


def test_the_team_finds_what_was_set_aside_in_what_is_to_be_done(team, leaflets):
    row(state="parked", reason="killed", attempts=3)
    html = team.get(reverse("pages:todo")).content.decode()
    assert "Documents qui n’ont pas pu être faits" in html


def test_the_team_tries_again(team, leaflets):
    export = row(state="parked", reason="killed", attempts=3)
    address = reverse("pages:export_again", args=[export.public_id])
    html = team.post(address, follow=True).content.decode()
    assert "est relancé" in html
    export.refresh_from_db()
    assert (export.state, export.attempts) == (State.WAITING, 0)
    assert "n’est plus à relancer" in team.post(address, follow=True).content.decode()


def test_the_list_is_filtered_by_state(team, leaflets):
    row(fingerprint="a", state="parked")
    row(fingerprint="b")
    html = team.get(reverse("pages:exports") + "?etat=parked").content.decode()
    assert html.count('<th scope="row">') == 1


def test_the_list_costs_the_same_for_one_row_and_for_many(team, leaflets):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            team.get(reverse("pages:exports"))
        return len(captured)

    row(fingerprint="0")
    one = statements()
    for number in range(1, 4):
        row(fingerprint=str(number))
    assert statements() == one
