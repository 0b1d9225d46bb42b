from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cops.accounts"
    label = "accounts"
    verbose_name = "Comptes"
