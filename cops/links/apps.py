from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "cops.links"
    label = "links"
    verbose_name = "Liens"

    def ready(self) -> None:
        from cops.links import registrations  # noqa: F401
