"""A template of text becomes a subject and a text; the HTML is made from the text.

The form of a template, ``templates/<app>/emails/<name>.txt``:

    Objet : Votre code de connexion

    Bonjour,

        ABCD-EFGH

    - a line that begins with a dash is an item of a list
    https://… alone on its line is a button-like link; inside a sentence, a link.

A paragraph set in by four spaces stands out, in large type: the code to copy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from django.conf import settings
from django.template import Context, Engine

from cops.formats import typography

_SUBJECT = re.compile(r"\AObjet\s*:\s*")
_BLANK = re.compile(r"\n[ \t]*\n")
_URL = re.compile(r"https?://[^\s<>«»\"]+[^\s<>«»\".,;:!?)]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


class TemplateFault(ValueError):
    """A mail's template does not begin with « Objet : … » and a blank line."""


def render(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text of ``templates/<template>.txt``.

    ``site`` (who writes) and ``origin`` (to build addresses) are given with the context.
    Whatever a value holds, the subject is one line: what people type cannot add a header.
    """
    values = {"site": settings.SITE, "origin": settings.SITE_ORIGIN, **context}
    source = Engine.get_default().get_template(f"{template}.txt")
    whole = source.render(Context(values, autoescape=False)).replace("\r\n", "\n")
    head, found, text = _split(whole.strip("\n"))
    if not found or not _SUBJECT.match(head) or not text.strip():
        raise TemplateFault(f"{template}.txt: « Objet : … », a blank line, then the text")
    subject = " ".join(_CONTROL.sub(" ", _SUBJECT.sub("", head)).split())
    return typography(subject)[:250], _tidy(text)


def _split(whole: str) -> tuple[str, bool, str]:
    found = _BLANK.search(whole)
    return (whole[: found.start()], True, whole[found.end() :]) if found else (whole, False, "")


def _tidy(text: str) -> str:
    """No control character, no space at the ends of lines, the no-break spaces of French."""
    lines = [_CONTROL.sub("", line).rstrip() for line in text.split("\n")]
    lines = [line if line.startswith("    ") else typography(line) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


# --- HTML. Mail programs read no style sheet: the few styles are in the tags. ---

_BODY = "margin:0;padding:24px 16px;background:#ffffff;color:#1e2227"
_COLUMN = (
    "max-width:36em;margin:0 auto;font:17px/1.6 system-ui,-apple-system,'Segoe UI',Arial,sans-serif"
)
_CODE = (
    "margin:1.4em 0;padding:.7em 1em;border:2px solid #1b5e9e;border-radius:8px;text-align:center;"
    "font:700 28px/1.3 ui-monospace,Consolas,monospace;letter-spacing:.12em"
)
_FOOT = "margin-top:2em;padding-top:1em;border-top:1px solid #c9ced4;font-size:14px;color:#4d545c"
_LINK = "color:#1b5e9e"
FOOT_MARK = "-- "  # the line that every mail program knows as the signature's


def html_of(subject: str, text: str) -> str:
    """The same words as a page: no image, no tracker, nothing from elsewhere."""
    body, _, foot = text.partition(f"\n{FOOT_MARK}\n")
    column = "\n".join(_blocks(body))
    if foot:
        lines = "<br>\n".join(_line(line) for line in foot.strip("\n").split("\n"))
        column += f'\n<p style="{_FOOT}">{lines}</p>'
    return (
        '<!doctype html>\n<html lang="fr">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(subject)}</title></head>\n"
        f'<body style="{_BODY}"><div style="{_COLUMN}">\n{column}\n</div></body>\n</html>\n'
    )


def _blocks(text: str) -> list[str]:
    return [_block(part) for part in _BLANK.split(text.strip("\n")) if part.strip()]


def _block(part: str) -> str:
    lines = part.strip("\n").split("\n")
    if all(line.startswith("    ") for line in lines):
        inside = "<br>\n".join(escape(line.strip()) for line in lines)
        return f'<p style="{_CODE}">{inside}</p>'
    if all(line.startswith("- ") for line in lines):
        items = "\n".join(f"<li>{_line(line[2:])}</li>" for line in lines)
        return f"<ul>\n{items}\n</ul>"
    return "<p>" + "<br>\n".join(_line(line) for line in lines) + "</p>"


def _line(text: str) -> str:
    """Escaped, with its addresses as links."""
    out, end = [], 0
    for found in _URL.finditer(text):
        out.append(escape(text[end : found.start()]))
        url = escape(found.group())
        out.append(f'<a href="{url}" style="{_LINK}">{url}</a>')
        end = found.end()
    return "".join(out) + escape(text[end:])
