"""The content policy of pages that hold a rich text editor.

The editor's import map is an inline script, and Tiptap adds one ``<style>``: both
are allowed by the hash of their text, on the pages that need them and on no other.
A nonce would not do: the style is added by a script that knows none.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from csp.decorators import csp_update
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]

# The style of Tiptap inside django-prose-editor's editor.js, as Chromium sees it; a browser
# test loads an editor and fails when a new release changes it.
TIPTAP_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


def source_of(text: str) -> str:
    """The CSP source that allows one inline element holding exactly ``text``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def importmap_source() -> str:
    """The source of the editor's import map; it names static files, so it changes with them."""
    from django_prose_editor.widgets import importmap

    found = re.fullmatch(r"<script[^>]*>(.*)</script>", str(importmap), re.DOTALL)
    if found is None:
        raise RuntimeError("the import map is not one script element any more")
    return source_of(found[1])


def editor_csp(view: View) -> View:
    """Marks a view whose page holds an editor."""

    @wraps(view)
    def allowed(*args: Any, **kwargs: Any) -> HttpResponseBase:
        policy = {"script-src": [importmap_source()], "style-src": [TIPTAP_STYLE]}
        return csp_update(policy)(view)(*args, **kwargs)

    return allowed
