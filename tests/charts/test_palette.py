"""Text can be read on every background of its mode, and the written files follow the palette."""

import re
import struct
import zlib

import pytest
from django.conf import settings

from cops.charts import palette, tokens

MODES = {"light": 0, "dark": 1}


def _pairs(mode):
    colours = tokens.colours(mode)
    tints = [f"{axis.code}-tint" for axis in palette.AXES]
    backgrounds = [*palette.BACKGROUNDS, *tints]
    texts = [*palette.TEXTS, *(axis.code for axis in palette.AXES)]
    for text in texts:
        for background in backgrounds:
            yield text, background, palette.contrast(colours[text], colours[background])


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_every_text_keeps_its_contrast_on_every_background(mode):
    assert [pair for pair in _pairs(mode) if pair[2] < 4.5] == []


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_text_of_a_state_reads_on_its_own_tint(mode):
    colours = tokens.colours(mode)
    pairs = [(s, f"{s}-tint") for s in ("good", "warn", "bad")]
    pairs += [("ink", f"{s}-tint") for s in ("good", "warn", "bad")] + [("ink", "mark")]
    assert [p for p in pairs if palette.contrast(colours[p[0]], colours[p[1]]) < 4.5] == []


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_outlines_and_focus_are_seen_at_three_to_one(mode):
    colours = tokens.colours(mode)
    pairs = [(line, ground) for line in ("edge", "focus") for ground in palette.BACKGROUNDS]
    assert [p for p in pairs if palette.contrast(colours[p[0]], colours[p[1]]) < 3] == []


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_a_reached_cell_stands_out_from_an_unreached_one_and_from_the_page(mode):
    """The joint between full cells is the page itself; between pale ones it is their outline."""
    colours = tokens.colours(mode)
    for axis in palette.AXES:
        for other in (f"{axis.code}-tint", *palette.BACKGROUNDS):
            assert palette.contrast(colours[axis.code], colours[other]) >= 3, (axis.code, other)


def test_contrast_of_black_on_white_is_21():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)


def _readable(name, content):
    """An image compares by its points: two zlibs may pack the same drawing differently."""
    if not name.endswith((".png", ".ico")):
        return content.decode()
    start = content.index(b"IHDR") - 4
    points = b""
    while start < len(content):
        size, kind = struct.unpack(">I4s", content[start : start + 8])
        points += content[start + 8 : start + 8 + size] if kind == b"IDAT" else b""
        start += size + 12
    return zlib.decompress(points)


def test_written_files_are_those_of_the_palette():
    """Run `manage.py write_tokens` when this fails."""
    for path, content in tokens.written_files(settings.ROOT / "static").items():
        assert path.exists(), path
        assert _readable(path.name, path.read_bytes()) == _readable(path.name, content), path.name


def test_pdf_tokens_hold_what_weasyprint_reads():
    css = tokens.pdf_tokens_css()
    assert "@layer" not in css
    assert "@media" not in css
    assert re.search(r"--exp: #[0-9a-f]{6};", css)
