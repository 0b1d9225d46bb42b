"""A field that no person fills: ``components/honeypot.html`` draws it.

What a robot sends is answered as if it had been kept, and is not: it learns nothing.
"""

from __future__ import annotations

from django.http import HttpRequest

FIELD = "site-web"


def is_trapped(request: HttpRequest) -> bool:
    """True if the hidden field of the form was filled."""
    return bool(request.POST.get(FIELD))
