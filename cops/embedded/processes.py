"""Child processes that never outlive us, and processes of a run that was killed."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Identity:
    """Under whom a process runs; None leaves it to the current user."""

    uid: int
    gid: int


def dies_with_parent(number: signal.Signals) -> Callable[[], None]:
    """What a child runs before exec so that the kernel ends it with its parent (Linux).

    It must come after setuid, which clears the setting: Popen calls preexec_fn last.
    """
    parent = os.getpid()

    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, number)
            if os.getppid() != parent:  # it died between fork and prctl
                os.kill(os.getpid(), number)

    return prepare


def dies_with(number: signal.Signals) -> None:
    """Ask the same for ourselves: this signal when our own parent ends (Linux)."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, number)


def spawn(
    command: Sequence[str | Path],
    *,
    output: IO[bytes] | None = None,
    identity: Identity | None = None,
    env: dict[str, str] | None = None,
    cwd: Path | str | None = None,
    ends_on: signal.Signals = signal.SIGTERM,
    own_group: bool = True,
) -> subprocess.Popen[bytes]:
    """Start a child; call it from the main thread, whose end is what the kernel watches.

    With `own_group` a Ctrl-C typed in the terminal reaches us and not the child.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL if own_group else None,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        env=env,
        cwd=cwd,
        start_new_session=own_group,
        preexec_fn=dies_with_parent(ends_on),
        user=identity.uid if identity else None,
        group=identity.gid if identity else None,
        extra_groups=[] if identity else None,
    )


def stop(
    child: subprocess.Popen[bytes],
    signals: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 10), (signal.SIGKILL, 5)),
) -> None:
    """Ask each signal in turn, with the seconds to wait after it."""
    for number, seconds in signals:
        if child.poll() is not None:
            return
        child.send_signal(number)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def command_line(pid: int) -> str:
    """The command of a live process, empty when there is none."""
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    except OSError:
        return ""
    answer = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def stop_orphan(pid: int, *, marks: Sequence[str], first: signal.Signals = signal.SIGTERM) -> bool:
    """End a process left by a killed run; False when this pid is somebody else's by now.

    A number alone proves nothing (they are reused, at once in a container): every mark
    must be in its command line.
    """
    if pid <= 1 or not _is(pid, marks):
        return False
    for number, seconds in ((first, 8.0), (signal.SIGQUIT, 4.0), (signal.SIGKILL, 4.0)):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return True
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not _is(pid, marks):
                return True
            time.sleep(0.05)
    return True


def _is(pid: int, marks: Sequence[str]) -> bool:
    command = command_line(pid)
    return bool(command) and all(mark in command for mark in marks)
