"""The portal's own mailbox in a thread of the test, told how to misbehave."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from cops.embedded.mailbox import Received, Rule, serve


class Sink:
    """What was received, and the rule of the moment."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.rule: Rule | None = None
        self.calls: Counter[str] = Counter()
        self.port = 0

    def _ask(self, stage: str, given: str) -> str | None:
        self.calls[stage] += 1
        return self.rule(stage, given) if self.rule else None

    def refuse(self, stage: str, answer: str, *, times: int = 1_000_000, about: str = "") -> None:
        """Answer so at that stage, the first ``times``, for what holds ``about``."""
        left = iter(range(times))

        def rule(now: str, given: str) -> str | None:
            wrong = now == stage and about in given and next(left, None) is not None
            return answer if wrong else None

        self.rule = rule

    @property
    def to(self) -> list[str]:
        """Who got one, in order."""
        return [one.recipients[0] for one in self.received]

    @property
    def mails(self) -> list[EmailMessage]:
        texts = [one.content.replace(b"\r\n", b"\n") for one in self.received]
        found = [message_from_bytes(text, policy=default) for text in texts]
        return [mail for mail in found if isinstance(mail, EmailMessage)]

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]


@contextlib.contextmanager
def listening() -> Iterator[Sink]:
    """A sink on a free port, until the end of the block."""
    sink = Sink()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(serve(0, sink.received.append, sink._ask))
    sink.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield sink
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.close()
