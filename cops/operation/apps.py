from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "cops.operation"
    label = "operation"
    verbose_name = "Exploitation"

    def ready(self) -> None:
        from cops.operation import checks, pulse, registrations, tracking  # noqa: F401

        pulse.start()
        tracking.start()
