"""Two categories and a template for the mails of the tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.template import engines

from cops.mail import sending
from cops.mail.models import Message
from cops.mail.queueing import queue
from tests.background.conftest import Broker, Worker, broker, redis_server  # noqa: F401
from tests.mail.sink import Sink, listening

TEXT = """Objet : {{ subject }}

Bonjour {{ name }},

    {{ code }}

Voir https://portail.example.org/page/ pour la suite.
"""


@pytest.fixture(autouse=True)
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    from cops.mail.categories import register_category

    monkeypatch.setattr("cops.mail.categories._categories", {})
    register_category("account", "Votre compte", bulk=False, keep_days=0)
    register_category("notice", "Vos demandes", bulk=False)
    register_category("letter", "La lettre du COPS", bulk=True)
    register_category("own", "Votre lien", bulk=False, forget=True)


@pytest.fixture
def template(tmp_path, monkeypatch: pytest.MonkeyPatch) -> str:
    """« essai/emails/mail », beside the portal's own templates."""
    folder = tmp_path / "templates" / "essai" / "emails"
    folder.mkdir(parents=True)
    (folder / "mail.txt").write_text(TEXT)
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "dirs", [*engine.dirs, tmp_path / "templates"])
    for loader in engine.template_loaders:
        loader.reset()
    return "essai/emails/mail"


@pytest.fixture
def write(template: str) -> Callable[..., Message | None]:
    """Queue a mail; what is not said has a value."""
    count = iter(range(1_000_000))

    def queued(**values: Any) -> Message | None:
        context = {"subject": "Votre code", "name": "Jeanne", "code": "ABCD-EFGH"}
        context |= values.pop("context", {})
        return queue(
            **{
                "to": "jeanne@example.org",
                "template": template,
                "category": "notice",
                "dedupe_key": f"essai:{next(count)}",
            }
            | values,
            context=context,
        )

    return queued


@pytest.fixture
def sink(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A real SMTP server, to which the portal's settings lead."""
    with listening() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_TIMEOUT = 2
        settings.DEFAULT_FROM_EMAIL = "COPS <cops@example.org>"
        monkeypatch.setattr(sending, "_away_until", 0.0)
        yield sink


def age(message: Message, **values: timedelta) -> None:
    """As if that much time had passed since: ``age(message, not_before=timedelta(hours=1))``."""
    fields = {name: F(name) - gone for name, gone in values.items()}
    Message.objects.filter(pk=message.pk).update(**fields)
    message.refresh_from_db()


@pytest.fixture
def worker(broker: Broker, sink: Sink, tmp_path: Path) -> Iterator[Worker]:  # noqa: F811
    """A Celery worker that sends to the sink."""
    worker = Worker(
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.mail.worker_settings",
            "PROBE_DATABASE": str(connection.settings_dict["NAME"]),
            "PROBE_BROKER": broker.url,
            "PROBE_SMTP_PORT": str(sink.port),
            "REMAP_SIGTERM": "SIGQUIT",
        },
        tmp_path,
    )
    worker.start()
    yield worker
    worker.kill()
