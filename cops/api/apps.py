from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "cops.api"
    label = "api"
    verbose_name = "Interface de programmation"

    def ready(self) -> None:
        from cops.api import registrations  # noqa: F401
