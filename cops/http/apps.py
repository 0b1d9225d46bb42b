from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "cops.http"
    label = "http"
    verbose_name = "Requêtes"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_out
        from django.core.signals import got_request_exception

        from cops.http import checks  # noqa: F401  (registers the deploy checks)
        from cops.http.middleware import note_database_error
        from cops.http.sessions import note_sign_out

        got_request_exception.connect(note_database_error)
        user_logged_out.connect(note_sign_out)
