"""Addresses of named pages, written once: a page asks for some thirty, always the same ones."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def address(name: str, *args: str | int) -> str:
    """The address of a named page, as ``reverse`` gives it."""
    return reverse(name, args=args)
