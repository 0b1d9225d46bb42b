"""The mail server of the measures, in a process of its own: it counts, and remembers names."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from typing import Any

from cops.embedded.mailbox import Received, serve

_NAME = re.compile(rb"(?mi)^Message-ID: <([^@>]+)@")


class Postbox:
    """Started, asked, stopped by the measure."""

    def __init__(self, context: Any) -> None:
        self._port, self._count = context.Value("i", 0), context.Value("i", 0)
        self._first, self._last = context.Value("d", 0.0), context.Value("d", 0.0)
        self._asked, self._names = context.Event(), context.SimpleQueue()
        values = (self._port, self._count, self._first, self._last, self._asked, self._names)
        self._process = context.Process(target=_run, args=values, daemon=True)

    def start(self) -> None:
        self._process.start()
        while not self._port.value:
            if not self._process.is_alive():
                raise RuntimeError("the mail server of the measures does not start")
            time.sleep(0.01)

    def stop(self) -> None:
        self._process.terminate()
        self._process.join()

    @property
    def port(self) -> int:
        return self._port.value

    @property
    def count(self) -> int:
        return self._count.value

    def per_second(self) -> float:
        """From the first message to the last."""
        return (self.count - 1) / (self._last.value - self._first.value)

    def received(self) -> Counter[str]:
        """How often each name of a Message-ID came."""
        self._asked.set()
        return Counter(self._names.get())


def _run(port: Any, count: Any, first: Any, last: Any, asked: Any, names: Any) -> None:
    kept: list[str] = []

    def keep(received: Received) -> None:
        last.value = time.monotonic()
        first.value = first.value or last.value
        found = _NAME.search(received.content)
        kept.append(found.group(1).decode() if found else "?")
        count.value += 1

    async def main() -> None:
        server = await serve(0, keep)
        port.value = server.sockets[0].getsockname()[1]
        while not asked.is_set():
            await asyncio.sleep(0.1)
        names.put(kept)
        await server.serve_forever()

    asyncio.run(main())
