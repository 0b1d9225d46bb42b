from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = "Bibliothèque"

    def ready(self) -> None:
        from resources import registrations  # noqa: F401  (plugs the app into the ground)
