"""Pictures in a text: ours alone, described, light on a screen, on paper and in easy words."""

import pikepdf
import pytest
from django.core.files.storage import default_storage

from cops.pdf.engine import make
from cops.uploads import check
from resources import pictures
from resources.documents.sheet import sheet_html
from resources.models import Attachment, Section
from resources.services.attachments import attachment_save
from resources.services.cleaning import html_clean, plain_text
from resources.services.sections import section_save
from resources.services.snapshots import snapshot
from tests.pdf.verapdf import assert_pdf_ua
from tests.resources import factories
from tests.uploads import files
from tests.uploads.files import sent

NAME = "A1b2C3d4E5f6G7h8I9j0Kk-1344x672.jpg"
SMALL = "A1b2C3d4E5f6G7h8I9j0Kk-672x336.jpg"
SRC = f"/ressources/images/{NAME}"
IMG = f'<img src="{SRC}" alt="Deux personnes">'


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"<figure>{IMG}</figure>", f"<figure>{IMG}</figure>"),
        (
            f'<figure class="figure">{IMG}<figcaption>Au CHU</figcaption></figure>',
            f"<figure>{IMG}<figcaption>Au CHU</figcaption></figure>",
        ),
        (f"<figure>{IMG}<figcaption> </figcaption></figure>", f"<figure>{IMG}</figure>"),
        (f"<p>Avant {IMG} après</p>", f"<p>Avant  après</p><figure>{IMG}</figure>"),
        (f'<p><a href="/x/">{IMG}</a></p>', f'<p><a href="/x/"></a></p><figure>{IMG}</figure>'),
        (f"<h3>Titre{IMG}</h3>", f"<h3>Titre</h3><figure>{IMG}</figure>"),
        (f'<img src="{SRC}">', f'<figure><img src="{SRC}"></figure>'),
        (f'<img src="{SRC}" alt="a &gt; b &lt;" onerror="x" style="y" width="9">',
         f'<figure><img src="{SRC}" alt="a › b ‹"></figure>'),
        ('<img src="https://ailleurs.example/a.jpg" alt="x">', ""),
        ('<figure><img src="//ailleurs.example/a.jpg" alt="x"></figure>', ""),
        ('<img src="data:image/png;base64,AAAA" alt="x">', ""),
        ('<img src="javascript:alert(1)">', ""),
        ('<img src="/ressources/images/../../admin/" alt="x">', ""),
        ('<img src="/ressources/images/x.svg" alt="x">', ""),
        ("<figure></figure><p>Mot</p>", "<p>Mot</p>"),
        ("<figure><figcaption>Seule</figcaption></figure>", ""),
    ],
)  # fmt: skip
def test_a_text_keeps_our_pictures_and_no_other(typed, kept):
    assert html_clean(typed) == kept
    assert html_clean(kept) == kept


def test_an_alternative_is_a_sentence():
    cleaned = html_clean(f'<img src="{SRC}" alt="{"é" * 5_000}">')
    assert cleaned == f'<figure><img src="{SRC}" alt="{"é" * 300}"></figure>'


def test_a_picture_is_no_word_of_the_index():
    html = f"<p>Un</p><figure>{IMG}<figcaption>Au CHU</figcaption></figure><p>Deux</p>"
    assert plain_text(html) == "Un Au CHU Deux"


def test_names_tell_the_sizes():
    assert pictures.size_of(NAME) == (1344, 672)
    assert pictures.smaller(NAME) == SMALL
    assert pictures.smaller(SMALL) == SMALL
    assert pictures.picture_names(f"<p>x</p>{IMG}") == [(NAME, "Deux personnes")]
    for bad in ("x", "../x", NAME + "x"):
        with pytest.raises(ValueError, match="names no picture"):
            pictures.size_of(bad)


@pytest.mark.parametrize("size", [(2_000, 1_001), (1_343, 999), (9_000, 7), (673, 1), (672, 5)])
def test_the_smaller_name_is_that_of_the_stored_file(size):
    checked = check(sent(files.picture(size=size), "a.jpg"))
    names = [f"{'A' * 22}-{suffix}.{checked.extension}" for suffix in checked.files]
    assert pictures.smaller(names[0]) == names[-1]


def test_on_a_page_the_browser_chooses_the_lighter_one():
    assert pictures.pictures_set(f"<p>x</p><figure>{IMG}</figure>") == (
        f'<p>x</p><figure><img src="{SRC}"'
        f' srcset="/ressources/images/{SMALL} 672w, {SRC} 1344w"'
        ' sizes="(min-width: 45rem) 42rem, 92vw" width="1344" height="672"'
        ' alt="Deux personnes" loading="lazy" decoding="async"></figure>'
    )


