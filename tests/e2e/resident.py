"""A process of the portal that stays, so that what a test has done there starts no Django anew.

One line of JSON in, the code to run; one line of JSON out, what it printed and its fault.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback

import django
from django.db import connections


def main() -> None:
    # Whatever else is printed goes where faults go: this end is for the answers alone.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    django.setup()
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), file=answers, flush=True)


def _run(code: str) -> dict[str, str]:
    said = io.StringIO()
    fault = ""
    try:
        with contextlib.redirect_stdout(said):
            exec(code, {"__name__": "resident"})
    except Exception:  # noqa: BLE001  (told to the test, whatever it is)
        fault = traceback.format_exc()
    finally:
        connections.close_all()
    return {"said": said.getvalue(), "fault": fault}


if __name__ == "__main__":
    main()
