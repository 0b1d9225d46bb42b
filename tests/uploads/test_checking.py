"""What people may send is known by its content; the rest is refused with a reason."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from cops.uploads import MAX_BYTES, Kind, UploadRefusedError, check
from tests.uploads import files
from tests.uploads.files import sent

SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"
LINKED = (
    b'<Relationships><Relationship Type="http://x/attachedTemplate" '
    b'Target="https://ailleurs.example/t.dotm" TargetMode="External"/></Relationships>'
)
HOSTILE = {
    "empty": (b"", "vide.pdf", "est vide"),
    "too large": (b"%PDF-" + b"0" * MAX_BYTES, "gros.pdf", "20 Mo au plus"),
    "svg with a script": (SVG, "dessin.svg", "SVG"),
    "svg named as a picture": (SVG, "dessin.png", "SVG"),
    "svg in utf-16": (SVG.decode().encode("utf-16"), "dessin.png", "SVG"),
    "html named as a picture": (b"  <!DOCTYPE html><script>alert(1)</script>", "a.jpg", "page web"),
    "html as a pdf": (b"\xef\xbb\xbf<html>%PDF-1.7", "a.pdf", "page web"),
    "xml": (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x/>",
            "a.xml", "XML"),
    "program": (b"MZ\x90\0\x03", "facture.pdf", "programme"),
    "script": (b"#!/bin/sh\nrm -rf /", "image.png", "programme"),
    "pdf named as a picture": (files.pdf(), "photo.jpg", "« .jpg », mais c’est un PDF"),
    "picture named as a pdf": (files.picture(), "fiche.pdf", "« .pdf », mais c’est une image"),
    "docx named as a picture": (files.office(), "photo.png", "mais c’est un document DOCX"),
    "xlsx named as a docx": (files.office("xlsx"), "a.docx", "mais c’est un classeur XLSX"),
    "program behind a picture": (files.picture() + b"MZ", "a.exe", "« .exe », mais c’est une im"),
    "bomb of points": (files.bomb_of_points(), "a.png", "trop de points"),
    "larger bomb of points": (files.bomb_of_points(12_000), "a.png", "12000 × 12000 points"),
    "truncated picture": (files.picture(size=(400, 400), mode="L")[:300], "a.jpg", "abîmée"),
    "picture of nothing": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.png", "abîmée"),
    "moving film": (b"\0\0\0\x18ftypmp42" + b"\0" * 20, "a.mp4", "film ou un enregistrement"),
    "sound": (b"ID3\x04\0\0\0\0\0\0", "a.mp3", "film ou un enregistrement"),
    "phone picture": (b"\0\0\0\x18ftypheic" + b"\0" * 20, "a.heic", "JPEG"),
    "truncated pdf": (files.pdf()[:60], "a.pdf", "abîmé"),
    "pdf with a password": (
        files.pdf(encryption=pikepdf.Encryption(user="u", owner="o")), "a.pdf", "mot de passe"),
    "macros": (files.office(parts={"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
    "document with macros": (files.office(types=DOCM), "a.docm", "macros"),
    "macros of LibreOffice": (
        files.office("odt", {"Basic/Standard/M.xml": b"x"}), "a.odt", "macros"),
    "listener of LibreOffice": (
        files.office("ods", {"content.xml": b"<script:event-listener/>"}), "a.ods", "macros"),
    "template from elsewhere": (
        files.office(parts={"word/_rels/settings.xml.rels": LINKED}), "a.docx", "ailleurs"),
    "object of another program": (
        files.office(parts={"word/embeddings/oleObject1.bin": b"x"}), "a.docx", "macros"),
    "zip bomb": (
        files.office(parts={"word/media/a.bin": b"\0" * 30_000_000}), "a.docx", "trop gros"),
    "zip of many": (
        files.office(parts={f"p/{n}": b"" for n in range(5_001)}), "a.docx", "trop gros"),
    "zip that climbs": (files.office(parts={"../../etc/cron.d/x": b"x"}), "a.docx", "abîmé"),
    "plain zip": (files.plain_zip({"a.txt": b"x"}), "a.zip", "archive ZIP"),
    "zip named as a document": (files.plain_zip({"a.exe": b"MZ"}), "a.docx", "macros"),
    "truncated document": (files.office()[:-30], "a.docx", "abîmé"),
    "old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90, "a.doc", "ancien format"),
    "rtf": (rb"{\rtf1 {\object}}", "a.rtf", "RTF"),
    "archive": (b"\x1f\x8b\x08", "a.tgz", "archive"),
    "words": (b"Bonjour", "a.txt", "On ne reconnaît pas"),
    "nul": (b"\0" * 10, "a.pdf", "On ne reconnaît pas"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_with_its_reason(content, name, reason):
    with pytest.raises(UploadRefusedError) as refused:
        check(sent(content, name))
    assert reason in refused.value.messages[0]


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx", "odt", "ods", "odp"])
def test_an_office_document_is_kept_as_it_is(extension):
    content = files.office(extension)
    checked = check(sent(content, f"Notes.{extension.upper()}", "text/html"))
    assert checked.kind == Kind.OFFICE
    assert checked.files == {"": content}
    assert checked.name == f"Notes.{extension}"
    assert ("opendocument" in checked.media_type) == extension.startswith("od")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Fiche.PDF", "Fiche.pdf"),
        ("é" * 300 + ".pdf", "é" * 100 + ".pdf"),
        ("a" * 100_000, "a" * 100 + ".pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Anne\\bilan.pdf", "bilan.pdf"),
        ("bilan\u202efdp.exe.pdf", "bilanfdp.exe.pdf"),
        ("a\x00b\r\nc\x1b.pdf", "ab c.pdf"),
        ('mon "bilan"; <1>.pdf', "mon -bilan- -1.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("....pdf", "fichier.pdf"),
        ("", "fichier.pdf"),
        ("/", "fichier.pdf"),
        ("sans extension", "sans extension.pdf"),
    ],
)
def test_a_name_keeps_what_a_person_reads(raw, name):
    upload = sent(files.pdf())
    upload._name = raw  # as a client may send it, before Django cuts it
    assert check(upload).name == name


# --- pictures


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_photo_is_set_upright_and_tells_nothing_more():
    checked = check(sent(files.photo_of_a_phone(), "IMG_0001.jpg"))
    assert (checked.width, checked.height) == (20, 60)
    for content in checked.files.values():
        image = _opened(content)
        assert dict(image.getexif()) == {}
        assert image.info.get("comment") is None
        assert b"Marque-du-telephone" not in content
        assert b"secret du commentaire" not in content


@pytest.mark.parametrize(
    ("format", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "RGBA"),
     ("PNG", "P"), ("PNG", "I;16"), ("PNG", "1"), ("WEBP", "RGB"), ("GIF", "P")],
)  # fmt: skip
def test_each_sort_of_picture_is_read(format, mode):
    size = (30, 30)
    content = files.picture(format, size, mode if mode not in ("I;16", "1") else "L")
    if mode in ("I;16", "1"):
        out = BytesIO()
        Image.new(mode, size).save(out, format)
        content = out.getvalue()
    checked = check(sent(content, "a.png", "text/html"))
    assert checked.kind == Kind.PICTURE
    assert checked.media_type in ("image/jpeg", "image/png")
    assert list(checked.files) == ["30x30"]
    assert _opened(checked.files["30x30"]).mode in ("RGB", "RGBA")


def test_what_is_clear_stays_clear():
    checked = check(sent(files.picture("PNG", mode="RGBA"), "a.png"))
    assert checked.extension == "png"
    assert _opened(checked.files["40x20"]).getpixel((0, 0))[3] == 0


def test_a_large_photo_has_the_two_widths_that_a_page_shows():
    checked = check(sent(files.picture(size=(4_000, 3_000)), "a.jpg"))
    assert list(checked.files) == ["1344x1008", "672x504"]
    assert [_opened(content).size for content in checked.files.values()] == [
        (1344, 1008),
        (672, 504),
    ]
    assert checked.size == len(checked.files["1344x1008"])


def test_a_photo_between_the_two_widths_is_never_made_larger():
    checked = check(sent(files.picture(size=(900, 300)), "a.jpg"))
    assert list(checked.files) == ["900x300", "672x224"]


def test_a_very_high_one_fits_and_a_line_stays_a_line():
    assert list(check(sent(files.picture(size=(500, 9_000)), "a.jpg")).files) == ["133x2400"]
    assert list(check(sent(files.picture(size=(9_000, 1)), "a.jpg")).files) == ["1344x1", "672x1"]


def test_of_a_moving_picture_the_first_view_is_kept():
    out = BytesIO()
    views = [Image.new("P", (10, 10), n) for n in range(3)]
    views[0].save(out, "GIF", save_all=True, append_images=views[1:])
    checked = check(sent(out.getvalue(), "a.gif"))
    assert getattr(_opened(checked.files["10x10"]), "n_frames", 1) == 1


def test_a_picture_with_a_page_behind_it_loses_the_page():
    checked = check(sent(files.picture() + SVG + b"<script>alert(1)</script>", "a.jpg"))
    assert all(b"<script" not in content for content in checked.files.values())


def test_the_same_file_gives_the_same_bytes():
    content = files.photo_of_a_phone()
    assert check(sent(content, "a.jpg")).files == check(sent(content, "a.jpg")).files


# --- PDFs


def test_a_pdf_loses_what_it_could_run_send_or_carry():
    checked = check(sent(files.pdf_that_acts(), "a.pdf"))
    (content,) = checked.files.values()
    with pikepdf.open(BytesIO(content)) as made:
        assert "/OpenAction" not in made.Root
        assert "/AA" not in made.Root
        assert len(made.attachments) == 0
        assert "/XFA" not in made.Root.AcroForm
        page = made.pages[0].obj
        assert "/AA" not in page
        actions = [note.get("/A") for note in page.Annots]
        assert [str(action.URI) for action in actions if action is not None] == [
            "https://cops.example/"
        ]
        assert "/Next" not in actions[2]
        for found in made.objects:
            if isinstance(found, pikepdf.Dictionary):
                assert found.get("/S") not in (Name.JavaScript, Name.Launch, Name.SubmitForm)
    for word in (b"app.alert", b"calc.exe", b"cheval", b"ailleurs.example", b"javascript:"):
        assert word not in content
    assert checked.pages == 1


def test_a_tagged_pdf_keeps_its_tags():
    from cops.pdf.engine import make

    page = (
        '<!doctype html><html lang="fr"><title>Fiche</title><h1>Fiche</h1><p>'
        '<a href="https://cops.example/">Le site</a></p><table><tr><th scope="col">A</th>'
        '<th scope="col">B</th></tr><tr><td colspan="2">c</td></tr></table></html>'
    )
    source = make(page)
    (content,) = check(sent(source, "a.pdf")).files.values()

    def told(data: bytes) -> list[str]:
        with pikepdf.open(BytesIO(data)) as made:
            assert str(made.Root.Lang) == "fr"
            kept = [
                f"{found.get('/S')} {found.get('/A') is not None}"
                for found in made.objects
                if isinstance(found, pikepdf.Dictionary)
                and found.get("/Type") in (Name.StructElem, Name.Annot)
            ]
        return sorted(kept)

    assert told(content) == told(source)
    assert any("/TH True" in line or "/TD True" in line for line in told(content))


def test_a_pdf_of_many_pages_says_how_many():
    assert check(sent(files.pdf(12), "a.pdf")).pages == 12
    with pytest.raises(UploadRefusedError, match="1001 pages"):
        check(sent(files.pdf(1_001), "a.pdf"))
