"""What the first page and the running foot of every document say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cops.formats import typography
from cops.pdf import qr_svg

# Characters of a running title, so that it keeps to one line.
RUNNING_AT_MOST = 66
RUNNING_AT_MOST_LARGE = 63
_LAST_WORD = re.compile(r" (\S{1,12})$")


@dataclass(frozen=True, kw_only=True)
class Cover:
    """``version``: « Version 3 du 12 novembre 2026 »; ``running``: the same at the foot of a page.

    ``address`` is the page one types from paper, ``code_address`` what the code leads to.
    """

    kind: str
    title: str
    summary: str
    version: str
    running: str
    address: str
    code_address: str
    online: str
    subtitle: str = ""
    audience: Sequence[str] = ()
    notice: str = ""
    reviewed_on: date | None = None
    made_on: str = ""
    running_at_most: int = RUNNING_AT_MOST

    @property
    def balanced_title(self) -> str:
        """The title, whose last line never holds a short word alone."""
        return _LAST_WORD.sub("\u00a0\\1", typography(self.title))

    @property
    def running_title(self) -> str:
        """The title that every page says again, on one line: cut after a word."""
        title = typography(self.title)
        if len(title) <= self.running_at_most:
            return title
        return title[: self.running_at_most].rsplit(" ", 1)[0] + "…"

    @property
    def printed_address(self) -> str:
        """The address in words, without what a browser adds by itself."""
        return self.address.split("://", 1)[-1]

    @property
    def code(self) -> str:
        return qr_svg(
            self.code_address,
            title="Code QR : la page de ce document sur le portail, à l’adresse écrite à côté",
        )
