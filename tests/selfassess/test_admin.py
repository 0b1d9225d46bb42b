"""The grids in the admin: what a save does to a version that served, and what bad input gets."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from cops import audit
from cops.accounts.enums import Role
from cops.content.models import LoadedItem
from cops.content.services import content_load
from selfassess.models import Grid, GridVersion
from selfassess.services.grids import EDITED
from tests.accounts.people import person, sign_in
from tests.selfassess import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid() -> Grid:
    return making.grid().grid


def team(role: Role = Role.TEAM) -> Client:
    client = Client(headers={"host": "localhost"})
    sign_in(client, person(role, email=f"{role}@exemple.invalid"))
    return client


def change_url(grid: Grid) -> str:
    return reverse("admin:selfassess_grid_change", args=[grid.pk])


def form_of(client: Client, url: str) -> dict:
    """What the browser would send back if the page were saved as it is."""
    page = html.fromstring(client.get(url).content.decode())
    (form,) = [form for form in page.forms if form.get("id", "") == "grid_form"]
    data: dict = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


def last(grid: Grid) -> GridVersion:
    return grid.versions.order_by("-number").first()


def test_a_page_saved_as_it_is_changes_nothing(grid):
    client, before = team(), last(grid).content
    assert client.post(change_url(grid), form_of(client, change_url(grid))).status_code == 302
    assert last(grid).content == before
    making.opened()
    client.post(change_url(grid), form_of(client, change_url(grid)))
    assert (last(grid).number, last(grid).content) == (1, before)


@pytest.mark.parametrize("slug", ["soins-cliniques-et-educatifs", "groupe-de-travail"])
def test_every_word_of_a_grid_is_in_its_form(slug):
    grid = making.grid(slug).grid
    client = team()
    typed = {word for values in form_of(client, change_url(grid)).values() for word in values}

    def words(value):
        if isinstance(value, dict):
            for name, one in value.items():
                if name not in {"code", "role", "colour", "step", "value", "basis", "adapted"}:
                    yield from words(one)
        elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            yield from value if value[0].islower() else ["\n".join(value)]
        elif isinstance(value, list):
            for one in value:
                yield from words(one)
        elif value:
            yield value

    lines = {word.replace("\r\n", "\n").strip("\n") for word in typed}
    assert set(words(last(grid).content)) - lines == set()


def test_a_word_changed_in_a_version_that_served_makes_the_next_one(grid):
    made, client = making.opened(), team()
    url = change_url(grid)
    data = form_of(client, url) | {"axes-0-criteria-0-label": "Demander l'avis de tous"}
    answer = client.post(url, data, follow=True)
    assert "Version 2 créée" in answer.content.decode()
    made.assessment.refresh_from_db()
    assert "Solliciter" in made.assessment.instrument.criteria["CE1"].label
    assert last(grid).read().criteria["CE1"].label == "Demander l’avis de tous"
    assert "Demander l’avis de tous" in client.get(grid.get_absolute_url()).content.decode()
    (entry,) = audit.trail(grid)
    assert (entry.action, entry.actor.role) == (EDITED, Role.TEAM)
    assert entry.changes["axes.co-expression.criteria.CE1.label"][1] == "Demander l’avis de tous"
    assert entry.changes["version"] == [1, 2]


def test_a_version_that_nobody_used_is_mended_in_place_even_twice(grid):
    client, url = team(), change_url(grid)
    for word in ("Un", "Deux"):
        client.post(url, form_of(client, url) | {"intro": word})
    assert (last(grid).number, last(grid).content["intro"]) == (1, "Deux")


def test_a_version_that_served_stays_frozen_once_its_assessments_are_erased(grid):
    made, client, url = making.opened(), team(), change_url(grid)
    made.assessment.delete()
    client.post(url, form_of(client, url) | {"intro": "Autre"})
    assert last(grid).number == 2


def test_another_question_gets_a_code_that_no_criterion_ever_had(grid):
    making.opened()
    client, url = team(), change_url(grid)
    change = {"axes-0-criteria-2-label": "Dire ses désaccords", "axes-0-criteria-2-autre": "on"}
    answer = client.post(url, form_of(client, url) | change)
    # It had words of its own in the other wording: they are asked for again.
    assert answer.status_code == 200
    assert "dites-la aussi avec ces mots" in answer.content.decode()
    change["wordings-0-criteria-2-label"] = ""
    assert client.post(url, form_of(client, url) | change).status_code == 302
    assert list(last(grid).read().criteria)[:4] == ["CE1", "CE2", "CE4", "CC1"]
    making.opened(version=last(grid))
    change = {"axes-0-criteria-2-label": "Encore autre", "axes-0-criteria-2-autre": "on"}
    client.post(url, form_of(client, url) | change)
    assert list(last(grid).read().criteria)[2] == "CE5"


def test_ideas_roles_and_wordings_are_added_and_taken_out(grid):
    client, url = team(), change_url(grid)
    more = len(last(grid).content["axes"][0]["ideas"])
    change = {
        f"axes-0-ideas-{more}-title": "Une idée neuve",
        f"axes-0-ideas-{more}-text": "Essayer ensemble.",
        "axes-0-ideas-0-retirer": "on",
        "roles-3-label": "Proche aidant",
        "roles-3-description": "Qui accompagne.",
        "wordings-1-label": "Scolaire",
    }
    assert client.post(url, form_of(client, url) | change).status_code == 302
    instrument = last(grid).read()
    assert instrument.axes[0].ideas[-1].title == "Une idée neuve"
    assert len(instrument.axes[0].ideas) == more
    assert list(instrument.members) == ["professionnel", "partenaire", "proche-aidant"]
    assert instrument.wordings["scolaire"] == "Scolaire"
    assert last(grid).read("scolaire").criteria == instrument.criteria
    change = {"roles-3-retirer": "on", "wordings-1-retirer": "on"}
    client.post(url, form_of(client, url) | change)
    assert list(last(grid).read().members) == ["professionnel", "partenaire"]
    assert list(last(grid).read().wordings) == ["medico-social"]


def test_a_page_saved_as_it_is_makes_no_version_of_one_frozen_in_an_older_shape(grid):
    version = last(grid)
    for wording in version.content["wordings"]:
        del wording["title"], wording["axes"]
    version.save()
    making.opened(version=version)
    client, url = team(), change_url(grid)
    client.post(url, form_of(client, url))
    assert last(grid).number == 1
    client.post(url, form_of(client, url) | {"wordings-0-title": "Au foyer"})
    assert last(grid).number == 2


def test_a_wording_says_its_title_its_axes_its_questions_and_its_ideas(grid):
    client, url = team(), change_url(grid)
    said = "wordings-0-axes-2"
    change = {
        "wordings-0-title": "S'auto-évaluer au foyer",
        f"{said}-help": "On choisit à deux.",
        f"{said}-ideas-0-title": "La boîte à idées",
        f"{said}-ideas-0-text": "Chacun y met un papier.",
        "wordings-0-criteria-0-questions": "Qui parle peu ?\nQui écoute ?",
    }
    assert client.post(url, form_of(client, url) | change).status_code == 302
    plain, other = last(grid).read(), last(grid).read("medico-social")
    assert (plain.title, other.title) == ("", "S’auto-évaluer au foyer")
    assert other.axes[2].help == "On choisit à deux."
    assert [idea.title for idea in other.axes[2].ideas] == ["La boîte à idées"]
    assert other.criteria["CE1"].questions == ("Qui parle peu ?", "Qui écoute ?")
    assert len(plain.axes[2].ideas) == 2
    # Emptied, they are those of the grid again.
    emptied = {**dict.fromkeys(change, "")}
    assert client.post(url, form_of(client, url) | emptied).status_code == 302
    other = last(grid).read("medico-social")
    assert (other.title, other.axes[2].help) == ("", plain.axes[2].help)
    assert other.axes[2].ideas == plain.axes[2].ideas
    assert other.criteria["CE1"].questions == plain.criteria["CE1"].questions
    half = {f"{said}-ideas-0-title": "Seule"}
    assert "Complétez" in client.post(url, form_of(client, url) | half).content.decode()


def test_sheets_keep_the_order_in_which_they_are_chosen(grid):
    client, url = team(), change_url(grid)
    data = form_of(client, url)
    first, second = data["axes-1-sheets_0"][0], data["axes-1-sheets_1"][0]
    client.post(url, data | {"axes-1-sheets_0": second, "axes-1-sheets_1": first})
    assert last(grid).content["axes"][1]["sheets"] == [second, first]
    answer = client.post(url, form_of(client, url) | {"axes-1-sheets_0": first})
    assert "deux fois" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("axes-0-criteria-0-label", "", "obligatoire"),
        ("axes-0-criteria-0-label", "x" * 301, "300"),
        ("axes-0-criteria-0-questions", "Une seule ?", "deux questions"),
        ("axes-0-ideas-2-title", "Seule", "Complétez"),
        ("intro", "a\x00b", "nul"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(grid, field, value, said):
    client, url = team(), change_url(grid)
    before = last(grid).content
    data = form_of(client, url) | {field: value, "axes-3-help": "Tapé pour rien ?"}
    answer = client.post(url, data)
    assert answer.status_code == 200
    assert said in answer.content.decode().lower() or said in answer.content.decode()
    assert "Tapé pour rien ?" in answer.content.decode()
    assert last(grid).content == before


def test_the_second_of_two_editors_is_told_and_loses_nothing(grid):
    first, second, url = team(), team(Role.ADMINISTRATOR), change_url(grid)
    early, late = form_of(first, url), form_of(second, url)
    assert first.post(url, early | {"intro": "Du premier"}).status_code == 302
    answer = second.post(url, late | {"intro_falc": "Du second"})
    assert answer.status_code == 200
    assert "Quelqu’un a enregistré cette page" in answer.content.decode()
    assert "Du second" in answer.content.decode()
    assert last(grid).content["intro"] == "Du premier"
    second.post(url, form_of(second, url) | {"intro_falc": "Du second"})
    content = last(grid).content
    assert (content["intro"], content["intro_falc"]) == ("Du premier", "Du second")


def test_a_preview_shows_what_is_typed_and_saves_nothing(grid):
    client, url = team(), change_url(grid)
    address = reverse("admin:selfassess_grid_preview", args=[grid.pk])
    data = form_of(client, url) | {"axes-0-criteria-0-label": "Mot essayé"}
    page = client.post(address, data).content.decode()
    assert "Mot essayé" in page
    assert "Rien n’est enregistré" in page
    said = client.post(address, data | {"mots": "medico-social"}).content.decode()
    assert "personne accompagnée partenaire" in said
    assert "Mot essayé" not in client.get(grid.get_absolute_url()).content.decode()
    wrong = client.post(address, data | {"intro": ""})
    assert "errorlist" in wrong.content.decode()
    assert last(grid).content["intro"]


def test_a_former_version_can_be_looked_at(grid):
    making.opened()
    client, url = team(), change_url(grid)
    client.post(url, form_of(client, url) | {"intro": "Deuxième introduction."})
    address = reverse("admin:selfassess_grid_preview", args=[grid.pk])
    assert "Deuxième introduction" not in client.get(f"{address}?version=1").content.decode()
    assert "Deuxième introduction" in client.get(f"{address}?version=2").content.decode()
    for number in ("3", "x", "99999999999"):
        assert client.get(f"{address}?version={number}").status_code == 404


def test_a_new_grid_begins_with_what_another_asks(grid):
    client = team()
    data = {"title": "École", "slug": "ecole", "copy_of": str(grid.pk)}
    answer = client.post(reverse("admin:selfassess_grid_add"), data)
    made = Grid.objects.get(slug="ecole")
    assert answer["Location"] == change_url(made)
    assert last(made).content == last(grid).content
    assert client.get(made.get_absolute_url()).status_code == 200
    for slug in ("e", "code", "moi", "École", grid.slug):
        again = client.post(reverse("admin:selfassess_grid_add"), data | {"slug": slug})
        assert again.status_code == 200
        assert "errorlist" in again.content.decode()


def test_the_address_of_a_grid_stays_once_it_is_made(grid):
    client, url = team(), change_url(grid)
    client.post(url, form_of(client, url) | {"slug": "autre", "title": "Autre titre"})
    grid.refresh_from_db()
    assert (grid.slug, grid.title) == ("soins-cliniques-et-educatifs", "Autre titre")
    (entry,) = audit.trail(grid)
    assert entry.changes["title"][1] == "Autre titre"


def test_a_grid_is_taken_out_of_view_and_put_back(grid):
    client = team()
    listing = reverse("admin:selfassess_grid_changelist")
    chosen = {"_selected_action": [grid.pk]}
    client.post(listing, chosen | {"action": "archive"})
    assert client.get(grid.get_absolute_url()).status_code == 404
    client.post(listing, chosen | {"action": "restore"})
    assert client.get(grid.get_absolute_url()).status_code == 200
    assert [entry.label for entry in audit.trail(grid)] == ["Grille remise", "Grille retirée"]


@pytest.mark.parametrize("word", ["CE1", "éducatifs", "gommettes", "qui-nexiste-pas"])
def test_the_list_is_searched_by_title_and_by_the_words_asked(word):
    making.grid()
    making.grid("groupe-de-travail")
    answer = team().get(reverse("admin:selfassess_grid_changelist"), {"q": word})
    found = answer.content.decode().count('class="field-version"')
    assert found == {"CE1": 2, "éducatifs": 1, "gommettes": 1, "qui-nexiste-pas": 0}[word]


def test_the_loader_never_writes_over_a_grid_edited_since():
    content_load()
    grid = Grid.objects.get(slug="groupe-de-travail")
    client, url = team(), change_url(grid)
    client.post(url, form_of(client, url) | {"intro": "Écrite par l’équipe."})
    # The file has changed since: its print is no longer the one that was loaded.
    LoadedItem.objects.filter(source="selfassess.grid").update(data_hash="autre")
    outcome = content_load()
    assert ("grille d’auto-évaluation", "groupe-de-travail") in outcome.kept
    assert last(grid).content["intro"] == "Écrite par l’équipe."


def test_a_grid_is_not_deleted_by_hand(grid):
    client = team(Role.ADMINISTRATOR)
    assert client.get(reverse("admin:selfassess_grid_delete", args=[grid.pk])).status_code == 403
