"""What a log line may not hold: addresses, secrets, what people typed."""

from __future__ import annotations

import re

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Postgres repeats the refused row: « DETAIL:  Key (email)=(…) already exists ».
    (re.compile(r"(DETAIL|CONTEXT):.*"), r"\1: […]"),
    (re.compile(r"://[^/\s@]+@"), "://[…]@"),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[adresse]"),
    (re.compile(r"\?[^\s\"'<>]*=[^\s\"'<>]*"), "?[…]"),
    (re.compile(r"(?i)\b(password|secret|token|csrfmiddlewaretoken|code)=[^\s&\"']+"), r"\1=[…]"),
    (re.compile(r"(?<!\d)(?:\+33\s?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)"), "[téléphone]"),
    (re.compile(r"\b(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\b"), r"\1.0"),
    (re.compile(r"\b[0-9a-f]{32,}\b"), "[jeton]"),
    # Random identifiers mix capitals, small letters and digits; names of code do not.
    (
        re.compile(
            r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[A-Za-z0-9_-]{20,}(?![\w-])"
        ),
        "[jeton]",
    ),
)


def redact(text: str) -> str:
    """``text`` without addresses, telephone numbers, query strings, secrets and full IPs."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
