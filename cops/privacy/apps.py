from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "cops.privacy"
    label = "privacy"
    verbose_name = "Données personnelles"

    def ready(self) -> None:
        from cops.privacy import registrations  # noqa: F401
