from pathlib import Path

from django.apps import AppConfig


class ProbeConfig(AppConfig):
    """Stands for an app with a task, a sweeper and a faulty sweeper."""

    name = "tests.background.probe"
    label = "probe"

    def ready(self) -> None:
        from cops.background import sweep
        from tests.background.probe import sweeping

        sweep("probe.faulty", sweeping.fail)
        sweep("probe.waiting", sweeping.do_what_waits)


def note(folder: Path, line: str) -> None:
    with (folder / "notes.txt").open("a") as notes:
        notes.write(f"{line}\n")
