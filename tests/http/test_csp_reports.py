import json
import logging

import pytest

from cops.http import csp_reports

REPORT = {
    "csp-report": {
        "document-uri": "https://portail.example.org/recherche/?q=diabete",
        "effective-directive": "script-src",
        "blocked-uri": "https://intrus.example.net/chemin?secret=1",
    }
}


@pytest.fixture(autouse=True)
def fresh_allowance(monkeypatch):
    monkeypatch.setattr(csp_reports, "allowance", csp_reports._Allowance(3))


def _post(client, data):
    body = data if isinstance(data, (str, bytes)) else json.dumps(data)
    return client.post("/csp/", body, content_type="application/csp-report")


def _kept(caplog):
    return [
        (record.directive, record.blocked) for record in caplog.records if record.name == "cops.csp"
    ]


def test_a_report_keeps_the_directive_and_the_host(pages, caplog):
    with caplog.at_level(logging.INFO):
        assert _post(pages, REPORT).status_code == 204
    assert _kept(caplog) == [("script-src", "intrus.example.net")]


def test_the_newer_form_is_read_too(pages, caplog):
    body = {"effectiveDirective": "style-src-attr", "blockedURL": "inline"}
    assert _post(pages, [{"type": "csp-violation", "body": body}]).status_code == 204
    assert _kept(caplog) == [("style-src-attr", "inline")]


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "3", "null", '{"csp-report": 1}', '{"csp-report": {}}', "[1]", "[" * 9000,
     b"\xff\xfe", '{"csp-report": {"effective-directive": "a\\nb", "blocked-uri": "x"}}'],
)  # fmt: skip
def test_nonsense_is_taken_in_silence(pages, caplog, body):
    assert _post(pages, body).status_code == 204
    assert _kept(caplog) == []


def test_the_lines_are_counted(pages, caplog):
    for _ in range(6):
        assert _post(pages, REPORT).status_code == 204
    assert len(_kept(caplog)) == 3


def test_a_long_report_is_refused(pages):
    assert _post(pages, "x" * 20_000).status_code == 413


def test_only_post(pages):
    assert pages.get("/csp/").status_code == 405
