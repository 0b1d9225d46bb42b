"""The mail server of the demonstration, spoken to as a mail program does, and as none should."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator

import pytest

from cops.embedded.mailbox import LONGEST_LINE
from tests.embedded.conftest import wait_for
from tests.mail.sink import Sink, listening


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


def talk(sink: Sink, *pieces: bytes) -> list[str]:
    """Send the pieces one after the other; the answers until the server is silent or gone."""
    answers = b""
    with socket.create_connection(("127.0.0.1", sink.port), timeout=5) as link:
        for piece in pieces:
            link.sendall(piece)
        link.shutdown(socket.SHUT_WR)
        while piece := link.recv(65_536):
            answers += piece
    return [line[:3] for line in answers.decode().splitlines()]


def test_a_mail_program_is_served(sink):
    with smtplib.SMTP("127.0.0.1", sink.port) as smtp:
        smtp.sendmail(
            "a@example.org", ["b@example.org", "c@example.org"], "Subject: x\r\n\r\n.y\r\n"
        )
        smtp.sendmail("a@example.org", ["d@example.org"], "Subject: z\r\n\r\n")
    first, second = sink.received
    assert (first.sender, first.recipients, first.content) == (
        "a@example.org",
        ("b@example.org", "c@example.org"),
        b"Subject: x\r\n\r\n.y\r\n",
    )
    assert second.recipients == ("d@example.org",)


def test_commands_that_come_together_are_answered_in_order(sink):
    whole = (
        b"EHLO x\r\nMAIL FROM:<a@e.org>\r\nRCPT TO:<b@e.org>\r\nDATA\r\n..\r\n.\r\nNOOP\r\nQUIT\r\n"
    )
    assert talk(sink, whole) == [
        "220",
        "250",
        "250",
        "250",
        "250",
        "250",
        "354",
        "250",
        "250",
        "221",
    ]
    assert sink.received[0].content == b".\r\n"


def test_a_text_cut_anywhere_arrives_whole(sink):
    start = b"HELO x\r\nMAIL FROM:<a@e.org>\r\nRCPT TO:<b@e.org>\r\nDATA\r\n"
    text = b"Subject: x\r\n\r\nun\r\n..\r\n"
    talk(sink, start, *(bytes([byte]) for byte in text + b".\r\nQUIT\r\n"))
    assert sink.received[0].content == b"Subject: x\r\n\r\nun\r\n.\r\n"


def test_an_empty_text(sink):
    start = b"HELO x\r\nMAIL FROM:<a@e.org>\r\nRCPT TO:<b@e.org>\r\nDATA\r\n"
    assert talk(sink, start + b".\r\nQUIT\r\n")[-2:] == ["250", "221"]
    assert sink.received[0].content == b""


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        (b"BONJOUR\r\n", ["220", "502"]),
        (b"DATA\r\n", ["220", "503"]),
        (b"MAIL FROM:<a@e.org>\r\nRSET\r\nDATA\r\n", ["220", "250", "250", "503"]),
        (b"\xff\xfe\x00\r\n", ["220", "502"]),
        (b"x" * (LONGEST_LINE + 1), ["220", "552"]),
        (b"", ["220"]),
    ],
)
def test_what_no_mail_program_says(sink, said, answers):
    assert talk(sink, said) == answers
    assert sink.received == []


def test_somebody_who_leaves_in_the_middle_takes_nothing_along(sink):
    start = b"HELO x\r\nMAIL FROM:<a@e.org>\r\nRCPT TO:<b@e.org>\r\nDATA\r\nSubject: half"
    talk(sink, start)
    assert sink.received == []
    with smtplib.SMTP("127.0.0.1", sink.port) as smtp:
        smtp.sendmail("a@example.org", ["b@example.org"], "Subject: x\r\n\r\n")
    assert wait_for(lambda: len(sink.received) == 1)
