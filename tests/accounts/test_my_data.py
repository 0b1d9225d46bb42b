"""« Mes données »: seen in plain words, taken away once, by the person alone."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from cops.accounts.models import User
from cops.accounts.my_data import archive
from cops.accounts.my_data.archive import my_data_request
from cops.accounts.my_data.wording import section
from cops.accounts.services.consents import consent_give
from cops.exports.enums import State
from cops.exports.models import Export
from cops.exports.running import export_run
from cops.formats import date_fr
from cops.mail.models import Message
from cops.privacy import DELETE, Basis, Retention, declare, registry
from cops.privacy.erasing import person_erase
from cops.privacy.reading import told_of
from resources.models import Attachment
from tests.accounts.people import person, sign_in
from tests.pages.outline import Outline
from tests.privacy.making import CANARY, known_person
from tests.resources import factories

pytestmark = pytest.mark.django_db(transaction=True)

HOME, COPY = "my_data:home", "my_data:copy"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture
def known(client):
    user = known_person()
    sign_in(client, user)
    return user


def _archive(client, export) -> zipfile.ZipFile:
    answer = client.post(reverse("exports:file", args=[export.public_id]))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_page_tells_everything_in_words(client, known):
    html = client.get(reverse(HOME)).content.decode()
    page = Outline(html)
    assert (page.count("h1"), page.levels()[0]) == (1, 1)
    for one in told_of(known):
        assert one.declaration.title in html
    for word in (known.email, known.display_name, "Membre", f"Firefox {CANARY}"):
        assert word in html
    assert known.password not in html


def test_the_page_costs_the_same_for_ten_rows_and_for_a_thousand(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    user = person()
    sign_in(client, user)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(HOME)).status_code == 200
        return len(captured)

    def grow(first: int, last: int) -> None:
        Export.objects.bulk_create(
            Export(kind="k", content_hash="", fingerprint=str(n), owner=user)
            for n in range(first, last)
        )

    grow(0, 10)
    statements()
    few = statements()
    grow(10, 1000)
    assert statements() == few
    assert few <= 20


def test_a_long_list_says_that_the_copy_holds_the_rest(client):
    user = person()
    sign_in(client, user)
    for number in range(8):
        Export.objects.create(kind="k", content_hash="", fingerprint=str(number), owner=user)
    assert "Et 3\u00a0autres, plus anciens" in client.get(reverse(HOME)).content.decode()


def test_a_hostile_name_is_shown_as_text(client):
    user = person(display_name="<img src=x onerror=alert(1)>")
    sign_in(client, user)
    assert "<img src=x" not in client.get(reverse(HOME)).content.decode()
    told = told_of(user)
    assert "<img src=x" not in archive.readable(told, user.joined_at)


def test_the_copy_holds_a_page_to_read_and_the_same_for_a_machine(client, known):
    answer = client.post(reverse(COPY))
    export = Export.objects.get(kind=archive.KIND)
    assert answer["Location"] == reverse("exports:page", args=[export.public_id])
    export_run(export.pk)
    content = _archive(client, export)
    assert sorted(content.namelist()) == ["mes-donnees.html", "mes-donnees.json"]
    data = json.loads(content.read("mes-donnees.json"))
    kept = {part["modele"]: part["lignes"] for part in data["donnees"]}
    assert kept["accounts.User"][0]["email"] == known.email
    assert len(kept["mail.Message"]) == 4  # the one of the request too
    page = content.read("mes-donnees.html").decode()
    assert f"<strong>nom affiché</strong></dt><dd>Camille {CANARY}</dd>" in page
    assert "<script" not in page
    # What is kept and not given has a sentence here, its names and reasons in the other file.
    assert "l’empreinte de votre mot de passe, par exemple" in page
    assert "dedupe_key" not in page
    withheld = {part["modele"]: part["garde_sans_etre_donne"] for part in data["donnees"]}
    assert withheld["accounts.User"]["password"].startswith("une empreinte dont on ne retrouve")


def test_the_copy_is_taken_once_within_two_days(client, known):
    export = my_data_request(user=known)
    export_run(export.pk)
    export.refresh_from_db()
    assert (export.expires_at - export.ready_at).days == 2
    _archive(client, export)
    again = client.post(reverse("exports:file", args=[export.public_id]))
    assert again.status_code == 302
    assert my_data_request(user=known).pk != export.pk


def test_a_double_click_prepares_one_copy_and_writes_once(client, known):
    client.post(reverse(COPY))
    client.post(reverse(COPY))
    assert Export.objects.filter(kind=archive.KIND).count() == 1
    mail = Message.objects.get(template__endswith="data_asked")
    assert mail.to == known.email


def test_a_copy_asked_after_one_is_ready_tells_what_changed_since(client, known):
    first = my_data_request(user=known)
    assert my_data_request(user=known) == first  # still in preparation
    export_run(first.pk)
    User.objects.filter(pk=known.pk).update(display_name="Dominique")
    second = my_data_request(user=known)
    assert second != first
    export_run(second.pk)
    assert "<dd>Dominique</dd>" in _archive(client, second).read("mes-donnees.html").decode()


@pytest.mark.parametrize("action", ["copy", "file"])
def test_an_old_session_proves_again_who_it_is(client, known, action):
    export = my_data_request(user=known)
    export_run(export.pk)
    sign_in(client, known, ago=7200)
    address = (
        reverse(COPY) if action == "copy" else reverse("exports:file", args=[export.public_id])
    )
    answer = client.post(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/compte/verification/")
    export.refresh_from_db()
    assert export.downloads == 0


def test_nobody_takes_the_copy_of_another(client, known):
    export = my_data_request(user=known)
    export_run(export.pk)
    for role in ("member", "administrator"):
        sign_in(client, person(role))
        assert client.post(reverse("exports:file", args=[export.public_id])).status_code == 404


def test_a_copy_of_who_left_meanwhile_says_so(client, known):
    export = my_data_request(user=known)
    Export.objects.filter(pk=export.pk).update(owner=None)
    export_run(export.pk)
    export.refresh_from_db()
    assert (export.state, export.words) == (State.FAILED, "Ce compte n’existe plus.")


# Files, and words for values.


@pytest.fixture
def pieces(monkeypatch):
    """Attachments, told of the person whose number is their position."""
    monkeypatch.setattr(registry, "_declarations", dict(registry._declarations))
    declare(
        "resources.Attachment",
        title="Vos pièces", people="p", purpose="b", basis=Basis.CONTRACT,
        retention=Retention("Un an."), erasure=DELETE, person="position",
        fields={"file": "fichier", "title": "titre"},
    )  # fmt: skip


@pytest.mark.usefixtures("pieces")
def test_files_are_copied_and_a_lost_one_is_said(client, known):
    sheet = factories.resource(slug="fiche")
    for name in ("photo de moi.png", "lettre.pdf"):
        Attachment.objects.create(
            resource=sheet,
            position=known.pk,
            title=name,
            size=7,
            file=ContentFile(b"content", name),
        )
    lost = Attachment.objects.get(title="lettre.pdf")
    default_storage.delete(lost.file.name)
    export = my_data_request(user=known)
    export_run(export.pk)
    content = _archive(client, export)
    files = sorted(name for name in content.namelist() if name.startswith("fichiers/"))
    lost_one, kept_one = files
    assert lost_one.startswith("fichiers/resources-Attachment/1-")
    assert lost_one.endswith("lettre.pdf.manque.txt")
    assert kept_one.endswith("photo_de_moi.png")
    assert content.read(kept_one) == b"content"


@pytest.mark.usefixtures("pieces")
def test_files_go_with_the_person(known):
    sheet = factories.resource(slug="fiche")
    piece = Attachment.objects.create(
        resource=sheet,
        position=known.pk,
        title="t",
        size=7,
        file=ContentFile(b"content", "t.pdf"),
    )
    person_erase(user=known, scope="asked")
    assert not default_storage.exists(piece.file.name)


def test_values_are_told_as_a_person_would():
    user = person()
    (account,) = [one for one in told_of(user) if one.declaration.model == "accounts.User"]
    words = dict(section(account)["rows"][0])
    assert (words["rôle"], words["compte ouvert"], words["dernière connexion"]) == (
        "Membre",
        "oui",
        "—",
    )
    assert words["inscription"].startswith(date_fr(user.joined_at))


def test_codes_and_html_are_told_in_words(client, known):
    consent_give(user=known, purpose="terms")
    export_run(my_data_request(user=known).pk)
    told = {one.declaration.model: dict(section(one)["rows"][0]) for one in told_of(known)}
    agreed = told["accounts.Consent"]
    assert agreed["accord"] == "Conditions d’utilisation"
    assert agreed["texte accepté"].startswith("Ce que vous trouvez ici\nLe portail du Centre")
    assert told["mail.Message"]["catégorie"] == "Votre compte"
    assert told["mfa.Authenticator"]["moyen"] == "codes de secours"
    document = told["exports.Export"]
    assert (document["document"], document["état"]) == ("Une copie de vos données", "Prêt")
    assert document["taille"].endswith("ko")
    assert told["admin.LogEntry"]["geste"] == "Ajout"
    html = client.get(reverse(HOME)).content.decode()
    for code in ("&lt;h2&gt;", "accounts.my_data", "recovery_codes", "octets"):
        assert code not in html
