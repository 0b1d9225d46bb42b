"""axe-core on a page, with every rule of trust.md C."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice",
]  # fmt: skip
# What passes is not described: on a long page that took longer than finding it out. Nor are the
# style sheets read again: the one rule that asks for them is none of these.
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    "preload": False,
}


def violations(page: Page) -> list[str]:
    """What axe finds, one readable line per faulty element; an empty list is what we want."""
    results = Axe().run(page, options=OPTIONS)
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]
