from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "cops.http"
    label = "http"
    verbose_name = "Requêtes"
