"""What gunicorn refuses before Django sees it: in French, and nobody is named in the logs."""

from __future__ import annotations

import logging
import socket

import pytest
from django.conf import settings
from gunicorn.http import errors

from cops.embedded.parts import portal_parts
from cops.http.logs import JsonFormatter
from cops.http.worker import Worker


def refused(error: BaseException) -> tuple[str, str]:
    """Head and body of the answer to a request that ended in ``error``."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Worker.handle_error(Worker.__new__(Worker), None, ours, ("203.0.113.9", 4), error)
        ours.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := theirs.recv(65_536):
            answer += piece
    head, _, body = answer.decode().partition("\r\n\r\n")
    return head, body


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (errors.InvalidRequestLine("GET /?q=x HTTP/1.1"), "HTTP/1.1 400 Bad Request"),
        (errors.InvalidRequestMethod("get"), "HTTP/1.1 400 Bad Request"),
        (errors.InvalidHeader("HOST"), "HTTP/1.1 400 Bad Request"),
        (errors.LimitRequestHeaders("x"), "HTTP/1.1 431 Request Header Fields Too Large"),
        (errors.ConfigurationProblem("x"), "HTTP/1.1 500 Internal Server Error"),
        (ValueError("x"), "HTTP/1.1 500 Internal Server Error"),
    ],
)
def test_a_refused_request_gets_a_french_page(error, line):
    head, body = refused(error)
    assert head.startswith(line + "\r\n")
    assert '<html lang="fr"' in body
    assert f"Content-Length: {len(body.encode())}" in head
    assert "default-src 'none'" in head
    assert "Bad Request" not in body


def test_its_line_in_the_logs_tells_neither_address_nor_words(caplog):
    with caplog.at_level(logging.DEBUG):
        refused(errors.InvalidRequestLine("GET /recherche/?q=canaridiabete HTTP/1.1"))
        refused(ValueError("canaridiabete"))
    lines = " ".join(JsonFormatter().format(record) for record in caplog.records)
    assert "InvalidRequestLine" in lines
    assert "canaridiabete" not in lines
    assert "203.0.113" not in lines


def test_the_portal_runs_with_this_worker():
    web = portal_parts(settings.VAR, 8000)[0]
    assert "cops.http.worker.Worker" in web.command


def test_a_head_request_is_no_warning():
    assert logging.getLogger("gunicorn.http.wsgi").getEffectiveLevel() > logging.WARNING
