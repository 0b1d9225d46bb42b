"""A name to show, from whatever name came."""

from __future__ import annotations

import re

from cops.formats import one_line

LENGTH = 100  # characters, without the extension
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%;]+')


def extension_of(raw: str) -> str:
    """« pdf » for « Fiche.PDF », cleaned as the name is; empty without one."""
    stem, dot, extension = _last(raw).rpartition(".")
    found = extension.lower() if dot and stem else ""
    return found if re.fullmatch(r"[a-z0-9]{1,8}", found) else ""


def clean_name(raw: str, extension: str) -> str:
    """The name without folders, signs that a system reads, or what is not seen; true extension."""
    name = _last(raw)
    if extension_of(raw):
        name = name.rpartition(".")[0]
    name = _FORBIDDEN.sub("-", name).strip(" .-")[:LENGTH].rstrip(" .-")
    return f"{name or 'fichier'}.{extension}"


def _last(raw: str) -> str:
    return one_line(re.split(r"[/\\]", raw)[-1])
