"""Second step of every `make` target: what the machine needs, then the environment.

    python3 -m cops.embedded.prepare run|test|with -- command…

Standard library only: the environment does not exist yet.
"""

from __future__ import annotations

import os
import sys

from cops.embedded import environment, leftovers, system
from cops.embedded.errors import EmbeddedError
from cops.embedded.places import place
from cops.embedded.speech import complain, speak_safely

NEXT = {
    "run": ["-m", "cops.embedded.portal"],
    "test": ["-m", "cops.embedded.check"],
    "with": ["-m", "cops.embedded.run"],  # a command with the servers at hand
    "only": [],  # a command of the environment alone
}


def main(arguments: list[str]) -> int:
    """Replace this process by what was asked; 1 with one French line when it cannot be."""
    speak_safely()
    asked, rest = arguments[0], arguments[1:]
    var = place()
    os.environ["COPS_VAR"] = str(var)
    try:
        var.mkdir(mode=0o755, parents=True, exist_ok=True)
        if asked == "run":
            if owner := leftovers.owner_line(var):
                raise EmbeddedError(owner)
            leftovers.stop(var)
            system.require_port(os.environ.get("PORT") or "8000")
        system.require_venv()
        system.require_pango()
        python = str(environment.ensure(var))
    except PermissionError as error:
        complain(
            f"Pas le droit d’écrire dans {error.filename} : reprenez l’utilisateur qui l’a fait, "
            "ou choisissez un autre dossier avec COPS_VAR=…"
        )
        return 1
    except EmbeddedError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    os.execv(python, [python, *NEXT[asked], *rest])  # noqa: S606
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
