"""A sheet is corrected, read over by a patient without account, published on a date, compared."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.people import enter
from tests.e2e.portal import Portal

pytestmark = pytest.mark.browser

SLUG = "agir-groupe-de-travail"
DESK = f"/pilotage/ressources/{SLUG}/"
SECTION = f"{DESK}texte/standard/l-enjeu/"
ADDED = "La salle est choisie avec les personnes."

# The version of last year, and the time that comes: what a test cannot wait for.
_OLD = """
from datetime import timedelta
from resources.models import ResourceVersion
version = ResourceVersion.objects.get(resource__slug={slug!r}, number=1)
ResourceVersion.objects.filter(pk=version.pk).update(
    published_at=version.published_at - timedelta(days=365))
"""
_TIME_COMES = """
from datetime import timedelta
from django.utils import timezone
from resources.models import ResourceDraft
from resources.services.correcting import drafts_publish_due
ResourceDraft.objects.filter(resource__slug={slug!r}).update(publish_at=timezone.now())
print("published", drafts_publish_due())
"""


# What goes beyond the right edge of the screen, if anything makes the page scroll sideways.
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > width + 1)
    .map((one) => `${one.tagName}.${one.className}`);
}"""


def run(site: Portal, script: str) -> str:
    return site.run(script.format(slug=SLUG))


def editor(page: Page):
    found = page.locator(".ProseMirror[contenteditable]").first
    expect(found).to_be_visible()
    return found


def said(page: Page):
    """What the page says of what was just done."""
    return page.locator("main .notice[role]").first


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(_TOO_WIDE) == []


def test_the_journey_of_a_correction(visit, site):
    run(site, _OLD)
    team = visit("/")
    enter(team, site, "team", "camille@exemple.fr")

    # She corrects a sheet: what the public reads does not move.
    team.goto("/pilotage/ressources/")
    looks_right(team)
    team.get_by_role("link", name=re.compile("dans un groupe de travail")).first.click()
    expect(team).to_have_url(re.compile(f"{DESK}$"))
    team.get_by_role("link", name="L’enjeu", exact=True).click()
    editor(team).click()
    team.keyboard.press("Control+Home")
    team.keyboard.type(f"{ADDED} ")
    looks_right(team)
    team.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(said(team)).to_contain_text("enregistré dans le texte de travail")
    expect(team.locator(".states")).to_contain_text("Correction en cours")
    looks_right(team)
    public = visit(f"/ressources/{SLUG}/")
    expect(public.locator("main")).not_to_contain_text(ADDED)
    # Other tests of this portal publish it too: how many times depends on their order.
    before = int(re.search(r"Version (\d+)", public.locator("main").inner_text())[1])

    # She sends a secret link to a patient, who reads on a phone and writes what she thinks.
    team.goto(f"{DESK}relectures/")
    team.get_by_label("Pour qui").fill("Fatima")
    team.get_by_role("button", name="Créer le lien").click()
    secret = team.get_by_label("Lien à donner").input_value()
    looks_right(team)
    patient = visit(secret.removeprefix(site.origin), width=360, touch=True)
    expect(patient.locator("main")).to_contain_text(ADDED)
    looks_right(patient)
    patient.get_by_text("Commenter cette partie").first.click()
    patient.get_by_label("Votre commentaire").first.fill("Et si l’on vient en fauteuil ?")
    patient.get_by_role("button", name="Envoyer à l’équipe").first.click()
    expect(patient.get_by_role("status").first).to_contain_text("Votre commentaire est arrivé")
    looks_right(patient)

    # The team reads it, and publishes on a chosen date: the old text stays until then.
    team.goto("/pilotage/")
    expect(team.locator("main")).to_contain_text("1 commentaire à lire")
    team.goto(f"{DESK}relectures/")
    expect(team.locator("main")).to_contain_text("Et si l’on vient en fauteuil")
    team.get_by_role("button", name="Marquer comme traité").click()
    team.goto(f"{DESK}publier/")
    looks_right(team)
    team.get_by_label("À une date choisie").check()
    day = timezone.localdate() + timedelta(days=8)
    team.get_by_label("Jour").fill(day.isoformat())
    team.get_by_label("Ce qui change").fill("Le choix de la salle")
    team.get_by_role("button", name="Publier", exact=True).click()
    expect(team.locator(".states")).to_contain_text("Publication prévue")
    public.goto(f"/ressources/{SLUG}/?jour=avant")
    expect(public.locator("main")).not_to_contain_text(ADDED)

    # The day comes.
    assert "published 1" in run(site, _TIME_COMES)
    public.goto(f"/ressources/{SLUG}/?jour=apres")
    expect(public.locator("main")).to_contain_text(ADDED)
    expect(public.locator("main")).to_contain_text(f"version {before + 1}", ignore_case=True)

    # She sees what changed since last year's version, and brings a paragraph back.
    team.goto(f"{DESK}versions/")
    expect(team.locator("tbody tr")).to_have_count(before + 1)
    looks_right(team)
    team.get_by_role(
        "link", name=re.compile(f"Comparer et reprendre : version {before}\\b")
    ).click()
    expect(team.locator("ins").nth(1)).to_contain_text(ADDED)
    looks_right(team)
    team.get_by_role("button", name=re.compile("Reprendre ce paragraphe")).first.click()
    expect(said(team)).to_contain_text(f"repris de la version {before}")
    expect(team.locator("main")).to_contain_text("disent la même chose")
    public.goto(f"/ressources/{SLUG}/?jour=encore")
    expect(public.locator("main")).to_contain_text(ADDED)


