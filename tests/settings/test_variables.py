from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cops.settings import variables
from cops.settings.variables import Variables

EMBEDDED = Path("/tmp/cops-0123456789ab")


def test_what_is_missing_and_what_is_wrong_are_told_together():
    env = Variables({"A": "x", "C": " "})
    env.required("A", variables.origin, instead="")
    env.required("B", str, instead="")
    env.required("C", str, instead="")
    assert env.required("A", str, instead="") == "x"
    assert env.optional("D", "défaut") == "défaut"
    with pytest.raises(ImproperlyConfigured) as error:
        env.check()
    assert str(error.value) == (
        "Variables manquantes : B, C.\n"
        "Variable incorrecte — A : il faut une origine en https, "
        "par exemple https://portail.example.org."
    )


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (variables.secret_key, "court"),
        (variables.secret_key, "a" * 60),
        (variables.secret_key, "django-insecure-abcdefghijklmnopqrstuvwxyz0123456789abcdefg"),
        (variables.hosts, "*"),
        (variables.hosts, ","),
        (variables.origin, "http://portail.example.org"),
        (variables.origin, "https://portail.example.org/chemin"),
        (variables.origin, "portail.example.org"),
        (variables.mail, "mail.example.org"),
        (variables.mail, "console://"),
        (variables.sender, "cops"),
        (variables.folder, "media"),
    ],
)
def test_a_wrong_value_is_refused(read, value):
    with pytest.raises(ValueError, match=r"\w"):
        read(value)


@pytest.mark.parametrize(
    "value",
    ["sqlite:///base.db", "postgresql://db/", "postgresql://cops@/cops?host=/tmp/cops-0123456789ab",
     "postgresql://cops@%2Ftmp%2Fcops-0123456789ab/cops"],
)  # fmt: skip
def test_a_database_that_is_not_one_for_production_is_refused(value):
    with pytest.raises(ValueError, match=r"il faut|embarqué"):
        variables.database(value, embedded=EMBEDDED)


@pytest.mark.parametrize(
    "value", ["memory://", "amqp://x", "redis+socket:///tmp/cops-0123456789ab/redis.sock"]
)
def test_a_broker_that_is_not_one_for_production_is_refused(value):
    with pytest.raises(ValueError, match=r"il faut|embarqué"):
        variables.broker(value, embedded=EMBEDDED)


def test_a_postgres_socket_of_the_machine_is_accepted():
    entry = variables.database("postgresql://cops@/cops?host=/run/Postgresql", embedded=EMBEDDED)
    assert (entry["HOST"], entry["NAME"], entry["OPTIONS"]) == ("/run/Postgresql", "cops", {})


@pytest.mark.parametrize(
    ("value", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 587, True, False),
        ("smtps://u:p@mail.example.org", 465, False, True),
        ("smtp://localhost:25?tls=non", 25, False, False),
    ],
)
def test_mail(value, port, tls, ssl):
    settings = variables.mail(value)
    shown = (settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"])
    assert shown == (port, tls, ssl)


@pytest.mark.parametrize(
    ("value", "backend", "options"),
    [
        ("brevo://xkeysib-1%2F2@api", "brevo", {"BREVO_API_KEY": "xkeysib-1/2"}),
        (
            "mailjet://cle:secret@api",
            "mailjet",
            {
                "MAILJET_API_KEY": "cle",
                "MAILJET_SECRET_KEY": "secret",
                "MAILJET_SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
            },
        ),
        (
            "scaleway://projet:secret@nl-ams",
            "scaleway",
            {
                "SCALEWAY_PROJECT_ID": "projet",
                "SCALEWAY_SECRET_KEY": "secret",
                "SCALEWAY_REGION": "nl-ams",
            },
        ),
    ],
)
def test_a_provider_is_one_variable_too(value, backend, options, settings):
    from django.core.mail import get_connection

    found = variables.mail(value)
    assert found == {
        "EMAIL_BACKEND": f"anymail.backends.{backend}.EmailBackend",
        "ANYMAIL": options | {"REQUESTS_TIMEOUT": (5, 20)},
    }
    settings.ANYMAIL = found["ANYMAIL"]
    get_connection(found["EMAIL_BACKEND"])  # it is satisfied with what it was given


@pytest.mark.parametrize("value", ["brevo://api", "mailjet://cle@api", "scaleway://a:b@"])
def test_a_provider_without_its_keys_is_refused(value):
    with pytest.raises(ValueError, match="il faut une adresse"):
        variables.mail(value)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (variables.token, "court"),
        (variables.token, "a" * 40),
        (variables.web_address, "ftp://ailleurs"),
        (variables.sentry_dsn, "https://erreurs.example.org/1"),
        (variables.keys, "trop courte,une autre"),
    ],
)
def test_a_wrong_value_of_the_operator_is_refused(read, value):
    with pytest.raises(ValueError, match="il faut"):
        read(value)


def test_what_may_be_absent_is_told_when_it_is_wrong():
    env = Variables({"A": "court"})
    assert env.read_if_given("B", variables.token, instead="") == ""
    assert env.read_if_given("A", variables.token, instead="") == ""
    assert env.names == ["B", "A"]
    with pytest.raises(ImproperlyConfigured, match="Variable incorrecte — A : il faut au moins 32"):
        env.check()
