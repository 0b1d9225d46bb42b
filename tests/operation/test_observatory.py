"""The pages of production deserve the best grade of the MDN Observatory."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.operation.observatory import grade, modifiers
from tests.settings.test_production import VARIABLES

ADDRESSES = ["/", "/ressources/", "/recherche/?q=patient", "/contact/", "/compte/connexion/",
             "/classeur/", "/nulle-part/"]  # fmt: skip


_asked: dict = {}  # once for all: it is a process that starts


@pytest.fixture
def answers(db, tmp_path_factory):
    if not _asked:
        _asked.update(_ask(tmp_path_factory))
    return _asked


def _ask(tmp_path_factory):
    place = tmp_path_factory.mktemp("graded")
    known = connection.settings_dict
    database = {name: str(known[name]) for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")}
    database["OPTIONS"] = known["OPTIONS"]
    environment = os.environ | VARIABLES | {
        "DJANGO_SETTINGS_MODULE": "tests.operation.graded_settings",
        "GRADED_DATABASE": json.dumps(database),
        "MEDIA_ROOT": str(place),
        "TRUSTED_PROXY": "",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.operation.graded_site", *ADDRESSES],
        cwd=settings.ROOT, env=environment, capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    return {(answer["address"], answer["secure"]): answer for answer in found}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_graded_a_plus(answers, address):
    page, plain = answers[address, True], answers[address, False]
    assert page["status"] == (404 if address == "/nulle-part/" else 200)
    points = modifiers(page, plain)
    expected = {"csp": 10, "cors": 0, "redirection": 0, "referrer": 5, "hsts": 5, "sri": 0,
                "nosniff": 0, "framing": 5, "resource": 10}  # fmt: skip
    assert {name: points[name] for name in expected} == expected
    assert points["cookies"] in {0, 5}
    assert grade(points)[0] >= 130
    assert grade(points)[1] == "A+"


def test_a_form_sets_cookies_that_only_this_host_may_read(answers):
    cookies = answers["/compte/connexion/", True]["cookies"]
    assert cookies
    for name, cookie in cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", False)


def test_an_anonymous_page_sets_no_cookie(answers):
    assert answers["/", True]["cookies"] == answers["/ressources/", True]["cookies"] == {}


def test_the_table_gives_bad_grades_too(answers):
    page = answers["/", True]
    bare = {**page, "headers": {"Content-Type": "text/html"}}
    plain = {"status": 200, "headers": {}}
    assert grade(modifiers(bare, plain)) == (10, "F")
    weak = {
        **page,
        "headers": page["headers"] | {"Content-Security-Policy": "script-src 'unsafe-inline'"},
    }
    points = modifiers(weak, answers["/", False])
    assert points["csp"] == -20
    assert grade(points)[1] == "B+"
