from django.apps import AppConfig


class TodoConfig(AppConfig):
    name = "cops.todo"
    label = "todo"
    verbose_name = "À traiter"
