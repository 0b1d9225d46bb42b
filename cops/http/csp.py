"""The wider content policy of the few pages that hold a rich text editor.

The editor's import map is an inline script, and Tiptap adds one style of its own: both
are let in by their hash, so that nothing else inline runs there either.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_prose_editor.widgets import importmap

_EDITOR = "django_prose_editor/editor.js"
_CONTENT = re.compile(r"<script[^>]*>(.*)</script>", re.DOTALL)
_STYLE = re.compile(r"`(\.ProseMirror \{[^`]*)`")

View = Callable[..., HttpResponseBase]


def editor_csp(view: View) -> View:
    """Let the editor run on this page: its import map and its style, by their hashes."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response._csp_update = editor_sources()  # type: ignore[attr-defined]
        return response

    return answer


@cache
def editor_sources() -> dict[str, list[str]]:
    """What the editor adds to the policy, by directive; computed once per process."""
    found = _CONTENT.search(str(importmap))
    if found is None:
        raise RuntimeError("the editor's import map has another shape than expected")
    sources = {"script-src": [_hash(found[1])], "style-src": []}
    if path := finders.find(_EDITOR):
        with open(path, encoding="utf-8") as file:
            sources["style-src"] = [_hash(style) for style in _STYLE.findall(file.read())]
    return sources


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
