"""A new version is put in place without a cut: what was begun is finished, by a real gunicorn."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings

from tests.embedded.conftest import wait_for

pytestmark = pytest.mark.slow


def flags_of_the_image() -> list[str]:
    text = (settings.ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    found = re.search(r"^CMD (\[.*\])$", text, re.MULTILINE)
    assert found is not None
    return json.loads(found[1])


@pytest.fixture
def gunicorn(tmp_path):
    """Its process and its port, started with the very flags of the Dockerfile."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    program, _, *flags = flags_of_the_image()
    flags[flags.index("--bind") + 1] = f"127.0.0.1:{port}"
    log = tmp_path / "gunicorn.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", program, "tests.operation.draining_site:application", *flags,
             "--workers", "2"],
            cwd=settings.ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.http.outage_settings"},
            stdout=output, stderr=output,
        )  # fmt: skip

    def answers() -> bool:
        try:
            return get(port, "/healthz") == 200
        except OSError:
            return False

    assert wait_for(answers, 40), log.read_text()[-3000:]
    yield process, port
    process.kill()
    process.wait()


def get(port: int, address: str) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        link.request("GET", address, headers={"Host": "localhost", "Connection": "close"})
        answer = link.getresponse()
        answer.read()
        return answer.status
    finally:
        link.close()


def test_what_was_begun_when_the_stop_is_asked_is_answered(gunicorn):
    process, port = gunicorn
    begun: list[int | str] = []
    refused = threading.Event()
    stopping = threading.Event()

    def visitor() -> None:
        """Asks again and again; once the stop is asked, a refused connection ends it."""
        while not refused.is_set():
            try:
                link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                link.connect()
            except OSError:
                # Nobody listens any more: the front door keeps this visitor for the next version.
                if not stopping.is_set():
                    begun.append("refused before the stop")
                return
            link.close()
            try:
                begun.append(get(port, "/healthz"))
            except ConnectionRefusedError:
                return
            except (OSError, http.client.HTTPException) as error:
                begun.append(repr(error))
            time.sleep(0.01)

    def slow_visitor() -> None:
        begun.append(get(port, "/lente/"))

    slow = [threading.Thread(target=slow_visitor) for _ in range(3)]
    for thread in slow:
        thread.start()
    time.sleep(0.4)  # they are being answered
    others = [threading.Thread(target=visitor) for _ in range(2)]
    for thread in others:
        thread.start()
    time.sleep(0.3)
    stopping.set()
    process.send_signal(signal.SIGTERM)
    assert process.wait(25) == 0
    refused.set()
    for thread in [*slow, *others]:
        thread.join(30)
    cut = [answer for answer in begun if answer != 200]
    # A connection that waited in the kernel's queue when the door closed was never taken.
    assert [answer for answer in cut if "reset" not in str(answer).lower()] == []
    assert len(cut) <= len(others)
    assert begun.count(200) > len(slow)
