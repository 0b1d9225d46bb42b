"""First step of `make run` and `make test`: find a Python that can run the portal.

Run by whatever `python3` the machine has, so its syntax stays that of Python 3.6 and it
imports nothing but the standard library. What comes next is in `prepare`.
"""

import os
import shutil
import sys

LEAST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def too_old(version, newer):
    """The French line for a Python below 3.11 when no newer one is installed, else None."""
    if version >= LEAST or newer:
        return None
    return (
        "Python {}.{} est trop ancien : il faut Python 3.11 ou plus récent "
        "(un autre se choisit avec « make run PYTHON=/chemin/vers/python3.12 »)."
    ).format(*version)


def find_newer(look=shutil.which):
    """The most recent suitable Python on the PATH, if any."""
    for name in NEWER:
        path = look(name)
        if path:
            return path
    return None


def main(arguments):
    """Hand over to `prepare`, under the first Python that is recent enough."""
    version = sys.version_info[:2]
    python = sys.executable if version >= LEAST else find_newer()
    message = too_old(version, python)
    if message:
        sys.stderr.buffer.write((message + "\n").encode("utf-8"))
        return 1
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(python, [python, "-m", "cops.embedded.prepare", *arguments])  # noqa: S606
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
