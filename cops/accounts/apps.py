from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cops.accounts"
    label = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from cops.accounts import checks, registrations  # noqa: F401
