from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "cops.exports"
    label = "exports"
    verbose_name = "Documents en préparation"

    def ready(self) -> None:
        from cops.exports import registrations  # noqa: F401
