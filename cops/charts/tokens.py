"""The style sheets of custom properties and the drawn marks, written from the palette."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cops.charts import favicon, palette
from cops.charts.wheel import mark_svg

HEAD = "/* Written by `manage.py write_tokens` from cops/charts/palette.py: edit it there. */\n"
LAYERS = "@layer reset, tokens, base, layout, components, utilities, print;\n"

# Sizes that page and PDF share; the page adds its fluid ones in base.css.
SCALE = {
    "s-1": "0.875rem",
    "s0": "1.0625rem",
    "s1": "1.25rem",
    "s2": "1.5625rem",
    "radius": "0.625rem",
    "text": 'system-ui, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif',
    "title": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "Noto Sans",'
    ' "Liberation Sans", sans-serif',
}


def _lines(values: Mapping[str, str], indent: str) -> str:
    return "".join(f"{indent}--{name}: {value};\n" for name, value in values.items())


def colours(mode: int) -> dict[str, str]:
    """Every colour by token name; mode 0 is light, 1 is dark."""
    found = {}
    for axis in palette.AXES:
        found[axis.code] = (axis.text, axis.dark_text)[mode]
        found[f"{axis.code}-tint"] = (axis.tint, axis.dark_tint)[mode]
    return found | {name: pair[mode] for name, pair in palette.neutrals().items()}


def _strong(mode: int) -> dict[str, str]:
    return {name: pair[mode] for name, pair in palette.STRONG.items()}


def tokens_css() -> str:
    """What every page loads first: the order of the layers, colours in both modes, the scale."""
    body = f"  :root {{\n    color-scheme: light dark;\n{_lines(colours(0) | SCALE, '    ')}  }}\n"
    for query, values in (
        ("(prefers-contrast: more)", _strong(0)),
        ("(prefers-color-scheme: dark)", colours(1)),
        ("(prefers-color-scheme: dark) and (prefers-contrast: more)", _strong(1)),
    ):
        rule = f"    :root {{\n{_lines(values, '      ')}    }}\n"
        body += f"  @media screen and {query} {{\n{rule}  }}\n"
    # Paper is white and ink is dark, whatever the screen's mode.
    body += "  @media print {\n    :root { --paper: #ffffff; color-scheme: light; }\n  }\n"
    return f"{HEAD}{LAYERS}\n@layer tokens {{\n{body}}}\n"


def pdf_tokens_css() -> str:
    """The same names for WeasyPrint: light mode only, no layer, no media query."""
    sizes = {k: v for k, v in SCALE.items() if k in ("text", "title", "radius")}
    return f"{HEAD}:root {{\n{_lines(colours(0) | sizes, '  ')}}}\n"


def written_files(static: Path) -> dict[Path, bytes]:
    """Every generated file with what it must hold."""
    return {
        static / "css/tokens.css": tokens_css().encode(),
        static / "css/pdf-tokens.css": pdf_tokens_css().encode(),
        static / "img/roue.svg": mark_svg(dark=False).encode(),
        static / "img/roue-sombre.svg": mark_svg(dark=True).encode(),
        static / "img/favicon.ico": favicon.ico(32),
        static / "img/partage.png": favicon.share_png(
            1200, 630, background=palette.BACKGROUNDS["paper"][0]
        ),
        static / "img/icone-180.png": favicon.png(180, background=palette.BACKGROUNDS["paper"][0]),
    }
