"""How a mail leaves: over one SMTP connection, or by another of Django's mail backends.

SMTP is spoken command by command on the connection that Django's own backend opened
(EMAIL_HOST, TLS, password…), because what an interruption means depends on where it falls:
before the text is sent nothing was handed over, after it nobody can tell. A provider reached
over HTTP (django-anymail) has no such point: its whole request is one step, and a request
that was sent without a clear answer is uncertain.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
from dataclasses import dataclass
from typing import Protocol

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address

from cops.http.redaction import redact
from cops.mail.building import build
from cops.mail.enums import State
from cops.mail.outbox import Outcome, Row, outcome_retry, outcome_uncertain

CLOSING = 421  # « service not available, closing the connection »
TOO_LARGE = 552
# No such address: whoever writes a newsletter must not write there again.
_NO_ADDRESS = frozenset({550, 551, 553, 556})
_NO_ADDRESS_WORDS = re.compile(rb"5\.(1\.\d+|2\.1)\b")
_FAULTS = (OSError, smtplib.SMTPException)


class Away(Exception):
    """Nothing of the mail at hand was given to the server.

    ``everyone``: it would be so for any other mail too (our own address or key is refused).
    """

    def __init__(self, words: str, *, everyone: bool = False) -> None:
        super().__init__(words)
        self.everyone = everyone


@dataclass(frozen=True)
class Letter:
    """A mail that is ready to leave."""

    row: Row
    mail: EmailMultiAlternatives
    content: bytes = b""


class Transport(Protocol):
    def open(self) -> bool:
        """Connect, unless it is done: whether the connection is new. Raises Away."""

    def close(self) -> None: ...

    def prepare(self, row: Row) -> Letter:
        """All that takes time, before the mail is said to be transmitted."""

    def send(self, letter: Letter) -> Outcome:
        """What became of it; raises Away when nothing of it was given to the server."""


def transport() -> Transport:
    """The one of the settings (EMAIL_BACKEND)."""
    backend = get_connection(fail_silently=False)
    if isinstance(backend, SmtpBackend):
        return SmtpTransport(backend)
    return BackendTransport(backend)


class SmtpTransport:
    """One connection for a batch."""

    def __init__(self, backend: SmtpBackend) -> None:
        self.backend = backend

    @property
    def smtp(self) -> smtplib.SMTP:
        connection: smtplib.SMTP | None = self.backend.connection
        if connection is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return connection

    def open(self) -> bool:
        try:
            new = bool(self.backend.open())
            self.smtp.ehlo_or_helo_if_needed()
            return new
        except _FAULTS as error:
            self._hang_up()
            raise Away(_words(error)) from error

    def close(self) -> None:
        with contextlib.suppress(*_FAULTS):
            self.backend.close()

    def prepare(self, row: Row) -> Letter:
        mail = build(row)
        content = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        return Letter(row, mail, content)

    def send(self, letter: Letter) -> Outcome:
        try:
            refusal = self._envelope(letter)
        except _FAULTS as error:
            self._hang_up()
            raise Away(_words(error)) from error
        return refusal or self._text(letter)

    def _envelope(self, letter: Letter) -> Outcome | None:
        """MAIL, RCPT, DATA; None once the server waits for the text."""
        smtp, row = self.smtp, letter.row
        options = [f"size={len(letter.content)}"] if smtp.has_extn("size") else []
        if smtp.has_extn("8bitmime"):
            options.append("body=8bitmime")
        code, answer = smtp.mail(sanitize_address(letter.mail.from_email, "utf-8"), options)
        if code >= 500 and code != TOO_LARGE:
            # Our own address is refused: it concerns every mail, and no person they go to.
            self._hang_up()
            raise Away(_answer(code, answer), everyone=True)
        if code >= 400:
            return self._no(row, code, answer)
        code, answer = smtp.rcpt(sanitize_address(row.to, "utf-8"))
        if code >= 400:
            return self._no(row, code, answer, recipient=True)
        code, answer = smtp.docmd("DATA")
        return None if code == 354 else self._no(row, code, answer)

    def _text(self, letter: Letter) -> Outcome:
        """The text itself: from its first byte on, a silence tells nothing."""
        try:
            self.smtp.send(_stuffed(letter.content))
            code, answer = self.smtp.getreply()
        except _FAULTS as error:
            self._hang_up()
            return outcome_uncertain(letter.row, _words(error))
        if code < 400:
            return Outcome(State.ACCEPTED)
        if code == CLOSING:
            self._hang_up()
            return outcome_retry(letter.row, _answer(code, answer))
        return self._no(letter.row, code, answer)

    def _no(self, row: Row, code: int, answer: bytes, *, recipient: bool = False) -> Outcome:
        words = _answer(code, answer)
        if code == CLOSING:
            self._hang_up()
            raise Away(words)
        try:
            self.smtp.rset()
        except _FAULTS:
            self._hang_up()
        if code < 500:
            return outcome_retry(row, words)
        gone = recipient and (code in _NO_ADDRESS or bool(_NO_ADDRESS_WORDS.match(answer)))
        return Outcome(State.REFUSED, words, no_address=gone)

    def _hang_up(self) -> None:
        """Without « QUIT », to which a server that hangs would not answer."""
        if self.backend.connection is not None:
            self.backend.connection.close()
            self.backend.connection = None


class BackendTransport:
    """Another backend of Django: a provider over HTTP, or what the tests and the console use."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def open(self) -> bool:
        return bool(self.backend.open())

    def close(self) -> None:
        self.backend.close()

    def prepare(self, row: Row) -> Letter:
        return Letter(row, build(row))

    def send(self, letter: Letter) -> Outcome:
        try:
            sent = self.backend.send_messages([letter.mail])
        except AnymailRecipientsRefused as error:
            return Outcome(State.REFUSED, _words(error), no_address=True)
        except AnymailError as error:
            return _provider_said(error, letter.row)
        except OSError as error:
            raise Away(_words(error), everyone=True) from error
        return Outcome(State.ACCEPTED) if sent else Outcome(State.REFUSED, "Rien n’est parti.")


