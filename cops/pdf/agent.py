"""WeasyPrint's own style sheet without what our documents never use.

It dresses the footnotes and the markers of every element: seven styles computed for each one,
which is a quarter of the time and of the memory of a long document. Ours have no footnote, and
markers only on list items. The bytes of the document are the same; a test compares them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint import css as rules

_NOTES = re.compile(r"^::(?:footnote|note)-[\w-]+ \{.*\}$", re.MULTILINE)
_MARKERS = re.compile(r"^::marker", re.MULTILINE)


@cache
def _style_sheet() -> CSS:
    text = Path(rules.__file__).with_name("html5_ua.css").read_text(encoding="utf-8")
    return CSS(string=_MARKERS.sub("li::marker", _NOTES.sub("", text)))


class LeanHTML(HTML):
    """A page of HTML read under that style sheet."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [_style_sheet()]
