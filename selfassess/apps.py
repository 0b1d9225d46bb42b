from django.apps import AppConfig


class SelfassessConfig(AppConfig):
    name = "selfassess"
    verbose_name = "Auto-évaluation"

    def ready(self) -> None:
        from selfassess import registrations  # noqa: F401  (plugs the app into the ground)
