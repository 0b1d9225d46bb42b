"""The addresses of the PDFs: what is sent, under which name, to whom, and when one must wait."""

import os
import time

import pytest
from django.db import connections

from cops.pdf import files
from resources import documents
from resources.models import PreparedDocument, ResourceVersion
from resources.services.snapshots import snapshot
from resources.tasks import remove_unused_pdfs
from tests.resources import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    made = factories.resource(slug="agir", version=2)
    factories.falc(made)
    ResourceVersion.objects.create(
        resource=made, number=1, published_at=made.published_at, snapshot=snapshot(made)
    )
    return made


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/ressources/agir.pdf", "agir.pdf"),
        ("/ressources/agir/falc.pdf", "agir-falc.pdf"),
        ("/ressources/agir/grand.pdf", "agir-gros-caracteres.pdf"),
        ("/ressources/agir/v1.pdf", "agir-v1.pdf"),
    ],
)
def test_pdf_is_sent_inline_under_its_name(client, sheet, address, name):
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert response["Cache-Control"] == "no-cache"
    content = body(response)
    assert content.startswith(b"%PDF-1.7")
    assert int(response["Content-Length"]) == len(content)
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, response["ETag"])


def test_second_reader_costs_one_statement(client, sheet, django_assert_num_queries):
    body(client.get("/ressources/agir.pdf"))
    with django_assert_num_queries(1):
        assert body(client.get("/ressources/agir.pdf")).startswith(b"%PDF")


@pytest.mark.parametrize("address", ["falc.pdf", "v3.pdf", "v9.pdf"])
def test_form_that_does_not_exist_is_404(client, address):
    factories.resource(slug="seule")
    assert client.get(f"/ressources/seule/{address}").status_code == 404


def test_pdf_is_read_only(client, sheet):
    assert client.post("/ressources/agir.pdf").status_code in (403, 405)


def test_busy_maker_is_a_503_in_french(client, sheet, monkeypatch):
    monkeypatch.setattr(files, "WAIT_SECONDS", 0.1)
    html = []
    monkeypatch.setattr(documents.making, "kept", lambda text: html.append(text) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.get("/ressources/agir.pdf")
    monkeypatch.setattr(documents.making, "kept", files.kept)
    key = int.from_bytes(bytes.fromhex(files.content_hash(html[0])[:16]), signed=True)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:  # somebody else is making this very document
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
            response = client.get("/ressources/agir.pdf")
    finally:
        other.close()
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "Le document se prépare" in response.content.decode()
    assert 'href="/ressources/agir/"' in response.content.decode()
    assert body(client.get("/ressources/agir.pdf")).startswith(b"%PDF")


def test_the_present_pdfs_outlive_the_night(client, sheet):
    body(client.get("/ressources/agir.pdf"))
    body(client.get("/ressources/agir/v1.pdf"))  # made again from its snapshot, named nowhere
    month_ago = time.time() - 31 * 86_400
    for path in files.folder().iterdir():
        os.utime(path, (month_ago, month_ago))
    present = PreparedDocument.objects.get().sha256
    for _ in range(2):
        remove_unused_pdfs()
        assert [path.name for path in files.folder().iterdir()] == [f"{present}.pdf"]
