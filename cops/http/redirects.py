"""The one way to send a visitor to an address that came with the request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def safe_redirect(
    request: HttpRequest, target: str | None, *, default: str
) -> HttpResponseRedirect:
    """Redirects to ``target`` if it stays on this site, else to ``default``, an address of ours."""
    if target and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return HttpResponseRedirect(target)
    return HttpResponseRedirect(default)
