"""An administrator types a word in the rich text editor and saves, under the CSP."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import enter


def test_a_word_typed_in_the_editor_is_on_the_page_after_saving(visit, site):
    page = visit("/")
    enter(page, site, "administrator")
    page.goto("/admin/resources/resource/")
    page.get_by_role("link", name=re.compile("groupe de travail")).first.click()
    editor = page.locator(".ProseMirror:visible").first
    expect(editor).to_be_visible()
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Mot-ajouté-à-la-main.")
    page.locator("input[name=_continue]").first.click()
    expect(page.locator(".messagelist, .messages").first).to_be_visible()
    page.goto("/ressources/agir-groupe-de-travail/?relu=1")
    expect(page.locator("main")).to_contain_text("Mot-ajouté-à-la-main.")


# Every name and every style of the toolbar; the sign of a button is a drawing of its font.
_NAMES = """(menu) => [...menu.querySelectorAll("[title]")]
  .map((one) => [one.title, one.ariaLabel])"""
BUTTONS = {
    "Titre de niveau 3", "Titre de niveau 4", "Paragraphe", "Liste à puces", "Liste numérotée",
    "Citation", "Image", "Gras", "Italique", "Mettre un lien", "Enlever le lien",
    "Insérer un tableau", "Ajouter une colonne", "Supprimer la colonne", "Ajouter une ligne",
    "Supprimer la ligne", "Fusionner les cellules", "Diviser la cellule",
    "Cellule d’en-tête, ou non", "Supprimer le tableau", "Réglages de la liste", "Annuler",
    "Rétablir",
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("team", "/pilotage/ressources/agir-groupe-de-travail/texte/standard/l-enjeu/"),
        ("administrator", "/admin/resources/resource/"),
    ],
)
def test_the_editor_speaks_french(visit, site, role, path):
    page = visit("/")
    enter(page, site, role)
    page.goto(path)
    if role == "administrator":
        page.get_by_role("link", name=re.compile("groupe de travail")).first.click()
    frame = page.locator(".prose-editor:visible").first
    menu = frame.locator(".prose-menubar")
    # The page of the admin holds an editor for each section: the first one comes with the others.
    expect(menu.locator(".prose-menubar__selected button").first).to_be_attached(timeout=30_000)
    names = menu.evaluate(_NAMES)
    assert {name for pair in names for name in pair} - BUTTONS == set()

    # The list of styles: its words, and an arrow that is drawn.
    chosen = menu.locator(".prose-menubar__selected").first
    arrow = chosen.evaluate("(one) => getComputedStyle(one, '::after').content")
    assert arrow == '""'
    chosen.click()
    styles = menu.locator(".prose-menubar__picker:popover-open")
    for style in styles.locator(".prose-menubar__option:visible").all_inner_texts():
        assert style in BUTTONS
    page.keyboard.press("Escape")

    frame.locator(".ProseMirror[contenteditable]").click()
    page.keyboard.press("Control+a")
    menu.get_by_role("button", name="Mettre un lien").click()
    dialog = frame.locator("dialog")
    expect(dialog).to_have_text("LienAdresseBulle d’aideMettre à jourAnnuler")
    dialog.get_by_role("button", name="Annuler").click()
    menu.get_by_role("button", name="Insérer un tableau").click()
    expect(dialog).to_contain_text("Avec une ligne d’en-têtesOuiNon")
    dialog.get_by_label("Avec une ligne d’en-têtes").select_option("Oui")
    dialog.get_by_role("button", name="Insérer le tableau").click()
    expect(frame.locator(".ProseMirror th").first).to_be_attached()
    assert {name for pair in menu.evaluate(_NAMES) for name in pair} - BUTTONS == set()
