"""Run a command with the servers at hand, whether or not the portal already runs.

    python -m cops.embedded.run -- python manage.py shell

Starts what is missing, stops what nobody uses any more, and gives back the command's
own exit code. Several such commands share one COPS_VAR without knowing each other.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from cops.embedded.errors import EmbeddedError
from cops.embedded.places import place
from cops.embedded.processes import spawn
from cops.embedded.sharing import servers


def main(arguments: list[str]) -> int:
    """The exit code of the command; 2 without a command, 1 when the servers cannot run."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("Usage : python -m cops.embedded.run -- commande…", file=sys.stderr)
        return 2
    try:
        with servers() as share:
            if share.started:
                for note in share.notes():
                    print(note, file=sys.stderr)
            return _run(command)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(command: list[str]) -> int:
    child: subprocess.Popen[bytes] | None = None

    def pass_on(number: int, _frame: object) -> None:
        # Ctrl-C in a terminal has reached the child already: it decides when to leave.
        if child and number != signal.SIGINT:
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", os.defpath)])
    environment = os.environ | {"COPS_VAR": str(place()), "PATH": path}
    try:
        child = spawn(command, env=environment, own_group=False)
    except FileNotFoundError:
        print(f"Commande introuvable : {command[0]}", file=sys.stderr)
        return 127
    code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
