from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "cops.content"
    label = "content"
    verbose_name = "Contenu de départ"
