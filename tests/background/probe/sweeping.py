from django.conf import settings

from tests.background.probe.apps import note


def fail() -> None:
    raise RuntimeError("this sweeper always fails")


def do_what_waits() -> None:
    """Each `waiting-*` file is a row whose message may have been lost."""
    for path in sorted(settings.PROBE_FOLDER.glob("waiting-*")):
        path.unlink()
        note(settings.PROBE_FOLDER, f"swept {path.name}")
