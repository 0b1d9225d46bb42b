"""A provider reached over HTTP: there is no moment before the text, the whole request is one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from cops.embedded.mailbox import HANG
from cops.mail import sending
from cops.mail.enums import State
from cops.mail.models import Message
from cops.mail.sending import outbox_send

pytestmark = pytest.mark.django_db


@dataclass
class Provider:
    """Answers as told; what it was asked to send."""

    answers: list[int | str] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def provider(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Brevo's interface on loopback."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            provider.asked.append(json.loads(body))
            answer = provider.answers.pop(0) if provider.answers else 201
            if answer == HANG:
                provider.ended.wait(10)
                return
            words = {"messageId": "<1@brevo>"} if answer == 201 else {"message": "no a@b.org"}
            content = json.dumps(words).encode()
            self.send_response(int(answer))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: Any) -> None:
            """Nothing on the screen of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "anymail.backends.brevo.EmailBackend"
    settings.ANYMAIL = {
        "BREVO_API_KEY": "key",
        "BREVO_API_URL": f"http://127.0.0.1:{server.server_port}/v3/",
        "REQUESTS_TIMEOUT": (0.3, 0.3),
    }
    settings.DEFAULT_FROM_EMAIL = "COPS <cops@example.org>"
    monkeypatch.setattr(sending, "_away_until", 0.0)
    yield provider
    provider.ended.set()
    server.shutdown()
    server.server_close()


def test_a_mail_leaves_with_its_own_headers(write, provider):
    message = write(category="letter")
    assert outbox_send() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.ACCEPTED, 1)
    [asked] = provider.asked
    assert asked["to"] == [{"email": "jeanne@example.org"}]
    assert asked["headers"]["Message-ID"] == f"<{message.public_id}@example.org>"
    assert asked["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert asked["textContent"].startswith("Bonjour Jeanne")
    assert asked["htmlContent"].startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("answer", "state", "attempts"),
    [
        (400, State.REFUSED, 1),
        (429, State.RETRY, 1),
        (503, State.RETRY, 1),
        (500, State.UNCERTAIN, 1),
        (502, State.UNCERTAIN, 1),
        (HANG, State.UNCERTAIN, 1),
        (401, State.PREPARED, 0),
        (402, State.PREPARED, 0),
    ],
)
def test_what_its_answer_means(write, provider, answer, state, attempts):
    message = write()
    provider.answers = [answer]
    assert outbox_send() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (state, attempts)
    assert "a@b.org" not in message.reason


def test_an_uncertain_letter_waits_for_a_person(write, provider):
    letter = write(category="letter")
    provider.answers = [500]
    outbox_send()
    letter.refresh_from_db()
    assert letter.parked


def test_a_provider_that_is_not_there_costs_no_try(write, provider, settings):
    settings.ANYMAIL = settings.ANYMAIL | {"BREVO_API_URL": "http://127.0.0.1:1/v3/"}
    write(), write()
    assert outbox_send() == 0
    states = set(Message.objects.values_list("state", "attempts"))
    assert states == {(State.PREPARED, 0)}
