"""What a secret link opens tells nobody of its address, and is kept nowhere."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cops.http.secret_pages import secret_form, secret_page


@pytest.mark.parametrize(
    ("close", "referrer"), [(secret_page, "no-referrer"), (secret_form, "same-origin")]
)
def test_a_secret_page_is_kept_nowhere_and_asks_for_no_account(close, referrer):
    view = close(lambda request, jeton: HttpResponse(jeton))
    response = view(RequestFactory().get("/apercu/abc/"), "abc")
    assert response.content == b"abc"
    assert dict(response.headers) == {
        "Content-Type": "text/html; charset=utf-8",
        "X-Robots-Tag": "noindex, noarchive",
        "Cache-Control": "no-store",
        "Referrer-Policy": referrer,
    }
    assert view.login_required is False
