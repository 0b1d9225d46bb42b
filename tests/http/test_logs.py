import io
import json
import logging

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from cops.http.logs import JsonFormatter, PlainFormatter, SilentReporterFilter
from cops.http.redaction import redact


@pytest.fixture
def lines():
    """What the JSON handler of production would write, parsed."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    names = ("", "django", "django.request", "cops.request")
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.INFO)
    for name in ("", "django"):
        logging.getLogger(name).addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for name in ("", "django"):
        logging.getLogger(name).removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def _answers(lines):
    return [line for line in lines() if line["logger"] == "cops.request"]


def test_one_line_tells_the_template_of_the_address(pages, lines):
    response = pages.get("/b/SECRETcanari123/?q=diabete")
    [line] = _answers(lines)
    assert line.pop("time").endswith("+00:00")
    assert line.pop("duration_ms") >= 0
    assert line == {
        "level": "INFO",
        "logger": "cops.request",
        "message": "answered",
        "request_id": response["X-Request-ID"],
        "route": "b/<str:jeton>/",
        "user_id": None,
        "method": "GET",
        "status": 200,
    }


@pytest.mark.django_db
def test_a_person_is_a_number(pages, lines):
    user = get_user_model().objects.create_user("canari@example.org", "x" * 12)
    pages.force_login(user)
    pages.get("/private/")
    assert _answers(lines)[-1]["user_id"] == user.pk


@pytest.mark.django_db
def test_no_canary_reaches_the_logs(pages, lines):
    for address in ("/b/canariSECRET1234567890AB/?q=diabete", "/nulle-part/diabete/", "/broken/"):
        pages.get(address, headers={"User-Agent": "canari-agent", "Referer": "/?q=diabete"})
    pages.get("/away/")
    pages.post("/echo/", {"mot": "diabete"})
    text = json.dumps(lines(), ensure_ascii=False)
    assert "RuntimeError" in text
    assert "tests/http/pages.py" in text
    for canary in ("canari", "diabete", "diabète", "SECRET"):
        assert canary not in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("écrire à Jeanne.Martin+x@chu-tlse.fr demain", "écrire à [adresse] demain"),
        ("GET /recherche/?q=diabete&page=2 HTTP", "GET /recherche/?[…] HTTP"),
        ("postgresql://cops:secret@db/cops", "postgresql://[…]@db/cops"),
        ("password=azerty1234 ok", "password=[…] ok"),
        ("appeler le 06 12 34 56 78", "appeler le [téléphone]"),
        ("de 192.168.12.34", "de 192.168.12.0"),
        ("jeton 4aB9cD8eF7gH6iJ5kL4mN3", "jeton [jeton]"),
        ("idle_in_transaction_session_timeout", "idle_in_transaction_session_timeout"),
        ("Pourquoi ? Parce que.", "Pourquoi ? Parce que."),
        ("x\nDETAIL:  Key (email)=(a b) already exists.\ny", "x\nDETAIL: […]\ny"),
    ],
)
def test_redaction(text, expected):
    assert redact(text) == expected


def test_a_line_stays_one_line_whatever_the_message():
    record = logging.LogRecord("x", logging.INFO, "", 0, 'a\n{"b": "%s"}', ("c",), None)
    assert JsonFormatter().format(record).count("\n") == 0


def test_the_terminal_gets_the_same_care():
    record = logging.LogRecord("x", logging.ERROR, "", 0, "refus de a@b.fr", (), None)
    assert PlainFormatter().format(record) == "error x: refus de [adresse]"


def test_an_error_report_holds_no_value():
    canary = "".join(("cana", "ri"))
    request = RequestFactory().post("/echo/", {"mot": canary})
    try:
        raise RuntimeError(len(canary))
    except RuntimeError as error:
        report = ExceptionReporter(request, type(error), error, error.__traceback__)
    text = report.get_traceback_text() + report.get_traceback_html()
    assert isinstance(report.filter, SilentReporterFilter)
    assert "RuntimeError" in text
    assert "mot" in text
    assert canary not in text


def test_django_sends_no_mail_about_errors():
    handlers = logging.getLogger("django").handlers + logging.getLogger("django.request").handlers
    assert not [handler for handler in handlers if "Email" in type(handler).__name__]
