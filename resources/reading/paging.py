"""Which page of a list an address asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404


def page_of(rows: QuerySet[Any] | Sequence[Any], text: str, *, per_page: int) -> Page:
    """1 when ``text`` is below 1 or no number; raises Http404 beyond the end."""
    paginator = Paginator(rows, per_page)
    number = max(1, int(text)) if re.fullmatch(r"-?[0-9]{1,9}", text) else 1
    if number > paginator.num_pages or re.fullmatch(r"[0-9]{10,}", text):
        raise Http404
    return paginator.page(number)
