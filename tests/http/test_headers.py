import re

import pytest
from django.contrib.auth import get_user_model

PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), browsing-topics=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
EXPECTED = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "report-uri /csp/",
}


@pytest.mark.parametrize(
    "address", ["/plain/", "/missing/", "/nulle-part/", "/away/", "/plain/?q=" + "a" * 3000]
)
def test_every_answer_has_the_whole_set(pages, address):
    response = pages.get(address)
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY


def test_the_policy_holds_nothing_unsafe(pages):
    assert "unsafe" not in pages.get("/plain/")["Content-Security-Policy"]


def test_an_anonymous_page_sets_no_cookie_and_may_be_kept(pages):
    response = pages.get("/plain/")
    assert not response.cookies
    assert "Cache-Control" not in response.headers


@pytest.mark.django_db
def test_a_signed_in_page_is_never_stored(pages):
    pages.force_login(get_user_model().objects.create_user("a@example.org", "x" * 12))
    assert pages.get("/private/")["Cache-Control"] == "no-store"
    assert pages.get("/plain/")["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_leaving_clears_what_the_browser_kept(pages):
    pages.force_login(get_user_model().objects.create_user("a@example.org", "x" * 12))
    response = pages.post("/leave/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response["Cache-Control"] == "no-store"


def test_each_answer_has_a_request_id(pages):
    first, second = pages.get("/plain/"), pages.get("/plain/")
    assert re.fullmatch(r"[0-9a-f]{32}", first["X-Request-ID"])
    assert first["X-Request-ID"] != second["X-Request-ID"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0b9d2b9c-6d5f-4c1b-9a53-2f5f0f5f8f11", True),
        ("0" * 32, True),
        ("canari@example.org", False),
        ('x", "user_id": "1', False),
        ("0" * 31, False),
        ("", False),
    ],
)
def test_a_request_id_from_outside_is_kept_only_if_it_is_one(pages, given, kept):
    answer = pages.get("/plain/", headers={"X-Request-ID": given})["X-Request-ID"]
    assert (answer == given) is kept
