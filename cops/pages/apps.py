from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "cops.pages"
    label = "pages"
    verbose_name = "Pages"