def test_a_small_one_has_one_address():
    small = f"/ressources/images/{SMALL}"
    assert "srcset" not in pictures.pictures_set(f'<img src="{small}" alt="">')


# --- with their rows


@pytest.fixture
def sheet(db):
    return factories.resource(slug="fiche", title="Fiche d’essai")


def _picture(sheet, **fields) -> Attachment:
    row = Attachment(resource=sheet, title="Photo", **fields)
    content = files.picture(size=(2_000, 1_000))
    return attachment_save(attachment=row, checked=check(sent(content, "p.jpg")))


def _figure(row: Attachment, alternative: str = "Deux personnes", caption: str = "") -> str:
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{row.picture_url}" alt="{alternative}">{words}</figure>'


@pytest.mark.parametrize("variant", ["standard", "falc"])
def test_a_picture_is_on_the_page_in_both_variants(client, sheet, variant):
    row = _picture(sheet, alternative="Deux personnes")
    section = Section(resource=sheet, variant=variant, title="Le lieu", position=9)
    section.source_html = _figure(row, caption="Au CHU")
    section_save(section=section)
    page = "" if variant == "standard" else "falc/"
    body = client.get(f"/ressources/fiche/{page}").content.decode()
    assert f'<img src="{row.picture_url}" srcset=' in body
    assert "<figcaption>Au CHU</figcaption></figure>" in body


@pytest.mark.parametrize("form", ["standard", "falc", "grand"])
def test_a_picture_is_in_the_pdf_with_its_alternative(sheet, form):
    row = _picture(sheet, alternative="Deux personnes")
    for variant in ("standard", "falc"):
        section = Section(resource=sheet, variant=variant, title="Le lieu", position=9)
        section.source_html = _figure(row)
        section_save(section=section)
    html = sheet_html(snapshot(sheet), number=1, published_at=None, form=form)
    assert f'src="media:attachments/{row.file_name}"' in html
    assert "srcset" not in html
    made = make(html)
    assert b"Deux personnes".hex().encode() in made or _alternatives(made) == ["Deux personnes"]
    assert _images(made) == 1


def test_a_decorative_picture_is_not_read_in_the_pdf(sheet):
    row = _picture(sheet, decorative=True)
    section = Section(resource=sheet, title="Le lieu", position=9, source_html=_figure(row, ""))
    section_save(section=section)
    made = make(sheet_html(snapshot(sheet), number=1, published_at=None))
    assert (_images(made), _alternatives(made)) == (1, [])


def test_a_picture_that_is_gone_leaves_its_words(sheet):
    row = _picture(sheet, alternative="Deux personnes")
    section = Section(resource=sheet, title="Le lieu", position=9, source_html=_figure(row))
    section_save(section=section)
    default_storage.delete(str(row.file))
    made = make(sheet_html(snapshot(sheet), number=1, published_at=None))
    assert _images(made) == 0


def _opened(content: bytes) -> pikepdf.Pdf:
    from io import BytesIO

    return pikepdf.open(BytesIO(content))


def _images(content: bytes) -> int:
    with _opened(content) as pdf:
        return sum(
            found.get("/Subtype") == pikepdf.Name.Image and "/SMask" not in found
            and found.get("/Width", 0) > 600
            for found in pdf.objects
            if isinstance(found, pikepdf.Stream)
        )  # fmt: skip


def _alternatives(content: bytes) -> list[str]:
    with _opened(content) as pdf:
        return [
            str(found.Alt)
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary)
            and found.get("/S") == pikepdf.Name.Figure
            and "/Alt" in found
            and "Code" not in str(found.Alt)
            and "QR" not in str(found.Alt)
        ]


def test_publishing_refuses_a_silent_picture_unless_its_file_says_that_it_decorates(sheet):
    from resources.services.rules import decorative_among, html_faults

    told = _figure(_picture(sheet, alternative="Deux personnes"), "")
    ornament = _figure(_picture(sheet, decorative=True), "")
    decorative = decorative_among([told, ornament])
    assert html_faults(ornament, level=2, decorative=decorative) == []
    (fault,) = html_faults(told, level=2, decorative=decorative)
    assert fault.startswith("une image n’a pas d’alternative. Écrivez")


@pytest.mark.slow
@pytest.mark.verapdf
def test_a_document_with_pictures_is_pdf_ua(sheet, tmp_path):
    told, ornament = _picture(sheet, alternative="Deux personnes"), _picture(sheet, decorative=True)
    section = Section(resource=sheet, title="Le lieu", position=9)
    section.source_html = _figure(told, caption="Au CHU") + _figure(ornament, "")
    section_save(section=section)
    path = tmp_path / "fiche.pdf"
    path.write_bytes(make(sheet_html(snapshot(sheet), number=1, published_at=None)))
    assert_pdf_ua(path)
