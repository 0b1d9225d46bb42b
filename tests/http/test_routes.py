"""Every route × every role, against the table of tests/http/routes.py; no line, no pass."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib import admin
from django.test import Client
from django.urls import URLResolver, clear_url_caches, get_resolver, resolve, reverse

from cops.accounts.enums import Role
from tests.http.routes import ADMIN, ROUTES, TEAM_APPS

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", *Role.values]
CASES = [(name, address, expected) for name, lines in ROUTES.items() for address, expected in lines]
MODELS = sorted(model._meta.label_lower for model in admin.site._registry)


@pytest.fixture
def production(settings):
    """The addresses as production builds them: the root module, read without demonstration."""
    settings.DEMONSTRATION = False
    name = "tests.http.production_urls"
    spec = importlib.util.spec_from_file_location(
        name, Path(django_settings.ROOT) / "cops" / "urls.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    settings.ROOT_URLCONF = name
    clear_url_caches()
    yield
    del sys.modules[name]
    clear_url_caches()


def _routes(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern, inside)
        else:
            yield f"{namespace}{pattern.name}"


def _status(answer) -> int:
    if answer.streaming:
        b"".join(answer.streaming_content)  # the file stays open until its end
    return answer.status_code


def _statuses(client: Client, method: str = "get") -> dict[str, int]:
    return {address: _status(getattr(client, method)(address)) for _, address, _ in CASES}


def test_every_route_has_a_name_and_its_line():
    routes = {name for name in _routes(get_resolver()) if not name.startswith(ADMIN)}
    assert routes == set(ROUTES)


def test_each_address_is_that_of_its_route():
    names = {address: resolve(address.partition("?")[0]).view_name for _, address, _ in CASES}
    assert names == {address: name for name, address, _ in CASES}


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("role", ROLES)
def test_routes(visitor, role):
    expected = {address: getattr(expected, role) for _, address, expected in CASES}
    assert _statuses(visitor(role)) == expected


@pytest.mark.usefixtures("made", "production")
def test_routes_in_production(visitor):
    expected = {address: expected.production for _, address, expected in CASES}
    assert _statuses(visitor("anonymous")) == expected


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("method", ["head", "post", "put", "delete", "options"])
def test_another_method_is_never_a_fault(method):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    faults = {
        address: status
        for address, status in _statuses(client, method).items()
        if status not in {200, 204, 302, 403, 404, 405}
    }
    assert faults == {}


def _admin_allows(role: str, label: str) -> bool:
    return role == Role.ADMINISTRATOR or (
        role == Role.TEAM and label.partition(".")[0] in TEAM_APPS
    )


@pytest.mark.parametrize("role", ROLES)
def test_admin_by_rule(visitor, role):
    client = visitor(role)
    for label in MODELS:
        base = "admin:" + label.replace(".", "_")
        listing, adding = (client.get(reverse(f"{base}_{page}")) for page in ("changelist", "add"))
        if role == "anonymous":
            assert listing.status_code == adding.status_code == 302, label
            assert listing["Location"].startswith("/compte/connexion/"), label
        elif role == Role.MEMBER:
            assert listing.status_code == adding.status_code == 404, label
        elif _admin_allows(role, label):
            assert listing.status_code == 200, label
            # Some objects are made by a service only: nobody adds them by hand.
            assert adding.status_code in {200, 403}, label
        else:
            assert listing.status_code == adding.status_code == 403, label


@pytest.mark.parametrize(
    ("role", "status"),
    [("anonymous", 302), ("member", 404), ("team", 200), ("administrator", 200)],
)
def test_admin_home(visitor, role, status):
    assert visitor(role).get("/admin/").status_code == status


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/resources/resource/"])
@pytest.mark.parametrize(
    ("role", "status"), [("anonymous", 302), ("member", 404), ("administrator", 200)]
)
def test_admin_in_production_as_elsewhere(visitor, role, status, address):
    if role == "administrator" and address == "/admin/login/":
        status = 302
    assert visitor(role).get(address).status_code == status


def test_a_view_is_closed_unless_it_says_it_is_public(client, settings):
    settings.ROOT_URLCONF = "tests.http.closed_site"
    settings.LOGIN_URL = "/entrer/"
    answer = client.get("/private/")
    assert (answer.status_code, answer["Location"]) == (302, "/entrer/?next=/private/")
