"""The grade that the MDN HTTP Observatory gives to a site, counted here.

Its table (mozilla/http-observatory, « scoring.md »): one starts at 100, each fault takes its
points away, and what goes beyond the needed counts only from 90 on. A+ begins at 100.
"""

from __future__ import annotations

import re
from typing import Any

GRADES = ((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"),
          (50, "C"), (45, "C-"), (40, "D+"), (30, "D"), (25, "D-"), (0, "F"))  # fmt: skip
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
SIX_MONTHS = 15_768_000


def modifiers(page: dict[str, Any], plain: dict[str, Any]) -> dict[str, int]:
    """Points per subject; ``page`` is the answer over https, ``plain`` that over http."""
    headers = {name.lower(): value for name, value in page["headers"].items()}
    policy = _policy(headers.get("content-security-policy", ""))
    return {
        "csp": _csp(policy),
        "cookies": _cookies(page["cookies"]),
        "cors": -50 if headers.get("access-control-allow-origin") == "*" else 0,
        "redirection": _redirection(plain),
        "referrer": 5 if headers.get("referrer-policy") in PRIVATE else 0,
        "hsts": _hsts(headers.get("strict-transport-security", "")),
        "sri": _scripts(page["text"]),
        "nosniff": 0 if headers.get("x-content-type-options") == "nosniff" else -5,
        "framing": _framing(policy, headers),
        "resource": 10 if headers.get("cross-origin-resource-policy") == "same-origin" else 0,
    }


def grade(points: dict[str, int]) -> tuple[int, str]:
    """The score and its letter."""
    score = 100 + sum(value for value in points.values() if value < 0)
    if score >= 90:
        score += sum(value for value in points.values() if value > 0)
    return score, next(letter for least, letter in GRADES if max(score, 0) >= least)


def _policy(header: str) -> dict[str, list[str]]:
    parts = (part.split() for part in header.split(";"))
    return {words[0]: words[1:] for words in parts if words}


def _csp(policy: dict[str, list[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", ["*"])
    scripts = policy.get("script-src", default)
    if {"'unsafe-inline'", "*", "data:", "https:", "http:"} & {
        *scripts,
        *policy.get("object-src", default),
    }:
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if "'unsafe-inline'" in policy.get("style-src", default):
        return 0
    return 10 if default == ["'none'"] else 5


def _cookies(cookies: dict[str, dict[str, Any]]) -> int:
    if not cookies:
        return 0
    if not all(cookie["secure"] for cookie in cookies.values()):
        return -40
    session = [cookie for name, cookie in cookies.items() if "session" in name]
    if not all(cookie["httponly"] for cookie in session):
        return -30
    return 5 if all(cookie["samesite"] in {"Lax", "Strict"} for cookie in cookies.values()) else 0


def _redirection(plain: dict[str, Any]) -> int:
    location = plain["headers"].get("Location", "")
    if plain["status"] not in {301, 302, 307, 308}:
        return -20
    return 0 if location.startswith("https://portail.example.org/") else -20


def _hsts(header: str) -> int:
    found = re.search(r"max-age=(\d+)", header)
    if not found:
        return -20
    if int(found[1]) < SIX_MONTHS:
        return -10
    return 5 if "preload" in header and "includeSubDomains" in header else 0


def _scripts(text: str) -> int:
    outside = re.findall(r"<script[^>]+src=[\"'](?:https?:)?//[^\"']+[\"'][^>]*>", text)
    return -5 if any("integrity=" not in tag for tag in outside) else 0


def _framing(policy: dict[str, list[str]], headers: dict[str, str]) -> int:
    if policy.get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if headers.get("x-frame-options") in {"DENY", "SAMEORIGIN"} else -20
