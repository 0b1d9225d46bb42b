"""Style sheets stay light: what one page loads is under 40 kB before compression."""

import re
from itertools import chain

from django.conf import settings

EVERYWHERE = ("tokens", "base", "components")
LAST = ("reading", "words", "experiences", "assess", "assess-answer", "staff", "mail", "account")
# Pages that load more than one sheet after those of every page.
TOGETHER = (
    ("staff", "desk", "desk-sheet"),
    ("staff", "desk", "desk-texts"),
    ("staff", "figures"),
)


def _size(name: str) -> int:
    return len((settings.ROOT / f"static/css/{name}.css").read_bytes())


def test_what_a_page_loads_is_under_40_kb():
    assert sum(map(_size, EVERYWHERE)) + max(map(_size, LAST)) < 40_000
    for sheets in TOGETHER:
        assert sum(map(_size, (*EVERYWHERE, *sheets))) < 40_000, sheets


def test_a_style_sheet_stays_in_its_layers_and_asks_no_other_host():
    for name in {*EVERYWHERE, *LAST, *chain.from_iterable(TOGETHER)}:
        css = (settings.ROOT / f"static/css/{name}.css").read_text()
        assert "@layer" in css
        assert re.findall(r"url\(['\"]?https?:", css) == []
        for recent in ("color-mix(", "(width"):
            assert recent not in css, f"{recent} in {name}.css: not in Firefox ESR 115 or Safari 15"
