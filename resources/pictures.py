"""The names of pictures: their size is in them, so that a text needs no table to show them.

``/ressources/images/<public id>-1344x896.jpg`` is stored as ``attachments/<same name>``; a
picture wider than a column of text has a second size, for screens of one point for one.
"""

from __future__ import annotations

import re

FOLDER = "attachments"
ADDRESS = "/ressources/images/"
NAME = r"[0-9A-Za-z]{22}-[1-9][0-9]{0,3}x[1-9][0-9]{0,3}\.(?:jpg|png)"
COLUMN = 672  # points: the column of text on a screen of one point for one
_PARTS = re.compile(r"(?P<id>[0-9A-Za-z]{22})-(?P<width>\d+)x(?P<height>\d+)\.(?P<type>jpg|png)")
_SOURCE = re.compile(re.escape(ADDRESS) + rf"({NAME})")
_IMG = re.compile(r"<img\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(r'\b(src|alt)="([^"]*)"')


def picture_name(source: str) -> str:
    """The name behind an address of ours; empty for any other address."""
    found = _SOURCE.fullmatch(source)
    return found[1] if found else ""


def picture_names(html: str) -> list[tuple[str, str | None]]:
    """(name, alternative as written, or None) of the pictures of a cleaned rich text, in order."""
    found = []
    for tag in _IMG.findall(html):
        told = dict(_ATTRIBUTE.findall(tag))
        if name := picture_name(told.get("src", "")):
            found.append((name, told.get("alt")))
    return found


def pictures_set(html: str) -> str:
    """Cleaned rich text, each picture with its two sizes and its room on the page.

    The browser takes the lighter one that is enough, and only when the reader comes near.
    """
    return _IMG.sub(lambda match: _set(match[0]), html)


def _set(tag: str) -> str:
    told = dict(_ATTRIBUTE.findall(tag))
    name = picture_name(told.get("src", ""))
    if not name:
        return ""
    width, height = size_of(name)
    small = smaller(name)
    sizes = ""
    if small != name:
        sizes = (
            f' srcset="{ADDRESS}{small} {COLUMN}w, {ADDRESS}{name} {width}w"'
            ' sizes="(min-width: 45rem) 42rem, 92vw"'
        )
    return (
        f'<img src="{ADDRESS}{name}"{sizes} width="{width}" height="{height}"'
        f' alt="{told.get("alt", "")}" loading="lazy" decoding="async">'
    )


def public_id_of(name: str) -> str:
    return name[:22]


def size_of(name: str) -> tuple[int, int]:
    """Width and height in points."""
    found = _PARTS.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} names no picture")
    return int(found["width"]), int(found["height"])


def smaller(name: str) -> str:
    """The name of the size for a column; the same name when there is only one size."""
    found = _PARTS.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} names no picture")
    width, height = int(found["width"]), int(found["height"])
    if width <= COLUMN:
        return name
    # As cops.uploads.pictures fits it: the same rounding, or the file would have another name.
    return f"{found['id']}-{COLUMN}x{max(1, round(height * COLUMN / width))}.{found['type']}"
