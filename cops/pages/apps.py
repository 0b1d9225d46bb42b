from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "cops.pages"
    label = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from cops.pages import registrations  # noqa: F401
