"""What a page says of itself: its title, headings, landmarks and links."""

from __future__ import annotations

from html.parser import HTMLParser


class Outline(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[str] = []
        self.title = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self._inside = tag
        if tag == "a":
            self.links.append(found.get("href") or "")

    def handle_data(self, data):
        # A drawing in the page has a title of its own.
        if self._inside == "title" and not self.count("body"):
            self.title += data

    def handle_endtag(self, tag):
        self._inside = ""

    def count(self, name: str) -> int:
        return sum(tag == name for tag, _ in self.tags)

    def ids(self) -> list[str]:
        return [found["id"] or "" for _, found in self.tags if "id" in found]

    def levels(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.tags if len(tag) == 2 and tag[1] in "123456"]
