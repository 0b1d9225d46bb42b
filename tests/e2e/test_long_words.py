"""A word of 300 letters, in every text of a sheet and in every search: no page scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.portal import Portal

pytestmark = pytest.mark.browser

SLUG, NEAR = "mots-sans-fin", "mots-sans-fin-voisine"

# Every field of words of a sheet, each as long as it may be.
_SHEET = """
from django.db import models
from django.contrib.postgres.fields import ArrayField
from resources.models import *
from resources.services.publishing import resource_spread
from tests.resources import factories

def long(field, letter="m"):
    return letter * min(field.max_length or 400, 400)

def filled(model, *kept):
    given = {{}}
    for field in model._meta.concrete_fields:
        if field.name in kept or not field.editable or field.choices:
            continue
        if isinstance(field, ArrayField) and not field.base_field.choices:
            given[field.name] = [long(field.base_field), "court", long(field.base_field)]
        elif isinstance(field, (models.CharField, models.TextField)):
            given[field.name] = long(field)
    return given

word = "m" * 300
html = f"<p>{{word}}</p><ul><li>{{word}}</li></ul><blockquote><p>{{word}}</p></blockquote>"
fields = filled(Resource, "slug", "grids", "workshops")
for slug, kind in (({slug!r}, "mission"), ({near!r}, "agir")):
    fields["title"] = long(Resource._meta.get_field("title"), "m" if kind == "mission" else "n")
    sheet = factories.resource(
        slug=slug, kind=kind, text=html, modalities=["vacation", "benevolat"],
        training=[{{"name": word, "required": True}}], **fields)
    sheet.sections.update(title=word[:200])
    factories.section(sheet, word[:200], html, level=3)
    PracticePath.objects.filter(pk=factories.path(sheet).pk).update(title=word[:200])
    words = {{"partner": html, "professional": html, "actions": html}}
    PracticeStep.objects.filter(path__section__resource=sheet).update(
        rendered=words, **filled(PracticeStep))
    sheet.sections.filter(kind="path").update(title=word[:200])
    factories.falc(sheet)
    sheet.sections.filter(variant="falc").update(title=word[:200], rendered_html=html)
near, sheet = sheet, Resource.objects.get(slug={slug!r})
for holder, target in ((sheet, near), (near, sheet)):
    for role in ResourceRelation.Role.values:
        ResourceRelation.objects.create(source=holder, target=target, role=role)
reference = Reference.objects.create(
    key="sans-fin", year=2026, **filled(Reference, "key", "url"),
    url="https://exemple.invalid/" + "m" * 300)
ResourceReference.objects.create(resource=sheet, reference=reference)
term = Term.objects.create(
    slug="mot-sans-fin", category="acteurs", basis="cops", **filled(Term, "slug"))
term.sources.add(reference)
ResourceTerm.objects.create(resource=sheet, term=term)
for one in (sheet, near):
    one.refresh_from_db()
    resource_spread(one)
"""

# What goes beyond the right edge of the screen, if anything makes the page scroll sideways.
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > width + 1)
    .map((one) => `${one.closest("main [class]")?.className} ${one.tagName}`);
}"""
WIDTHS = (320, 360, 768, 1280)


@pytest.fixture(scope="module")
def sheets(site: Portal) -> Portal:
    site.run(_SHEET.format(slug=SLUG, near=NEAR))
    return site


def overflowing(page: Page, *paths: str) -> dict[tuple[str, int], list[str]]:
    """What overflows on each of these pages, at each width."""
    found = {}
    for path in paths:
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found[path, width] = page.evaluate(_TOO_WIDE)
    return {where: elements for where, elements in found.items() if elements}


def test_word_without_end_breaks_in_every_text_of_a_sheet(sheets, visit):
    assert overflowing(
        visit("/"),
        f"/ressources/{SLUG}/",
        f"/ressources/{NEAR}/",
        f"/ressources/{SLUG}/falc/",
        "/ressources/",
        "/lexique/mot-sans-fin/",
        "/lexique/",
    ) == {}  # fmt: skip


def test_search_without_end_breaks_wherever_it_is_said(sheets, visit):
    searches = [
        f"{address}?q={'x' * letters}"
        for address in ("/ressources/", "/recherche/", "/lexique/")
        for letters in (30, 60, 190)
    ]
    near = f"/recherche/?q={'n' * 190}"  # its nearest page has a title of one word
    page = visit("/")
    assert overflowing(page, *searches, near) == {}
    assert page.locator(f".empty a[href='/ressources/{NEAR}/']").count() == 1
