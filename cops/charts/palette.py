"""The one source of the portal's colours; `manage.py write_tokens` turns it into style sheets.

A hue belongs to an axis of partnership across the whole site and is never the
only carrier of a meaning. Every text colour keeps 4.5:1 on every background of
its mode, a promise that tests/charts/test_palette.py measures.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """An axis of partnership: its code in class names, its letters, its name, its four colours."""

    code: str
    letters: str
    label: str
    text: str
    tint: str
    dark_text: str
    dark_tint: str


AXES = (
    Axis("exp", "CE", "Co-expression", "#1b5e9e", "#d9e6f2", "#86b9ec", "#22364a"),
    Axis("con", "CC", "Co-construction", "#1d7048", "#d8ebe0", "#7ccba3", "#1f3a2d"),
    Axis("dec", "CD", "Co-décision", "#a34a07", "#f6e2d2", "#eea873", "#472e1c"),
    Axis("meo", "CM", "Co-mise en œuvre", "#76388f", "#eadcf0", "#cfa0e4", "#3d2a49"),
)

# name: (light, dark). Backgrounds first, then texts, then what is neither.
BACKGROUNDS = {
    "paper": ("#fdfbf7", "#16191d"),
    "sheet": ("#ffffff", "#1e2227"),
    "wash": ("#f5f0e7", "#23282e"),
}
TEXTS = {
    "ink": ("#22282f", "#ece8e1"),
    "soft": ("#566069", "#b1b7bd"),
    "link": ("#1b5e9e", "#9cc8f5"),
    "good": ("#1d7048", "#7ccba3"),
    "warn": ("#8a5300", "#f0c06d"),
    "bad": ("#a8202e", "#ff9da6"),
}
STATES = {
    "good-tint": ("#d8ebe0", "#1f3a2d"),
    "warn-tint": ("#f8e8c8", "#43331a"),
    "bad-tint": ("#f8dcdc", "#4a2529"),
    "mark": ("#ffe9a8", "#5a4a12"),
}
# `line` only decorates; `edge` outlines what one may fill or press, at 3:1.
LINES = {
    "line": ("#e3ddd2", "#363c43"),
    "edge": ("#7d838a", "#868e97"),
    "focus": ("#a34a07", "#eea873"),
}

# Asked by `prefers-contrast: more`: no grey text, no faint line.
STRONG = {
    "soft": ("#22282f", "#ece8e1"),
    "line": ("#566069", "#b1b7bd"),
    "edge": ("#22282f", "#ece8e1"),
}


def neutrals() -> dict[str, tuple[str, str]]:
    """Every colour that is not an axis's, name → (light, dark), in writing order."""
    return BACKGROUNDS | TEXTS | STATES | LINES


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two #rrggbb colours, from 1 to 21."""

    def luminance(colour: str) -> float:
        shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (
            s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
