from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "cops.background"
    label = "background"
    verbose_name = "Tâches de fond"

    def ready(self) -> None:
        from cops.background import registrations  # noqa: F401
