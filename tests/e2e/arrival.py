"""A page is read and acted on once it has arrived, and the modules that improve it with it.

A click answers as soon as the page it leads to begins to come. Playwright then waits for the
element that an action or an ``expect`` names; what reads at once (how many are there, is it seen)
or presses a key would meet half a page, or a form that its module has not taken up yet: a test
that fails one time in a thousand, on a busy machine.
"""

from __future__ import annotations

import contextlib
import functools
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, Locator, Page

READS = ("all", "all_inner_texts", "all_text_contents", "count", "evaluate_all", "is_hidden",
         "is_visible")  # fmt: skip
ACTS = ("check", "click", "fill", "focus", "press", "select_option", "set_input_files", "tap")
PAGE_READS = ("content", "evaluate", "title")
HANDS = ("keyboard", "mouse", "touchscreen")
# main.js says it of the modules that the page's hooks ask for.
HERE = "html:not([data-js=coming])"

# Each page that is looked at, and whether it is there or on its way.
_there: weakref.WeakKeyDictionary[Page, bool] = weakref.WeakKeyDictionary()


def arrived(page: Page) -> None:
    """Waits for the page that is coming, if one is, and for its modules."""
    if page not in _there:
        page.on("framenavigated", lambda _: _there.update({page: False}))
        _there[page] = False
    while not _there[page]:
        _there[page] = True
        try:
            page.wait_for_load_state()
            page.wait_for_selector(HERE, state="attached")
        except Error as error:
            _there[page] = False
            # It may have left for another page meanwhile.
            if "context was destroyed" not in str(error):
                raise


def _after_arrival(method: Callable[..., Any], page: Callable[[Any], Page]) -> Callable[..., Any]:
    @functools.wraps(method)
    def waiting(self: Any, *args: Any, **how: Any) -> Any:
        arrived(page(self))
        return method(self, *args, **how)

    return waiting


@contextlib.contextmanager
def arrivals_awaited() -> Iterator[None]:
    """Within, every reading and every gesture of Playwright's waits for the page first."""
    with pytest.MonkeyPatch.context() as patch:
        for name in READS + ACTS:
            method = getattr(Locator, name)
            patch.setattr(Locator, name, _after_arrival(method, lambda locator: locator.page))
        for name in PAGE_READS:
            patch.setattr(Page, name, _after_arrival(getattr(Page, name), lambda page: page))
        for name in HANDS:
            hand = getattr(Page, name).fget
            patch.setattr(Page, name, property(_after_arrival(hand, lambda page: page)))
        yield
