"""Files that people send, good and hostile, made by the tests themselves."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name
from PIL import Image

GPS = 0x8825
ORIENTATION = 0x0112

_TYPES = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}


def sent(content: bytes, name: str = "fichier", media_type: str = "image/png"):
    """As a form gives it; what the browser says of its type is never looked at."""
    return SimpleUploadedFile(name, content, content_type=media_type)


def picture(
    format: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **saved
) -> bytes:
    out = BytesIO()
    colour = {"RGBA": (10, 20, 30, 0), "L": 90, "P": 3, "CMYK": (9, 9, 9, 9)}
    Image.new(mode, size, colour.get(mode, (10, 20, 30))).save(out, format, **saved)
    return out.getvalue()


def photo(size: tuple[int, int] = (2_000, 1_000)) -> bytes:
    """With so many colours that it is lighter as JPEG, as a photo is."""
    out = BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def photo_of_a_phone() -> bytes:
    """Lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Marque-du-telephone"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (43.0, 36.0, 30.0)
    return picture(size=(60, 20), exif=exif, comment=b"secret du commentaire")


def bomb_of_points(side: int = 60_000) -> bytes:
    """A PNG of a few bytes that says it is 60 000 points wide and high."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    end = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    data = b"IDAT" + zlib.compress(b"\0" * 1_000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
        + end
    )  # fmt: skip


def pdf(pages: int = 1, **saved) -> bytes:
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        out = BytesIO()
        made.save(out, **saved)
    return out.getvalue()


def pdf_that_acts() -> bytes:
    """Scripts, launches, forms, a file inside: everything a PDF can do by itself."""
    with pikepdf.new() as made:
        page = made.add_blank_page().obj
        script = made.make_indirect(
            Dictionary(Type=Name.Action, S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        )
        launch = Dictionary(S=Name.Launch, F=pikepdf.String("calc.exe"))
        send = Dictionary(S=Name.SubmitForm, F=pikepdf.String("https://ailleurs.example/"))
        link = Dictionary(S=Name.URI, URI=pikepdf.String("https://cops.example/"), Next=script)
        danger = Dictionary(S=Name.URI, URI=pikepdf.String("javascript:alert(1)"))
        made.Root.OpenAction = script
        made.Root.AA = Dictionary(WC=script)
        made.attachments["cheval.exe"] = b"MZ cheval de Troie"
        made.Root.Names.JavaScript = Dictionary(Names=Array([pikepdf.String("x"), script]))
        made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pikepdf.String("<xdp/>"))
        page.AA = Dictionary(O=script)

        def note(**more):
            box = Array([0, 0, 9, 9])
            return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, **more)

        joined = note(FS=Dictionary(EF=Dictionary()))
        joined.Subtype = Name.FileAttachment
        page.Annots = Array(
            [note(A=launch), note(A=send), note(A=link), note(A=danger),
             made.make_indirect(note(A=script)), joined]
        )  # fmt: skip
        out = BytesIO()
        made.save(out)
    return out.getvalue()


def office(
    extension: str = "docx", parts: dict[str, bytes] | None = None, *, types: str = ""
) -> bytes:
    """The smallest document of its sort, with other parts if asked."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if extension in _TYPES:
            main, kind = _TYPES[extension]
            kind = types or f"application/vnd.openxmlformats-officedocument.{kind}"
            declared = f'<Types><Override PartName="/{main}" ContentType="{kind}"/></Types>'
            archive.writestr("[Content_Types].xml", declared)
            archive.writestr(main, "<document/>")
        else:
            names = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
            media = f"application/vnd.oasis.opendocument.{names[extension]}"
            archive.writestr(zipfile.ZipInfo("mimetype"), media)
            parts = {"content.xml": b"<office:document-content/>"} | (parts or {})
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def plain_zip(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
