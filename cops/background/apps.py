from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "cops.background"
    label = "background"
    verbose_name = "Tâches de fond"
