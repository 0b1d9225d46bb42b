"""The addresses of an export, with the secret that opens it where there is one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from cops.exports.models import Export

KEY = "cle"


def export_address(export: Export, *, secret: str = "", page: str = "page") -> str:
    """The page of an export (or its ``state``, ``file``, ``retry``), the link to come back to."""
    address = reverse(f"exports:{page}", args=[export.public_id])
    return f"{address}?{urlencode({KEY: secret})}" if secret else address
