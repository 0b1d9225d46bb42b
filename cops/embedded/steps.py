"""What stands between the servers and the first page: tables, files, content, accounts.

One process for all of them, since starting Django costs more than most of them.
"""

from __future__ import annotations

import hashlib
import io
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cops.embedded.places import place, state_folder
from cops.embedded.speech import complain, speak_safely, step


def main() -> int:
    """1 with the reason when a step fails; what it wrote is in steps.log."""
    speak_safely()
    log = state_folder(place()) / "steps.log"
    log.write_text("")
    try:
        with step("Démarrage de Django"):
            import django

            django.setup()
        for title, run in _steps():
            with step(title):
                log.open("a").write(f"== {title}\n{run()}\n")
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - told in one line, kept whole in the log
        log.open("a").write(traceback.format_exc())
        complain(f"{str(error).strip() or type(error).__name__}\nDétail dans {log}.")
        return 1
    return 0


def _steps() -> list[tuple[str, Callable[[], str]]]:
    from django.core.management import get_commands

    steps = [
        ("Structure de la base", _command("migrate")),
        ("Table du cache", _command("createcachetable")),
        ("Feuilles de style et images", _static_files),
    ]
    if "load_content" in get_commands():
        steps.append(("Contenu de départ", _command("load_content")))
    steps.append(("Comptes de démonstration", _accounts))
    return steps


def _command(name: str, **options: Any) -> Callable[[], str]:
    if name in {"migrate", "collectstatic"}:
        options["interactive"] = False

    def run() -> str:
        from django.core.management import call_command

        output = io.StringIO()
        call_command(name, stdout=output, stderr=output, **options)
        return output.getvalue()

    return run


def _static_files() -> str:
    """Collected, hashed and compressed again only when one of them changed: it takes seconds."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    found = hashlib.sha256(repr(sorted(settings.STORAGES["staticfiles"].items())).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            facts = Path(storage.path(name)).stat()
            found.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    stamp = state_folder(place()) / "static.stamp"
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == found.hexdigest():
        return "unchanged"
    stamp.unlink(missing_ok=True)
    output = _command("collectstatic")()
    stamp.write_text(found.hexdigest())
    return output


def _accounts() -> str:
    text = _command("demonstration_accounts")()
    note = state_folder(place()) / "accounts.txt"
    note.write_text(text)
    note.chmod(0o600)
    return text


if __name__ == "__main__":
    sys.exit(main())
