"""The health checks of the containers, beside real processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from celery import signals
from django.conf import settings

from cops.operation import probe, pulse
from tests.embedded.conftest import wait_for


@pytest.fixture
def pulses(tmp_path, monkeypatch):
    monkeypatch.setattr(pulse.tempfile, "gettempdir", lambda: str(tmp_path))
    return tmp_path


@pytest.fixture
def server():
    """Answers 200 to the site's own name, 400 to any other."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            known = self.headers["Host"] == "portail.example.org"
            self.send_response(200 if known and self.path == "/healthz" else 503)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Nothing on the error stream."""

    asked: list[str] = []
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield found.server_port, asked
    found.shutdown()
    found.server_close()
    thread.join()


def test_the_web_server_is_asked_by_its_name(server, monkeypatch):
    port, asked = server
    monkeypatch.setenv("ALLOWED_HOSTS", "portail.example.org, www.example.org")
    assert probe.main("alive", port) == 0
    assert probe.main("ready", port) == 1
    assert asked == ["/healthz", "/readyz"]
    monkeypatch.setenv("ALLOWED_HOSTS", "autre.example.org")
    assert probe.main("alive", port) == 1


def test_a_web_server_that_is_away_is_not_well():
    assert probe.main("alive", 9) == 1


@pytest.mark.parametrize("part", ["worker", "timer"])
def test_a_part_is_well_while_it_gives_signs_of_life(pulses, part):
    assert probe.main(part) == 1
    file = pulse.pulse_file(part)
    file.touch()
    assert probe.main(part) == 0
    os.utime(file, (time.time() - pulse.LONGEST_SILENCE - 1,) * 2)
    assert probe.main(part) == 1


def test_a_word_that_means_nothing_is_no_success():
    assert probe.main("rien") == 2


def test_it_loads_neither_django_nor_celery():
    code = (
        "import sys; from cops.operation import probe;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'celery'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.ROOT, capture_output=True, text=True
    )
    assert done.stdout == "[]\n", done.stderr


def test_only_the_timer_speaks_for_the_timer(pulses):
    try:
        signals.after_task_publish.send(sender="web")
        assert not pulse.pulse_file("timer").exists()
        signals.beat_init.send(sender="timer")
        file = pulse.pulse_file("timer")
        assert file.exists()
        file.unlink()
        signals.after_task_publish.send(sender="timer")
        assert file.exists()
    finally:
        signals.after_task_publish.disconnect(pulse._timer_sent)


def test_a_broken_disk_is_no_fault_of_the_worker(monkeypatch):
    monkeypatch.setattr(pulse.tempfile, "gettempdir", lambda: "/nulle/part")
    signals.heartbeat_sent.send(sender="worker")
    assert probe.main("worker") == 1


@pytest.mark.slow
@pytest.mark.parametrize(("part", "words"), [("worker", ["--concurrency", "1"]), ("timer", [])])
def test_the_real_parts_of_production_give_signs_of_life(part, words, tmp_path):
    command = {"worker": "worker", "timer": "beat"}[part]
    if part == "timer":
        words = ["--pidfile", "", "--schedule", str(tmp_path / "schedule")]
    else:
        words = [*words, "--without-gossip", "--without-mingle"]
    environment = os.environ | {
        "TMPDIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.operation.part_settings",
        "PART_BROKER": settings.CELERY_BROKER_URL,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "--app", "cops.background.celery:app", command, *words],
        cwd=settings.ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert wait_for(lambda: (tmp_path / f"cops-{part}.pulse").exists(), 40)
    finally:
        process.kill()
        process.wait()