def test_two_editors_meet_and_nothing_is_lost(visit, site):
    first, second = visit("/"), visit("/", width=768)
    enter(first, site, "team", "maryam@exemple.fr")
    enter(second, site, "team", "dominique@exemple.fr")
    address = "/pilotage/ressources/mission-6-reflexion-ethique/"
    first.goto(address)
    name = first.locator(".piece-name a").nth(1)
    section = name.get_attribute("href")
    for page, text in ((first, "Maryam écrit ici. "), (second, "Dominique aussi. ")):
        page.goto(section)
        editor(page).click()
        page.keyboard.press("Control+Home")
        page.keyboard.type(text)
    first.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(said(first)).to_contain_text("enregistré")
    second.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("maryam@exemple.fr a enregistré ce passage")
    expect(second.locator("main")).to_contain_text("Maryam écrit ici")
    expect(second.locator("main")).to_contain_text("Dominique aussi")
    looks_right(second)
    second.get_by_role("button", name="Garder tout mon texte").click()
    second.goto(f"{address}apercu/")
    expect(second.locator("main")).to_contain_text("Dominique aussi.")
    looks_right(second)


PAGES = [
    "/pilotage/ressources/", "/pilotage/ressources/nouveau/", "/pilotage/recherches/",
    "/pilotage/ressources/mission-5-recherche/",
    "/pilotage/ressources/mission-5-recherche/presentation/",
    "/pilotage/ressources/mission-5-recherche/versions/",
    "/pilotage/ressources/mission-5-recherche/versions/comparer/",
    "/pilotage/ressources/mission-5-recherche/relectures/",
    "/pilotage/ressources/mission-5-recherche/apercu/",
]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_desk_in_all_its_pages(visit, site, width, scheme):
    page = visit("/", width=width, scheme=scheme)
    enter(page, site, "team")
    for path in PAGES:
        answer = page.goto(path)
        assert answer.status == 200, path
        looks_right(page)
    page.goto("/pilotage/ressources/mission-5-recherche/")
    page.locator(".piece-name a").nth(1).click()
    editor(page).click()  # from then on, the editor marks the buttons that have nothing to do
    expect(page.locator(".prose-menubar__button.disabled").first).to_be_visible()
    looks_right(page)


def test_without_javascript_one_writes_publishes_and_comments(visit, site):
    page = visit("/", javascript=False)
    enter(page, site, "team")
    page.goto("/pilotage/ressources/nouveau/")
    page.get_by_label("Titre").fill("Une fiche sans script")
    page.get_by_label("Type").select_option("repere")
    page.get_by_label("Résumé").fill("Elle s’écrit avec un vieux navigateur.")
    page.get_by_role("button", name="Créer le brouillon").click()
    page.get_by_text("Ajouter une section").click()
    page.get_by_label("Titre de la section").fill("L’essentiel")
    page.get_by_role("button", name="Ajouter la section").click()
    page.locator("textarea[name=source]").fill("<p>Un texte simple.</p>")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.goto("/pilotage/ressources/une-fiche-sans-script/publier/")
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.locator(".states")).to_contain_text("En ligne")
    page.goto("/ressources/une-fiche-sans-script/")
    expect(page.locator("main")).to_contain_text("Un texte simple.")
