"""The health checks of the containers: ``python -m cops.operation.probe alive|ready|worker|timer``.

They run every few seconds beside what they watch: no Django, no Celery, no settings.
"""

from __future__ import annotations

import http.client
import os
import sys
import time
from pathlib import Path

from cops.operation.pulse import LONGEST_SILENCE, pulse_file

PORT = 8000
SECONDS = 5.0


def answers(path: str, port: int = PORT) -> bool:
    """Whether the web server of this container gives 200."""
    # The site knows only its own names, and speaks plain HTTP to its proxy alone.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", path, headers={"Host": host, "Connection": "close"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def beats(file: Path) -> bool:
    """Whether a worker or the timer gave a sign of life lately."""
    try:
        return time.time() - file.stat().st_mtime < LONGEST_SILENCE
    except OSError:
        return False


def main(what: str, port: int = PORT) -> int:
    """0 when it is well, 1 when it is not, 2 for a word that means nothing."""
    if what in {"alive", "ready"}:
        return int(not answers("/healthz" if what == "alive" else "/readyz", port))
    if what in {"worker", "timer"}:
        return int(not beats(pulse_file(what)))
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else ""))
