"""What the outbox costs beyond a plain loop over smtplib, and what a killed worker costs.

The clock is that of the server which receives: from its first message to its last.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from cops.background import dispatch
from cops.background.celery import app
from cops.mail.models import Message
from cops.mail.sweeping import outbox_sweep
from tests.benchmarks.measure import Line, at_least, bound, measure
from tests.benchmarks.postbox import Postbox

MAILS = int(os.environ.get("BENCH_MAILS", 20_000))
ROUNDS = 3
KILLS = (0.15, 0.45, 0.75)  # after these shares of the mails
SHORT_LEASE = "3"  # seconds; else one would wait minutes for what a dead worker held
PATIENCE = 1_800.0
TEXT = """Bonjour,

Vous vous êtes inscrit à l’atelier d’échanges de pratiques « Décider ensemble d’un parcours de \
soins », le mardi 1er décembre 2026 à 14 h 30, à Montpellier ou à distance.

Ce que nous ferons ensemble :

- écouter deux situations racontées par des patients et des professionnels ;
- chercher ce qui a aidé, ce qui a freiné ;
- repartir avec une idée à essayer chez soi.

Pour tout savoir de l’atelier, ou pour laisser votre place :

https://portail.example.org/ateliers/decider-ensemble/

À bientôt, et merci de votre confiance.
"""


def _fill(*, bulk_from: int = 0) -> None:
    """The outbox with its mails; those from ``bulk_from`` on are sent in number."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE mail_message, mail_suppression")
    Message.objects.bulk_create(
        (
            Message(
                to=f"personne{number}@example.org",
                category="mesure",
                bulk=number >= bulk_from,
                template="mesure",
                subject=f"Votre inscription à l’atelier n° {number}",
                text=TEXT,
                dedupe_key=f"mesure:{number}",
            )
            for number in range(MAILS)
        ),
        batch_size=2_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE mail_message")


class Workers:
    """Real Celery workers, of one process each."""

    def __init__(self, number: int, port: int, lease: str = "120") -> None:
        self.number = number
        self.variables = {"BENCH_SMTP_PORT": str(port), "BENCH_MAIL_LEASE": lease}
        self.children: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self.children = [self._one(rank) for rank in range(self.number)]
        deadline = time.monotonic() + 60
        while len(app.control.ping(timeout=1.0) or []) < self.number:
            if time.monotonic() > deadline:
                raise RuntimeError("the workers do not start")

    def _one(self, rank: int) -> subprocess.Popen[bytes]:
        command = [
            sys.executable, "-m", "celery", "--app", "cops.background.celery:app", "worker",
            "--queues", "mail", "--concurrency", "1", "--without-gossip", "--without-mingle",
            "--loglevel", "ERROR", "--hostname", f"mesure{rank}@%h",
        ]  # fmt: skip
        with (settings.VAR / "bench" / f"worker-{rank}.log").open("ab") as log:
            return subprocess.Popen(
                command, env={**os.environ, **self.variables}, start_new_session=True,
                stdout=log, stderr=log,
            )  # fmt: skip

    def kill(self) -> None:
        for child in self.children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def megabytes(self) -> float:
        """What the sending processes hold in memory, together."""
        return sum(_megabytes(pid) for child in self.children for pid in _children(child.pid))


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1000


@contextlib.contextmanager
def _postbox() -> Iterator[Postbox]:
    box = Postbox(multiprocessing.get_context("spawn"))
    box.start()
    try:
        yield box
    finally:
        box.stop()


def _floor() -> float:
    """Mails per second of one smtplib connection in a loop, with a commit before and after."""
    with _postbox() as box:
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.plain_mail", str(box.port)], check=True
        )
        return box.per_second()


def _subject(number: int, memory: list[float]) -> float:
    """Mails per second of ``number`` workers; what their memory grew by is added to ``memory``."""
    _fill()
    with _postbox() as box:
        workers = Workers(number, box.port)
        _empty_queue()
        workers.start()
        try:
            dispatch("cops.mail.send")
            _until(lambda: box.count >= MAILS // 5)
            early = workers.megabytes()
            _until(lambda: box.count >= MAILS)
            memory.append(workers.megabytes() - early)
        finally:
            workers.kill()
        return box.per_second()


def _empty_queue() -> None:
    with app.connection_for_write() as link:
        link.default_channel.client.flushdb()


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the mails do not leave")
        time.sleep(0.05)


@measure("mail")
def mail() -> Iterator[Line]:
    memory: list[float] = []
    rounds = [(_floor(), _subject(1, memory), _subject(2, [])) for _ in range(ROUNDS)]
    floor, one, two = (statistics.median(column) for column in zip(*rounds, strict=True))
    yield at_least("mail", figure=one, floor=floor, target=0.75, unit="mails/s")
    yield at_least("mail, two workers over one", figure=two, floor=one, target=1.3, unit="mails/s")
    yield bound("mail, memory grown", figure=max(memory), target=5, unit="MB")


@measure("mail kill")
def mail_kill() -> Iterator[Line]:
    half = MAILS // 2
    _fill(bulk_from=half)
    with _postbox() as box:
        workers = Workers(1, box.port, SHORT_LEASE)
        _empty_queue()
        workers.start()
        dispatch("cops.mail.send")
        for share in KILLS:
            _until(lambda share=share: box.count >= share * MAILS)
            workers.kill()
            workers.start()
            _sweep_until(lambda share=share: box.count > share * MAILS + 100)
        try:
            _sweep_until(_nothing_is_left)
        finally:
            workers.kill()
        received = box.received()
    rows = dict(Message.objects.values_list("public_id", "bulk"))
    again = [name for name, count in received.items() if count > 1]
    uncertain = Message.objects.filter(state="uncertain", bulk=True).count()
    most = max(received.values())
    yield bound("mail kill, lost", figure=len(set(rows) - set(received)), target=0)
    yield bound("mail kill, under another Message-ID", figure=len(set(received) - set(rows)),
                target=0)  # fmt: skip
    yield bound("mail kill, for one person, resent", figure=sum(not rows[name] for name in again),
                target=len(KILLS))  # fmt: skip
    yield bound("mail kill, most copies of one", figure=most, target=2)
    yield bound("mail kill, in number, uncertain", figure=uncertain, target=len(KILLS))
    yield bound("mail kill, in number, resent", figure=sum(rows[name] for name in again), target=0)


def _sweep_until(condition: Callable[[], bool]) -> None:
    """What the timer does each minute, each second."""

    def swept() -> bool:
        outbox_sweep()
        time.sleep(0.5)
        return condition()

    _until(swept)


def _nothing_is_left() -> bool:
    states = Counter(Message.objects.values_list("state", flat=True))
    return states["accepted"] + states["uncertain"] == MAILS
