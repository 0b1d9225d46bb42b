"""The mails that the demonstration kept instead of sending: see cops.embedded.mailbox."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9]{13}-[0-9]{4}")
_CODE = re.compile(r"(?m)^ {4}(\S.{0,60})$")


@dataclass(frozen=True)
class Kept:
    """One kept mail."""

    name: str
    at: datetime
    to: str
    sender: str
    subject: str
    text: str
    html: str
    headers: list[tuple[str, str]]

    @property
    def code(self) -> str:
        """The code that it holds, set apart in its text (cops.mail.rendering); empty if none."""
        found = _CODE.search(self.text)
        return found.group(1).strip() if found else ""


def kept_all(limit: int = 50) -> list[Kept]:
    """The last ones, the newest first."""
    names = sorted((path.stem for path in _folder().glob("*.eml")), reverse=True)
    found = [kept_one(name) for name in names if _NAME.fullmatch(name)][:limit]
    return [one for one in found if one is not None]


def kept_one(name: str) -> Kept | None:
    """By the name of its file; None when there is none."""
    if not _NAME.fullmatch(name):
        return None
    try:
        content = (_folder() / f"{name}.eml").read_bytes()
    except OSError:
        return None
    mail = message_from_bytes(content.replace(b"\r\n", b"\n"), policy=default)
    return Kept(
        name=name,
        at=datetime.fromtimestamp(int(name[:13]) / 1000, UTC),
        to=str(mail["Delivered-To"] or mail["To"] or ""),
        sender=str(mail["From"] or ""),
        subject=str(mail["Subject"] or "(sans objet)"),
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
        headers=[(header, str(value)) for header, value in mail.items()],
    )


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return body.get_content() if body is not None else ""


def _folder() -> Path:
    return Path(settings.MAILBOX)
