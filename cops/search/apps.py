from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cops.search"
    label = "search"
    verbose_name = "Recherche"
