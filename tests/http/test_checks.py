import pytest

from cops.http import checks

GOOD = {
    "CELERY_BROKER_URL": "redis://queue:6379/0",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "cops@example.org",
    "ALLOWED_HOSTS": ["portail.example.org"],
    "SITE_ORIGIN": "https://portail.example.org",
    "DEMONSTRATION": False,
    "SESSION_COOKIE_NAME": "__Host-sessionid",
    "CSRF_COOKIE_NAME": "__Host-csrftoken",
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "cops.http.storage.HashedStaticFiles"},
    },
}
OUR_CHECKS = (
    checks.broker_is_real,
    checks.mail_leaves,
    checks.hosts_are_named,
    checks.storage_is_writable,
    checks.no_demonstration,
    checks.limits_are_set,
    checks.policy_is_strict,
)


@pytest.fixture
def found(settings, tmp_path):
    """The ids our checks give with good settings but for those named."""

    def run(**changed):
        database = settings.DATABASES["default"] | {"HOST": "db.example.org"}
        values = GOOD | {"MEDIA_ROOT": tmp_path, "DATABASES": {"default": database}} | changed
        with pytest.MonkeyPatch.context() as patch:
            for name, value in values.items():
                patch.setattr(checks.settings, name, value, raising=False)
            return [message.id for check in OUR_CHECKS for message in check(None)]

    return run


def test_good_settings_pass(found):
    assert found() == []


@pytest.mark.parametrize(
    ("changed", "identifier"),
    [
        ({"CELERY_BROKER_URL": "memory://"}, "cops.E001"),
        ({"CELERY_BROKER_URL": ""}, "cops.E001"),
        ({"CELERY_TASK_ALWAYS_EAGER": True}, "cops.E002"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "cops.E003"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "cops.E003"),
        ({"DEFAULT_FROM_EMAIL": "webmaster@localhost"}, "cops.E004"),
        ({"ADMINS": [("x", "x@example.org")]}, "cops.E005"),
        ({"ALLOWED_HOSTS": ["*"]}, "cops.E006"),
        ({"ALLOWED_HOSTS": []}, "cops.E006"),
        ({"SITE_ORIGIN": "http://portail.example.org"}, "cops.E007"),
        ({"MEDIA_ROOT": "/nulle/part"}, "cops.E009"),
        ({"DEMONSTRATION": True}, "cops.E011"),
        ({"SESSION_COOKIE_NAME": "sessionid"}, "cops.E016"),
        (
            {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"style-src": ["'unsafe-inline'"]}}},
            "cops.E015",
        ),
    ],
)
def test_each_fault_is_told(found, changed, identifier):
    assert found(**changed) == [identifier]


def test_an_embedded_server_is_refused(found, settings):
    folder = settings.EMBEDDED_FOLDER
    database = settings.DATABASES["default"] | {"HOST": str(folder)}
    assert found(DATABASES={"default": database}) == ["cops.E012"]
    broker = f"redis+socket://{folder}/redis.sock?virtual_host=0"
    assert found(CELERY_BROKER_URL=broker) == ["cops.E012"]


def test_a_database_without_limits_is_refused(found, settings):
    database = {"HOST": "db", "OPTIONS": {}, "CONN_HEALTH_CHECKS": False}
    assert found(DATABASES={"default": database}) == ["cops.E013", "cops.E014"]
