from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "cops.charts"
    label = "charts"
    verbose_name = "Graphiques"
