"""People in the portal of the browser tests: made in its database, signed in by their cookie."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.e2e.portal import Portal

_SIGN_IN = """
from django.conf import settings
from django.test import Client
from tests.accounts.people import person, sign_in
client = Client()
sign_in(client, person({role!r}, email={email!r}))
print("session=" + client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def enter(page: Page, site: Portal, role: str, email: str = "") -> None:
    """Makes a person of this role and signs the page's browser in, second factor included.

    The sign-in by the pages themselves has its own tests (test_accounts.py).
    """
    said = site.run(_SIGN_IN.format(role=role, email=email))
    key = next(line for line in said.splitlines() if line.startswith("session="))
    page.context.add_cookies(
        [{"name": "sessionid", "value": key.removeprefix("session="), "url": site.origin}]
    )
