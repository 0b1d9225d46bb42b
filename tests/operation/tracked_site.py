"""Run by the test: the portal with error tracking on, whose pages and tasks fail.

    python -m tests.operation.tracked_site <DSN> <canary>

In a process of its own: the tracker, once started, listens to the logs for ever.
"""

import logging
import sys

import django


def main(dsn: str, canary: str) -> None:
    from django.conf import settings

    settings.SENTRY_DSN = dsn
    settings.RELEASE = "essai-1"
    settings.ROOT_URLCONF = "tests.http.pages"
    django.setup()

    import sentry_sdk
    from django.test import Client

    from cops.background.celery import app

    client = Client(raise_request_exception=False)
    client.cookies["mot"] = canary
    response = client.get(
        f"/broken/?q={canary}",
        headers={"X-Mot": canary, "User-Agent": canary, "Referer": f"https://ailleurs/{canary}"},
    )
    assert response.status_code == 500

    @app.task(name="probe.fail", shared=False)
    def fail(word: str) -> None:
        raise ValueError(f"{word} n’est pas un nombre")

    assert fail.apply(args=[canary]).failed()
    logging.getLogger("cops.mail").error("un envoi a échoué pour %s", f"{canary}@example.org")
    logging.getLogger("cops.mail").warning("ce n’est pas une erreur")
    sentry_sdk.flush(10)


if __name__ == "__main__":
    main(*sys.argv[1:])
