from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "cops.counters"
    label = "counters"
    verbose_name = "Compteurs"
