"""Where a request comes from, as far as the portal wants to know."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_OF_A_PROXY = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
               "X-Real-IP")  # fmt: skip


def client_address(request: HttpRequest) -> str:
    """The address of the visitor; behind N proxies of ours, what the outermost of them saw.

    What stands further to the left in ``X-Forwarded-For`` was written by the visitor.
    """
    count = settings.TRUSTED_PROXY_COUNT
    if count:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(hops) >= count and hops[-count]:
            return hops[-count]
    return request.META.get("REMOTE_ADDR", "")


def from_this_machine(request: HttpRequest) -> bool:
    """Asked beside the web server itself, by a probe or by hand, and passed on by no proxy.

    A proxy on this machine comes from the loopback too: the headers that it adds tell.
    """
    if any(name in request.headers for name in _OF_A_PROXY):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def client_network(request: HttpRequest) -> str:
    """The visitor's network, /24 or /48, and never the address itself; empty when unreadable."""
    try:
        address = ip_address(client_address(request).partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        address = mapped
    prefix = 24 if address.version == 4 else 48
    return str(ip_network((address, prefix), strict=False))
