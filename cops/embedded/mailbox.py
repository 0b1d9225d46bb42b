"""A mail server that delivers nothing: what it is given stays in a folder of this machine.

    python -m cops.embedded.mailbox <port> <folder>

It listens on loopback only, and speaks as much SMTP as a mail program needs. Each message
becomes one file, the address it was for in its first line. The demonstration shows them
under /courriels/; the tests give it a `rule` and learn what a server in trouble does to us.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

LARGEST = 30_000_000  # bytes of one message
LONGEST_LINE = 4_096
MOST_KEPT = 300

# What a rule may answer besides an SMTP line: say nothing, hang up, take the text then hang up.
HANG, CLOSE, DROP = "hang", "close", "drop"


@dataclass(frozen=True)
class Received:
    """One message, as it was handed over."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    at: float = field(default_factory=time.monotonic)


Keep = Callable[[Received], None]
# From a stage ("connect", "ehlo", "mail", "rcpt", "data", "text") and what came with it.
Rule = Callable[[str, str], str | None]


class Session(asyncio.Protocol):
    """One client. Commands may come several at once (PIPELINING)."""

    def __init__(self, keep: Keep, rule: Rule | None) -> None:
        self.keep = keep
        self.rule = rule
        self.buffer = bytearray()
        self.sender = ""
        self.recipients: list[str] = []
        self.in_text = self.silent = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._answer("connect", "", "220 boite.localhost ESMTP")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while not self.silent and not self.transport.is_closing():
            end = self.buffer.find(b"\r\n.\r\n" if self.in_text else b"\r\n")
            if end < 0:
                break
            if self.in_text:
                text = bytes(self.buffer[: end + 2])
                del self.buffer[: end + 5]
                self._take(text)
            else:
                line = bytes(self.buffer[:end]).decode("utf-8", "replace")
                del self.buffer[: end + 2]
                self._obey(line)
        if len(self.buffer) > (LARGEST if self.in_text else LONGEST_LINE):
            self._say("552 5.3.4 too large")
            self.transport.close()

    def _obey(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "EHLO":
                lines = f"250-boite.localhost\r\n250-8BITMIME\r\n250 SIZE {LARGEST}"
                self._answer("ehlo", rest, lines)
            case "HELO":
                self._answer("ehlo", rest, "250 boite.localhost")
            case "MAIL" if self._answer("mail", rest, "250 2.1.0 ok"):
                self.sender, self.recipients = _address(rest), []
            case "RCPT" if self._answer("rcpt", _address(rest), "250 2.1.5 ok"):
                self.recipients.append(_address(rest))
            case "DATA" if not self.recipients:
                self._say("503 5.5.1 no recipient")
            case "DATA" if self._answer("data", "", "354 go on"):
                # So that a first line, or a dot alone, has a line before it like the others.
                self.buffer[:0] = b"\r\n"
                self.in_text = True
            case "RSET" | "NOOP":
                self._say("250 2.0.0 ok")
            case "QUIT":
                self._say("221 2.0.0 bye")
                self.transport.close()
            case "MAIL" | "RCPT" | "DATA":
                pass  # refused by the rule
            case _:
                self._say("502 5.5.2 unknown")

    def _take(self, text: bytes) -> None:
        self.in_text = False
        content = text.replace(b"\r\n..", b"\r\n.")[2:]
        received = Received(self.sender, tuple(self.recipients), content)
        action = self.rule("text", ",".join(received.recipients)) if self.rule else None
        if action is None or action == DROP:
            self.keep(received)
        self._act(action, "250 2.0.0 kept")
        self.recipients = []

    def _answer(self, stage: str, given: str, usual: str) -> bool:
        """Answer as usual unless the rule says otherwise; whether it was as usual."""
        action = self.rule(stage, given) if self.rule else None
        self._act(action, usual)
        return action is None

    def _act(self, action: str | None, usual: str) -> None:
        if action == HANG:
            self.silent = True
        elif action in (CLOSE, DROP):
            self.transport.abort()
        else:
            self._say(action or usual)

    def _say(self, line: str) -> None:
        self.transport.write(f"{line}\r\n".encode())


def _address(given: str) -> str:
    return given.partition("<")[2].partition(">")[0]


class Folder:
    """Where messages are kept, the last ones only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.count = 0

    def keep(self, received: Received) -> None:
        self.count += 1
        name = f"{time.time_ns() // 1_000_000:013d}-{self.count % 10_000:04d}.eml"
        draft = self.path / f".{name}"
        head = f"Delivered-To: {', '.join(received.recipients)}\r\n".encode()
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(head + received.content)
        draft.rename(self.path / name)  # a reader sees a whole message or none
        for old in sorted(self.path.glob("*.eml"))[:-MOST_KEPT]:
            old.unlink(missing_ok=True)


async def serve(port: int, keep: Keep, rule: Rule | None = None) -> asyncio.Server:
    """Listen on loopback; port 0 lets the system choose."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: Session(keep, rule), "127.0.0.1", port)


async def _run(port: int, folder: Path) -> None:
    server = await serve(port, Folder(folder).keep)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(int(sys.argv[1]), Path(sys.argv[2])))
