"""What `make run` tells: each step in French with the time it took."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

NARROW_SPACE = "\u202f"


def speak_safely() -> None:
    """Print French whatever the terminal: a letter it lacks must not end the portal."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", line_buffering=True)


def say(text: str = "", *, end: str = "\n") -> None:
    # The reader of a pipe may have left; the portal goes on.
    with contextlib.suppress(OSError):
        print(text, end=end, flush=True)


def complain(text: str) -> None:
    """One clear line where errors go."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Print the title, then the time the block took."""
    say(f"▸ {title}… ", end="")
    begin = time.monotonic()
    try:
        yield
    except BaseException:
        say("arrêté")
        raise
    say(seconds(time.monotonic() - begin))


def seconds(duration: float) -> str:
    return f"{duration:.1f}".replace(".", ",") + f"{NARROW_SPACE}s"
