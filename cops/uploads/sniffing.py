"""What a file is, by its first bytes."""

from __future__ import annotations

import re

HEAD = 4_096  # bytes looked at

_EXACT: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "archive"),  # an empty one
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"{\\rtf", "rtf"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "tiff"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"fLaC", "media"),
    (b"\x1a\x45\xdf\xa3", "media"),
    (b"FLV", "media"),
)
_PICTURE_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
# The names that people give to each sort, to tell a name that lies.
EXTENSIONS = {
    "jpg": "image", "jpeg": "image", "jpe": "image", "png": "image", "gif": "image",
    "webp": "image", "pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "pptx": "pptx",
    "odt": "odt", "ods": "ods", "odp": "odp",
}  # fmt: skip


def sort_of(head: bytes) -> str:
    """« jpeg », « pdf », « zip », « svg »…; empty when nobody knows."""
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "media", b"AVI ": "media"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _PICTURE_BRANDS else "media"
    for mark, sort in _EXACT:
        if head.startswith(mark):
            return sort
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "media"  # a frame of MP3 without its label
    return _markup(head)


def _markup(head: bytes) -> str:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = head.decode(encoding, "replace").lstrip().lower()
    if not text.startswith("<"):
        return ""
    if re.search(r"<svg[\s>]", text):
        return "svg"
    if re.match(r"<\?xml|<[\w-]+:[\w-]+", text) and "<html" not in text:
        return "xml"
    return "html"
