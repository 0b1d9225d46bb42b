"""What reaches the error tracker: the place and the kind of a fault, nothing of anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import brotli
import pytest
from django.conf import settings

CANARY = "canaridiabete7"


@pytest.fixture
def events(receiver):
    """The events of the portal run by ``tracked_site``, and all that was sent, as text."""
    dsn = receiver.url.replace("http://", "http://0123456789abcdef0123456789abcdef@") + "/1"
    done = subprocess.run(
        [sys.executable, "-m", "tests.operation.tracked_site", dsn, CANARY],
        cwd=settings.ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "cops.settings.test"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    bodies = []
    for _, _, headers, body in receiver.received:
        assert headers["Content-Encoding"] == "br"
        bodies.append(brotli.decompress(body).decode())
    found = []
    for body in bodies:
        lines = [json.loads(line) for line in body.splitlines() if line]
        assert [line["type"] for line in lines[1::2]] == ["event"]
        found.append(lines[2])
    return found, "".join(bodies)


def test_a_fault_is_placed_and_nobody_is_told_of(events):
    found, text = events
    page, task, line = found
    assert page["transaction"] == "broken/"
    assert page["exception"]["values"][-1]["type"] == "RuntimeError"
    frames = page["exception"]["values"][-1]["stacktrace"]["frames"]
    assert frames[-1]["function"] == "broken"
    assert "raise RuntimeError(CANARY)" in frames[-1]["context_line"]
    assert len(page["tags"]["request_id"]) == 32
    assert page["release"] == "essai-1"
    assert task["exception"]["values"][-1]["type"] == "ValueError"
    assert line["logentry"] == {"message": "un envoi a échoué pour %s"}
    for event in found:
        assert not set(event) & {"request", "user", "breadcrumbs", "extra", "modules", "contexts"}
        assert event.get("server_name", "portail") == "portail"
    assert CANARY not in text
    assert "canari a tap" not in text  # what the error says; the source holds it in two parts
    assert '"vars"' not in text


def test_without_a_dsn_nothing_listens():
    import sentry_sdk

    assert settings.SENTRY_DSN == ""
    assert not sentry_sdk.get_client().is_active()
