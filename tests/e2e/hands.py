"""Two ways of holding a page: with a pointer or a finger, and with the keys of the keyboard alone.

``Keys`` never calls what a keyboard cannot do: it skips to the content, presses Tab until the focus
is where it wants to act, as somebody who sees the focus would, then Enter, Space, an arrow, or
letters.
"""

from __future__ import annotations

from playwright.sync_api import Page

MOST_TABS = 160  # to the end of the longest page
# What has the focus, as a screen reader would say it.
FOCUS = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.innerText ?? "";
  return { tag: one.localName, type: one.type ?? "", name: one.name ?? "", value: one.value ?? "",
           text: (one.getAttribute("aria-label") || label || one.innerText || "").trim() };
}"""


class Pointer:
    """A mouse, or a finger."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def choose(self, field: str, value: str) -> None:
        self.page.locator(f"input[name='{field}'][value='{value}']").check()

    def write(self, field: str, text: str) -> None:
        self.page.locator(f"[name='{field}']").fill(text)


class Keys:
    """The keyboard, and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _skip(self) -> None:
        """On a page that has just come, past its header, by the first link that Tab meets."""
        if self.page.evaluate(FOCUS)["tag"] != "body":
            return
        self.page.keyboard.press("Tab")
        assert self.page.evaluate(FOCUS)["text"] == "Aller au contenu"
        self.page.keyboard.press("Enter")

    def _reach(self, what: str, **wanted: str) -> None:
        found: dict[str, str] = {}
        self._skip()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUS)
            if all(found[key] == value or (key == "text" and found[key].startswith(value))
                   for key, value in wanted.items()):  # fmt: skip
                return
        raise AssertionError(f"la touche Tab ne mène pas à {what} sur {self.page.url}")

    def _enter(self) -> None:
        """Every link and button here leads to a page: the next key is for that one."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, name: str) -> None:
        self._reach(f"« {name} »", tag="a", text=name)
        self._enter()

    def press(self, name: str) -> None:
        self._reach(f"« {name} »", tag="button", text=name)
        self._enter()

    def choose(self, field: str, value: str) -> None:
        """Tab leads into the group; the arrows go round it, and the one they are on is chosen."""
        self._reach(field, type="radio", name=field)
        self.page.keyboard.press("Space")
        seen = set()
        while (now := self.page.evaluate(FOCUS)["value"]) != value:
            assert now not in seen, f"{value} n’est pas dans {field}"
            seen.add(now)
            self.page.keyboard.press("ArrowDown")

    def write(self, field: str, text: str) -> None:
        self._reach(field, name=field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