# Names of the errors of urllib3 before anything was sent.
_NOT_REACHED = frozenset({"NewConnectionError", "NameResolutionError", "ConnectTimeoutError"})
_NOT_OURS = frozenset({401, 402, 403})  # the key or the account: it concerns every mail
_LATER = frozenset({408, 429, 503})


def _provider_said(error: AnymailError, row: Row) -> Outcome:
    """Its answer, or that there was none."""
    code, words = error.status_code, _words(error)
    if code is None:
        if _not_reached(error):
            raise Away(words, everyone=True) from error
        if isinstance(error, ValueError | TypeError):
            return Outcome(State.REFUSED, words)  # it cannot be said to this provider
        return outcome_uncertain(row, words)
    if code in _NOT_OURS:
        raise Away(words, everyone=True) from error
    if code in _LATER:
        return outcome_retry(row, words)
    if code >= 500:  # it failed in the middle, or its answer was lost on the way
        return outcome_uncertain(row, words)
    return Outcome(State.REFUSED, words)


def _not_reached(error: BaseException) -> bool:
    """Whether the connection itself failed, in the error or in one of its causes."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or one in seen:
            continue
        if type(one).__name__ in _NOT_REACHED:
            return True
        seen.append(one)
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return False


_DOTS = re.compile(rb"(?m)^\.")


def _stuffed(content: bytes) -> bytes:
    """Lines that begin with a dot protected, and the dot that ends the text (RFC 5321, 4.5.2)."""
    body = _DOTS.sub(b"..", content)
    return body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n")


def _answer(code: int, answer: bytes) -> str:
    return redact(f"{code} {answer.decode(errors='replace')}")[:300]


def _words(error: BaseException) -> str:
    """Of an error, what the team may read: never an address."""
    return redact(f"{type(error).__name__} : {error}".removesuffix(" : "))[:300]
