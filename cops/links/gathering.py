"""Which addresses the public pages point to, today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from django.db import transaction

from cops.links.inside import is_inside
from cops.links.models import LENGTH, LinkCheck
from cops.links.registry import Use, sources

_HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
USES = 50  # places told of one address


def hrefs(html: str, *, page: str = "") -> Iterator[str]:
    """The addresses of the links of cleaned HTML; ``#anchor`` is one of ``page``."""
    for found in _HREF.findall(html):
        url = unescape(found).strip()
        yield f"{page}{url}" if url.startswith("#") else url


@transaction.atomic
def links_gather() -> int:
    """Bring the table to what is on view; gives the number of addresses.

    A new address is due at once; one that no page uses any more goes.
    """
    found: dict[str, list[dict[str, str]]] = {}
    for collect in sources().values():
        for use in collect():
            if _is_checked(use):
                told = {"label": use.label, "page": use.page, "edit": use.edit}
                places = found.setdefault(use.url, [])
                if told not in places and len(places) < USES:
                    places.append(told)
    kept = {row.url: row for row in LinkCheck.objects.select_for_update().order_by("pk")}
    LinkCheck.objects.filter(url__in=kept.keys() - found.keys()).delete()
    changed = []
    for url, row in kept.items():
        if url in found and row.uses != found[url]:
            row.uses = found[url]
            changed.append(row)
    LinkCheck.objects.bulk_update(changed, ["uses"], batch_size=500)
    new = [LinkCheck(url=url, host=_host(url), uses=uses) for url, uses in found.items()
           if url not in kept]  # fmt: skip
    LinkCheck.objects.bulk_create(new, batch_size=500)
    return len(found)


def _is_checked(use: Use) -> bool:
    return 0 < len(use.url) <= LENGTH and not use.url.lower().startswith(("mailto:", "tel:"))


def _host(url: str) -> str:
    if is_inside(url):
        return ""
    try:
        return (urlsplit(url).hostname or "")[:253]
    except ValueError:
        return ""
