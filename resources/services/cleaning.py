"""The one allow-list of rich text, whoever wrote it: an editor, a paste, a file.

What comes out is well formed, holds no script, no style, no event, no ``hx-``, no picture
but ours, and no link but http(s), mailto, an address of the portal or an anchor.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import nh3
from django.core.exceptions import ValidationError

from resources.pictures import picture_name

MAX_BYTES = 200_000
# Deeper than any text needs; the cleaner's own time grows with depth.
MAX_DEPTH = 30
# What is left of a figure in a figure is tidied once more: two or three are enough.
_PASSES = 8

TAGS = {
    "p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "img": {"src", "alt"},
}
ALTERNATIVE = 300  # characters: more is a text, which everybody should read
# A pasted title is brought to the two levels a section may hold.
_RENAMED = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "b": "strong", "i": "em"}
_RENAME = re.compile(r"<(/?)(h1|h2|h5|h6|b|i)(?=[\s>/])", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed"}
# Their end tag may be left out in HTML, so an open one tells nothing of the depth.
_IMPLIED = {"p", "li", "tr", "td", "th", "thead", "tbody", "dt", "dd"}
_BLOCKS = "p|h3|h4|ul|ol|li|blockquote|table|caption|thead|tbody|tr|th|td|figure|figcaption|img"
_LONE = re.compile(r"(<(?:li|td|th)\b[^>]*>)<p>((?:(?!</?p>).)*)</p>(?=</(?:li|td|th)>|<[uo]l>)")
_HREF = re.compile(r"^(?:https?://|mailto:|/(?!/)|#)", re.IGNORECASE)
# A picture from elsewhere: its address was refused.
_LOST = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
_IMG = re.compile(r"<img\b[^>]*>")
_HOLDS_PICTURE = re.compile(r"<(p|h3|h4)>((?:(?!</?(?:p|h3|h4)>).)*?<img\b.*?)</\1>")
_FIGURES = re.compile(r"(<figure>|</figure>|<img\b[^>]*>)")
_PIECE = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value.strip() if _HREF.match(value.strip()) else None
    if name == "src":
        return value if picture_name(value) else None
    if name == "alt":
        # Without the signs of a tag: what comes after reads tags by their ends.
        return " ".join(value.replace("<", "‹").replace(">", "›").split())[:ALTERNATIVE]
    if name == "scope":
        return value if value in {"col", "row"} else None
    return value if value.isdigit() and len(value) < 4 and value != "1" else None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style", "iframe", "object", "template", "svg", "math"},
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)


def html_clean(html: str) -> str:
    """The rich text, cleaned; the same text comes out unchanged.

    Raises ValidationError (in French, for a form) when it is over 200 kB or nested
    over 30 levels: cleaning would take a time that grows with both.
    """
    # A text copied from some systems writes « é » in two pieces, where no term would be found.
    html = unicodedata.normalize("NFC", html).replace("\x00", "").replace("\r\n", "\n").strip()
    _check_bounds(html)
    for _ in range(_PASSES):
        cleaned = _pass(html)
        if cleaned == html:
            break
        html = cleaned
    # « & » is five characters once written: what is refused is refused now, in the form, and
    # not when it is cleaned again as it is saved.
    _check_bounds(html)
    return html


def _pass(html: str) -> str:
    html = _RENAME.sub(lambda m: f"<{m[1]}{_RENAMED[m[2].lower()]}", html)
    cleaned = _cleaner.clean(html).replace("&nbsp;", "\u00a0").strip()
    return _tidy(_without_dead_links(cleaned)).strip()


def _check_bounds(html: str) -> None:
    if len(html.encode()) > MAX_BYTES:
        raise ValidationError(
            "Ce texte est trop long : 200 ko au plus. Coupez-le en plusieurs sections.",
            code="too_long",
        )
    if _depth(html) > MAX_DEPTH:
        raise ValidationError(
            "Ce texte contient trop d’éléments emboîtés les uns dans les autres."
            " Collez-le sans sa mise en forme.",
            code="too_deep",
        )


def pieces(html: str) -> Iterator[tuple[bool, str]]:
    """(is a tag, text) for each piece of cleaned HTML, in order."""
    at = 0
    for match in _PIECE.finditer(html):
        if match.start() > at:
            yield False, html[at : match.start()]
        yield True, match[0]
        at = match.end()
    if at < len(html):
        yield False, html[at:]


def tag_name(tag: str) -> str:
    """« a » for ``<a href="…">`` and for ``</a>``."""
    found = _TAG.match(tag)
    return found[2].lower() if found else ""


def plain_text(html: str, *, between: str = " ") -> str:
    """The words of cleaned HTML, for the index and for counting; ``between`` parts the blocks."""
    import html as entities

    text = "".join(
        ("\n" if tag_name(piece) not in {"a", "strong", "em"} else "") if is_tag else piece
        for is_tag, piece in pieces(html)
    )
    blocks = (" ".join(block.split()) for block in entities.unescape(text).split("\n"))
    return between.join(block for block in blocks if block)


def _tidy(html: str) -> str:
    """One writing for one text: a file and the editor must not differ by their spaces.

    No space around blocks, no line end, no empty paragraph, no paragraph around the
    whole of a list item or of a cell, the row of headers in a thead.
    """
    html = _HOLDS_PICTURE.sub(_picture_out, _LOST.sub("", html))
    html = re.sub(r"[ \t\n]*\n[ \t\n]*", " ", html)
    html = re.sub(rf"[ \t]*(</?(?:{_BLOCKS})\b[^>]*>)[ \t]*", r"\1", html)
    html = re.sub(r"<(figcaption|p)>(?:<br>|[ \u00a0])*</\1>", "", html)
    html = _in_figures(re.sub(r"<figure>(?:(?!<img).)*?</figure>", "", html))
    html = _LONE.sub(r"\1\2", html)
    return re.sub(r"<table>(.*?)</table>", lambda m: f"<table>{_with_head(m[1])}</table>", html)


def _picture_out(match: re.Match[str]) -> str:
    """A picture that a paragraph or a title holds comes after it: it stands by itself."""
    pictures = "".join(_IMG.findall(match[2]))
    return f"<{match[1]}>{_IMG.sub('', match[2])}</{match[1]}>{pictures}"


def _in_figures(html: str) -> str:
    """A picture that stands alone gets its figure."""
    inside, result = False, []
    for piece in _FIGURES.split(html):
        if piece in ("<figure>", "</figure>"):
            inside = piece == "<figure>"
        elif piece.startswith("<img") and not inside:
            piece = f"<figure>{piece}</figure>"
        result.append(piece)
    return "".join(result)


def _with_head(table: str) -> str:
    """The first row of headers in a thead: the editor leaves it in the body."""
    first = re.search(r"<tr>.*?</tr>", table)
    if "<thead" in table or not first or "<th" not in first[0] or "<td" in first[0]:
        return table
    body = table.replace(first[0], "", 1)
    return body.replace("<tbody>", f"<thead>{first[0]}</thead><tbody>", 1)


def _depth(html: str) -> int:
    """How deep elements stand one in another; an end tag that closes nothing counts for none."""
    opened: list[str] = []
    deepest = 0
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _VOID or name in _IMPLIED:
            continue
        if not match[1]:
            opened.append(name)
            deepest = max(deepest, len(opened))
            if deepest > MAX_DEPTH:
                break  # deep enough to be refused: what follows would only take time
        elif name in opened:
            while opened.pop() != name:
                pass
    return deepest


def _without_dead_links(html: str) -> str:
    """A link whose address was refused is not a link: its words stay."""
    if "<a>" not in html:
        return html
    result: list[str] = []
    dead = False
    for is_tag, piece in pieces(html):
        if is_tag and piece == "<a>":
            dead = True
        elif is_tag and piece == "</a>" and dead:
            dead = False
        else:
            result.append(piece)
    return "".join(result)
