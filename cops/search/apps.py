from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cops.search"
    label = "search"
    verbose_name = "Recherche"

    def ready(self) -> None:
        from cops.search import registrations  # noqa: F401  (plugs the app into the ground)
