"""A row of the outbox as a mail: text first, the HTML made from it, nothing from elsewhere."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from cops.mail.categories import label_of
from cops.mail.outbox import Row
from cops.mail.rendering import FOOT_MARK, html_of
from cops.mail.unsubscribing import unsubscribe_address


def build(row: Row) -> EmailMultiAlternatives:
    """The mail with its headers. Django refuses a header of two lines, should one get here."""
    headers = {
        "Message-ID": message_id(row.public_id),
        "Auto-Submitted": "auto-generated",  # no « absent du bureau » in answer
    }
    way_out = unsubscribe_address(row.to, row.category) if row.bulk else ""
    if way_out:
        headers["List-Unsubscribe"] = f"<{way_out}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text = f"{row.text}\n{FOOT_MARK}\n{_foot(row, way_out)}\n"
    mail = EmailMultiAlternatives(
        subject=row.subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[row.to],
        reply_to=[row.reply_to] if row.reply_to else None,
        headers=headers,
    )
    mail.attach_alternative(html_of(row.subject, text), "text/html")
    return mail


def message_id(public_id: str) -> str:
    """The same for each try of a row: a mail program shows one of two copies."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{public_id}@{domain}>"


def _foot(row: Row, way_out: str) -> str:
    site = settings.SITE
    lines = [site["owner"]]
    if site["email"]:
        lines.append(f"Nous écrire : {site['email']}")
    if way_out:
        lines.append(f"Ne plus recevoir « {label_of(row.category)} » : {way_out}")
    return "\n".join(lines)
