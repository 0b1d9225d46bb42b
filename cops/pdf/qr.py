"""A QR code as inline SVG, for paper: black modules, quiet zone, alternative text."""

from __future__ import annotations

from xml.sax.saxutils import escape

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules of white around the code, ISO/IEC 18004


def qr_svg(address: str, *, title: str) -> SafeString:
    """The code of an address, to be written in words beside it: the title does not repeat it."""
    modules = segno.make(address, error="m", micro=False).matrix
    side = len(modules) + 2 * QUIET_ZONE
    runs = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            width = 1
            while x + width < len(row) and row[x + width] == row[x]:
                width += 1
            if row[x]:
                # A hair taller than a module: no white line between two rows on screen.
                runs.append(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{width}v1.02h-{width}z")
            x += width
    return mark_safe(  # noqa: S308 - the title is escaped, the rest is digits
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {side} {side}"'
        f' width="{side}" height="{side}" role="img"><title>{escape(title)}</title>'
        f'<path fill="#000" d="{"".join(runs)}"/></svg>'
    )
