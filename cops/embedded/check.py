"""`make test`: the whole check, in order, each part whatever the one before it said."""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import dataclass, field

from cops.embedded import system
from cops.embedded.browser import require_browser
from cops.embedded.errors import EmbeddedError
from cops.embedded.places import ROOT, place
from cops.embedded.processes import spawn
from cops.embedded.sharing import servers
from cops.embedded.speech import complain, say, seconds, speak_safely

# Valid in form and leading nowhere: `check --deploy` reads the settings, it connects to nothing.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cops.settings.prod",
    "SECRET_KEY": "check-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "portail.example.org",
    "SITE_ORIGIN": "https://portail.example.org",
    "DATABASE_URL": "postgresql://cops:secret@db.example.org/cops",
    "REDIS_URL": "rediss://cache.example.org:6379/0",
    "EMAIL_URL": "smtp://cops:secret@mail.example.org:587",
    "EMAIL_FROM": "COPS <cops@example.org>",
    "SITE_DIRECTOR": "Camille Exemple",
    "SITE_ADDRESS": "1 rue de l’Exemple, 31000 Exempleville",
    "SITE_HOST": "Hébergeur Exemple, 2 rue de l’Exemple, 31000 Exempleville",
}
BROWSER_TESTS = "tests/e2e"


@dataclass(frozen=True)
class Check:
    """One command of the environment, run from the root of the project."""

    title: str
    arguments: list[str]
    variables: dict[str, str] = field(default_factory=dict)


def checks() -> list[Check]:
    """Everything `make test` runs, in order."""
    manage = ["manage.py"]
    imports = "from importlinter.cli import lint_imports_command as run; run()"
    media = place() / "tests" / "check-media"
    media.mkdir(parents=True, exist_ok=True)
    production = PRODUCTION | {"MEDIA_ROOT": str(media)}
    return [
        Check("Style", ["-m", "ruff", "check", "--quiet"]),
        Check("Mise en forme", ["-m", "ruff", "format", "--check", "--quiet"]),
        Check("Gabarits", ["-m", "djlint", "templates", "--lint", "--quiet"]),
        Check("Types", ["-m", "mypy", "--no-error-summary"]),
        Check("Imports", ["-c", imports, "--no-logo"]),
        Check("Migrations", [*manage, "makemigrations", "--check", "--dry-run", "-v", "0"]),
        Check(
            "Réglages de production",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            production,
        ),
        Check("Tests", ["-m", "pytest", "-q", "-n", "2"]),
        Check("Tests dans le navigateur", ["-m", "pytest", "-q", "-n", "2", BROWSER_TESTS]),
    ]


def main() -> int:
    """0 when everything held, 1 else."""
    speak_safely()
    begin = time.monotonic()
    os.chdir(ROOT)
    require_java()
    if not require_browser():
        if os.environ.get("CI"):
            complain("Chromium est introuvable et n’a pas pu être installé (CI : c’est un échec).")
            return 1
        say(f"Chromium est introuvable : les tests dans le navigateur ({BROWSER_TESTS}) "
            "sont sautés.")  # fmt: skip
    try:
        with servers():
            failed = [check.title for check in checks() if not passes(check)]
    except EmbeddedError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    say()
    if failed:
        complain(f"Échec : {', '.join(failed)} ({seconds(time.monotonic() - begin)}).")
        return 1
    say(f"Tout est bon ({seconds(time.monotonic() - begin)}).")
    return 0


def passes(check: Check) -> bool:
    """Run it, its output under its heading."""
    say(f"\n▸ {check.title}")
    begin = time.monotonic()
    environment = os.environ | {"COPS_VAR": str(place())} | check.variables
    child = spawn([sys.executable, *check.arguments], env=environment, cwd=ROOT, own_group=False)
    code = child.wait()
    say(f"  {'bon' if code == 0 else 'ÉCHEC'} en {seconds(time.monotonic() - begin)}")
    return code == 0


def require_java() -> None:
    """The PDF validator's Java; where it cannot be had its tests say so themselves."""
    if not (shutil.which("java") and shutil.which("javac")) and system.may_install():
        system.install("default-jdk-headless")


if __name__ == "__main__":
    sys.exit(main())
