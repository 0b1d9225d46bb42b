from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "cops.mail"
    label = "mail"
    verbose_name = "Courriels"

    def ready(self) -> None:
        from cops.mail import registrations  # noqa: F401  (plugs the app into the ground)
