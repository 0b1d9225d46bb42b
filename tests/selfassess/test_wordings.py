"""One choice of wording for the whole assessment: no page, paper or mail goes back to the other."""

from __future__ import annotations

import copy
import re

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from cops.content.models import LoadedItem
from cops.content.services import content_load, digest
from cops.mail.models import Message
from selfassess import documents, emails
from selfassess.enums import Mode
from selfassess.instrument import instrument_of
from selfassess.models import Grid
from selfassess.reading.papers import blank_names
from selfassess.services import loading
from selfassess.services.assessments import assessment_reveal
from selfassess.services.joint import joint_score_set
from selfassess.services.shape import content_faults
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO

pytestmark = pytest.mark.django_db
SLUGS = ["soins-cliniques-et-educatifs", "groupe-de-travail"]
SAID = "medico-social"
OF_CARE = re.compile(
    r"\b(?:soins?|patiente?s?|médica(?:l|le|les|ux)|hôpita(?:l|ux)|hospitali\w+|clini(?:que|cien)\w*"
    r"|malad(?:e|ie)s?|blouses?|traitements?)\b",
    re.IGNORECASE,
)


def words_of_care(page: str) -> list[str]:
    """Each one with what stands around it; the names of the sheets and the addresses, which are
    links, are left out."""
    tree = html.fromstring(page)
    (main,) = tree.xpath("//main")
    for link in main.xpath(".//a[contains(@href, '/ressources/') or contains(@href, '://')]"):
        link.clear(keep_tail=True)
    title = tree.xpath("string(//title)")
    text = " ".join([title, *tree.xpath("//header[@class='assess-head']//text()"),
                     *main.xpath(".//text()[not(parent::style or parent::script)]")])  # fmt: skip
    text += " ".join(main.xpath(".//@aria-label | .//@title | .//@alt | .//@placeholder"))
    return [text[max(0, one.start() - 40) : one.end() + 20] for one in OF_CARE.finditer(text)]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_word_of_care_remains_on_the_pages_and_papers_of_a_pair(slug):
    made = making.opened(version=making.grid(slug), wording=SAID)
    client = Client()
    manage = reverse("selfassess:manage", args=[made.code, made.manager])
    join = reverse("selfassess:join", args=[made.code])
    pages = {"manage": client.get(manage), "join": client.get(join)}
    one, secret = making.joined(made.assessment, PRO)
    pages["answer"] = client.get(making.here("mine", made, secret), follow=True)
    making.filled(one, 0)
    pages["waiting"] = client.get(making.here("mine", made, secret), follow=True)
    making.sent(made.assessment, PARTNER, 3)
    facilitate = reverse("selfassess:facilitate", args=[made.code, made.manager])
    pages["facilitate"] = client.get(facilitate)
    made.assessment.refresh_from_db()
    pages["pair"] = client.get(making.here("mine", made, secret), follow=True)
    pages["together"] = client.get(making.here("together", made, secret))
    for code in made.assessment.instrument.criteria:
        joint_score_set(assessment=made.assessment, criterion=code, value=1)
    pages["joint"] = client.get(making.here("joint", made, secret))
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    texts = {name: page.content.decode() for name, page in pages.items()}
    one.refresh_from_db()
    texts["own paper"] = documents.own_html(made.assessment, one)
    texts["pair paper"] = documents.outcome_html(made.assessment)
    texts["joint paper"] = documents.joint_html(made.assessment)
    assert "Pour en parler" in texts["pair"]
    assert "À essayer en atelier" in texts["pair paper"]
    found = {name: words_of_care(text) for name, text in texts.items()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_word_of_care_remains_in_a_group_or_alone(slug):
    version = making.grid(slug)
    group = making.opened(Mode.GROUP, version=version, wording=SAID)
    secrets = [making.sent(group.assessment, value=value)[1] for value in (0, 0, 1, 4)]
    assessment_reveal(assessment=group.assessment)
    group.assessment.refresh_from_db()
    alone = making.opened(Mode.ALONE, version=version, wording=SAID)
    _, secret = making.sent(alone.assessment, value=0)
    texts = {
        "group": Client().get(making.here("mine", group, secrets[0]), follow=True).content.decode(),
        "group paper": documents.outcome_html(group.assessment),
        "alone": Client().get(making.here("mine", alone, secret), follow=True).content.decode(),
    }
    assert "À essayer en atelier" in texts["group"]
    found = {name: words_of_care(text) for name, text in texts.items()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_word_of_care_remains_on_the_sheets_to_fill(slug):
    version = making.grid(slug)
    papers = {
        name: documents.blank_html(version, name, SAID) for name in blank_names(version.read(SAID))
    }
    found = {name: words_of_care(text) for name, text in papers.items()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_word_of_care_remains_in_any_word_of_the_wording(slug):
    said = making.grid(slug).read(SAID)
    words = [said.title, said.intro, said.intro_falc]
    words += [w for role in said.roles for w in (role.label, role.description)]
    words += [w for one in said.moments for w in (one.title, one.text, one.falc)]
    words += [w for level in said.levels for w in (level.label, level.help, level.falc)]
    for axis in said.axes:
        words += [axis.label, axis.help, *(w for one in axis.ideas for w in (one.title, one.text))]
    for one in said.criteria.values():
        words += [one.label, one.help, one.example, one.falc, *one.questions]
    assert [word for word in words if OF_CARE.search(word)] == []


def test_the_mails_name_the_grid_in_the_words_that_were_chosen():
    made = making.opened(wording=SAID)
    emails.own_link(made.assessment, to="a@exemple.invalid", link="https://x.invalid/", key="k")
    assert "l’accompagnement" in Message.objects.get().text
    assert OF_CARE.search(Message.objects.get().text) is None


def test_new_words_loaded_over_a_version_that_served_make_the_next_one():
    content_load()
    grid = Grid.objects.get(slug="soins-cliniques-et-educatifs")
    version = grid.versions.get()
    # As it was frozen before a wording could say its axes.
    old = copy.deepcopy(version.content)
    for wording in old["wordings"]:
        for name in ("title", "axes"):
            del wording[name]
        for row in wording["criteria"]:
            del row["questions"]
    version.content = old
    version.save()
    made = making.opened(version=version, wording=SAID)
    # The file has changed since it was loaded, and nobody edited the grid.
    state = digest(loading.grids_state([grid.pk])[grid.pk])
    LoadedItem.objects.filter(source="selfassess.grid", slug=grid.slug).update(
        data_hash="autre", object_hash=state
    )
    content_load()
    made.assessment.refresh_from_db()
    assert made.assessment.title == grid.title
    assert "soin" in made.assessment.instrument.axes[1].help
    assert grid.versions.order_by("-number").first().read(SAID).title
    assert instrument_of(old, SAID).axes[0].ideas


def test_a_wording_asks_two_questions_or_none():
    content = copy.deepcopy(making.grid().content)
    content["wordings"][0]["criteria"][0]["questions"] = ["Une seule ?"]
    assert list(content_faults(content)) == [
        "medico-social, CE1 : deux questions sont attendues, ou aucune."
    ]
