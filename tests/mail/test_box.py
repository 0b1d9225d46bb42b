"""/courriels/: what the demonstration kept instead of sending."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from cops.embedded.mailbox import MOST_KEPT, Folder, Received
from cops.mail.building import build
from cops.mail.outbox import Row

Keep = Callable[..., str]


@pytest.fixture
def keep(settings, tmp_path: Path) -> Keep:
    """Put a mail in the box; its name."""
    settings.MAILBOX = tmp_path / "mail"
    folder = Folder(tmp_path / "mail")

    def put(subject: str = "Votre code", text: str = "Bonjour,\n\n    KXTP-DWQM\n") -> str:
        row = Row(1, "p" * 22, "jeanne@example.org", "notice", False, subject, text, "", 0)
        content = build(row).message().as_bytes(linesep="\r\n")
        folder.keep(Received("cops@example.org", (row.to,), content))
        return max(path.stem for path in folder.path.glob("*.eml"))

    return put


def test_the_box_shows_the_last_mail_first_and_its_code(client: Client, keep: Keep):
    keep("Premier", "Bonjour,\n\nRien à copier.\n")
    name = keep("Votre code")
    answer = client.get("/courriels/")
    mails = answer.context["mails"]
    assert [(mail.subject, mail.to, mail.code) for mail in mails] == [
        ("Votre code", "jeanne@example.org", "KXTP-DWQM"),
        ("Premier", "jeanne@example.org", ""),
    ]
    assert f'href="/courriels/{name}/"' in answer.text
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_an_empty_box_says_what_to_do(client: Client, settings, tmp_path: Path):
    settings.MAILBOX = tmp_path / "mail"
    assert "Aucun courriel pour l’instant" in client.get("/courriels/").text


def test_a_mail_is_shown_as_text_and_in_a_frame_where_nothing_runs(client: Client, keep: Keep):
    name = keep(
        "Bonjour <b>vous</b>", "<script>alert(1)</script>\n\nhttps://example.org/?a=1&b=2\n"
    )
    page = client.get(f"/courriels/{name}/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "Bonjour &lt;b&gt;vous&lt;/b&gt;" in page.text
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    frame = client.get(f"/courriels/{name}/html/")
    assert "<script" not in frame.text
    assert '<a href="https://example.org/?a=1&amp;b=2"' in frame.text
    policy = dict(part.split(" ", 1) for part in frame["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "frame-ancestors": "'self'",
        "sandbox": "allow-popups allow-popups-to-escape-sandbox",
    }
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "name", ["0000000000000-0000", "nul", "1795703362376-0001-x", "-", "a" * 300]
)
def test_a_mail_that_is_not_kept(client: Client, keep: Keep, name: str):
    keep()
    assert client.get(f"/courriels/{name}/").status_code == 404
    assert client.get(f"/courriels/{name}/html/").status_code == 404


def test_a_file_that_is_no_mail_breaks_nothing(client: Client, keep: Keep, tmp_path: Path):
    (tmp_path / "mail" / "1795703362376-0001.eml").write_bytes(b"\xff\xfe\x00 no mail at all")
    (tmp_path / "mail" / "autre.eml").write_bytes(b"")
    [mail] = client.get("/courriels/").context["mails"]
    assert (mail.subject, mail.code) == ("(sans objet)", "")
    assert client.get("/courriels/1795703362376-0001/").status_code == 200


def test_the_box_belongs_to_the_demonstration(client: Client, keep: Keep, settings):
    name = keep()
    settings.DEMONSTRATION = False
    for address in ("/courriels/", f"/courriels/{name}/", f"/courriels/{name}/html/"):
        assert client.get(address).status_code == 404


def test_only_the_last_mails_are_kept(keep: Keep, tmp_path: Path):
    names = [keep(f"n° {number}") for number in range(MOST_KEPT + 3)]
    kept = sorted(path.stem for path in (tmp_path / "mail").glob("*.eml"))
    assert kept == names[3:]


def test_what_is_kept_is_for_its_owner_alone(keep: Keep, tmp_path: Path):
    name = keep()
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "mail" / f"{name}.eml").stat().st_mode & 0o777 == 0o600
