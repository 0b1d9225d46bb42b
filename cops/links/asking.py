"""Asking another site for a page: politely, briefly, and never a machine of our own network.

A name is turned into addresses once, each of them is looked at, and the connection goes to
that very address: a name that changes its mind in between (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from cops.links.enums import Reason, State

SECONDS = 10
HOPS = 5
_LASTING = {301, 308}
_MOVES = {301, 302, 303, 307, 308}
# A site that answers so to HEAD may well answer GET.
_ASK_AGAIN = {400, 403, 404, 405, 406, 409, 410, 429, 500, 501, 502, 503}
_REFUSES = {401, 402, 403, 406, 407, 418, 423, 429, 451, 999}


@dataclass(frozen=True)
class Found:
    """What an address answered."""

    state: State
    reason: Reason = Reason.NONE
    status: int | None = None
    target: str = ""


class _CannotAskError(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def ask(url: str) -> Found:
    """Follow an address to its end. Never raises: what fails has its reason."""
    here, lasting, moved = url, True, False
    try:
        for _ in range(HOPS + 1):
            status, location = _answer(here)
            if status not in _MOVES or not location:
                return _judged(status, here if moved and lasting else "")
            # Only when every step is lasting is the last address the new one.
            lasting = lasting and status in _LASTING
            moved = True
            here = urljoin(here, location)
        return Found(State.FAILING, Reason.LOOP)
    except _CannotAskError as error:
        return Found(State.FAILING, error.reason)


def _judged(status: int, target: str) -> Found:
    if status < 400:
        return Found(State.MOVED if target else State.GOOD, status=status, target=target)
    if status in _REFUSES:
        return Found(State.UNSURE, Reason.REFUSED, status)
    if status >= 500:
        return Found(State.FAILING, Reason.SERVER, status)
    return Found(State.FAILING, Reason.NOT_FOUND, status)


def _answer(url: str) -> tuple[int, str]:
    """Status and Location; by HEAD, by GET when HEAD says nothing sure."""
    status, location = _once(url, "HEAD")
    return _once(url, "GET") if status in _ASK_AGAIN else (status, location)


def _once(url: str, method: str) -> tuple[int, str]:
    parts = _parts(url)
    connection = _connection(parts)
    try:
        connection.request(method, _path(parts), headers=_headers())
        answer = connection.getresponse()  # its body is left where it is
        return answer.status, answer.headers.get("Location", "")
    except ssl.SSLError:
        raise _CannotAskError(Reason.UNSAFE) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise _CannotAskError(Reason.SILENT) from None
    finally:
        connection.close()


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"COPS-liens/1.0 (+{settings.SITE_ORIGIN}/contact/)",
        "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.5",
        "Accept-Language": "fr",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        raise _CannotAskError(Reason.ODD) from None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        raise _CannotAskError(Reason.ODD)
    if port not in (None, 80, 443) and host not in settings.LINKS_PRIVATE_HOSTS:
        raise _CannotAskError(Reason.PRIVATE)
    named = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=named if port is None else f"{named}:{port}")


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="=&%/?:@!$'()*+,;~-._[]")
    return f"{path}?{query}" if query else path


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = _public_address(host, port)
    made = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection: Any = made(host, port, timeout=SECONDS)
    # http.client connects by this one function: to the address that was looked at.
    connection._create_connection = lambda _, timeout, source: socket.create_connection(
        (address, port), timeout, source
    )
    return connection


def _public_address(host: str, port: int) -> str:
    """One address of the host; _CannotAskError when any of them is not of the public internet."""
    addresses = [host] if _is_address(host) else _addresses(host, port)
    if host not in settings.LINKS_PRIVATE_HOSTS and not all(map(is_public, addresses)):
        raise _CannotAskError(Reason.PRIVATE)
    return addresses[0]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _CannotAskError(Reason.NO_HOST) from None
    return [str(info[4][0]) for info in found]


def is_public(address: str) -> bool:
    """True for an address of the public internet, whatever it hides inside (6to4, mapped IPv4)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inside = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if inside is not None:
        return is_public(str(inside))
    if ip.version == 6 and ip in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
