"""An administrator types a word in the rich text editor and saves, under the CSP."""

import re

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
