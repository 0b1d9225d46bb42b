from django.conf import settings
from django.core.management.base import BaseCommand

from cops.charts.tokens import written_files


class Command(BaseCommand):
    help = "Écrit les feuilles de couleurs et les images de la roue depuis la palette."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        static = settings.ROOT / "static"
        for path, content in written_files(static).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.read_bytes() == content:
                continue
            path.write_bytes(content)
            self.stdout.write(f"{path.relative_to(static.parent)} : écrit")
