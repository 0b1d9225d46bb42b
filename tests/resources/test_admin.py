"""The admin: who may what, what a save does, and what bad input gets."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin.sites import site
from django.test import Client
from django.urls import reverse

from cops.accounts.enums import Role
from resources.desk.fields import FactsField, LinesField, TrainingField
from resources.enums import Status
from resources.models import Resource, ResourceVersion, Term, TermRedirect
from resources.services.publishing import resource_publish
from tests.accounts.people import person, sign_in
from tests.resources import factories, lexicon_data

pytestmark = pytest.mark.django_db


def signed_in(role: Role) -> Client:
    client = Client()
    sign_in(client, person(role))
    return client


@pytest.fixture
def team() -> Client:
    return signed_in(Role.TEAM)


def form_of(client: Client, url: str) -> dict[str, str]:
    """What the browser would send back if the page were saved as it is."""
    from lxml import html

    page = html.fromstring(client.get(url).content.decode())
    (form,) = [form for form in page.forms if form.get("id", "").endswith("_form")]
    data: dict = {}
    for name, value in form.form_values():
        if "__prefix__" not in name:
            data.setdefault(name, []).append(value)
    return data


def change_url(obj) -> str:
    return reverse(f"admin:resources_{obj._meta.model_name}_change", args=[obj.pk])


# --- rights


@pytest.mark.parametrize("model", sorted(site._registry, key=lambda m: m._meta.label))
@pytest.mark.parametrize("role", Role)
def test_each_list_is_open_to_whom_it_concerns(model, role):
    client = signed_in(role)
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    status = client.get(url).status_code
    if role == Role.MEMBER:
        assert status == 404
    elif role == Role.TEAM and model._meta.app_label == "accounts":
        assert status == 403
    elif model._meta.app_label in {"resources", "accounts"}:
        assert status == 200


def test_the_team_deletes_nothing(team):
    made = factories.resource()
    url = reverse("admin:resources_resource_delete", args=[made.pk])
    assert team.post(url, {"post": "yes"}).status_code == 403
    assert Resource.objects.filter(pk=made.pk).exists()


def test_versions_are_read_only(team):
    made = factories.resource()
    version = made.versions.get()
    assert team.get(change_url(version)).status_code == 200
    assert team.post(change_url(version), {"number": 9}).status_code == 403
    assert ResourceVersion.objects.get(pk=version.pk).number == 1


@pytest.mark.parametrize("model", [m for m in site._registry if m._meta.app_label == "resources"])
def test_add_pages_open(team, model):
    url = reverse(f"admin:resources_{model._meta.model_name}_add")
    allowed = site._registry[model].has_add_permission(team.get(url).wsgi_request)
    assert team.get(url).status_code == (200 if allowed else 403)


# --- a sheet


def test_saving_a_sheet_as_it_is_writes_no_version(team):
    made = factories.resource(status=Status.DRAFT, training=[{"name": "DU", "required": True}],
                              facts={"started": 2018, "day": "2020-02-04"})  # fmt: skip
    factories.path(made)
    resource_publish(resource=made)
    url = change_url(made)
    answer = team.post(url, form_of(team, url))
    assert answer.status_code == 302
    assert list(made.versions.values_list("number", flat=True)) == [1]


def test_saving_a_changed_section_writes_a_version(team):
    made = factories.resource(status=Status.DRAFT, version=0)
    resource_publish(resource=made)
    url = change_url(made)
    data = form_of(team, url)
    data["sections-0-source_html"] = "<p>L'autre texte<script>x</script></p>"
    assert team.post(url, data).status_code == 302
    section = made.sections.get()
    assert section.source_html == "<p>L'autre texte</p>"
    assert section.rendered_html == "<p>L’autre texte</p>"
    assert list(made.versions.values_list("number", flat=True)) == [2, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<div>" * 45_000, "Ce texte est trop long"),
        ("<div>" * 100, "trop d’éléments emboîtés"),
    ],
)
def test_too_much_rich_text_is_refused_with_a_sentence(team, text, message):
    made = factories.resource()
    url = change_url(made)
    data = form_of(team, url)
    data["sections-0-source_html"] = text
    answer = team.post(url, data)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert made.sections.get().source_html == "<p>Un texte.</p>"


def test_two_megabytes_are_refused_before_they_are_read(team):
    made = factories.resource()
    url = change_url(made)
    data = form_of(team, url)
    data["sections-0-source_html"] = "<b>" * 700_000
    assert team.post(url, data).status_code in {400, 413}
    assert made.sections.get().source_html == "<p>Un texte.</p>"


def test_a_new_sheet_is_a_draft(team):
    url = reverse("admin:resources_resource_add")
    data = form_of(team, url) | {
        "title": "Une fiche neuve",
        "slug": "une-fiche-neuve",
        "kind": "guide",
        "summary": "Court.",
        "topics": ["etp"],
        "audience_codes": ["tous"],
        "sections-TOTAL_FORMS": "1",
        "sections-0-variant": "standard",
        "sections-0-position": "0",
        "sections-0-level": "2",
        "sections-0-kind": "text",
        "sections-0-title": "L’enjeu",
        "sections-0-source_html": "<p>Texte.</p>",
    }
    answer = team.post(url, data)
    assert answer.status_code == 302, re.findall(
        r"errorlist.*?</ul>", answer.content.decode(), re.DOTALL
    )
    made = Resource.objects.get(slug="une-fiche-neuve")
    assert (made.status, made.sections.get().anchor) == (Status.DRAFT, "l-enjeu")


def test_a_reserved_address_is_refused(team):
    made = factories.resource(slug="fiche-a-renommer")
    url = change_url(made)
    answer = team.post(url, form_of(team, url) | {"slug": "nouveau"})
    assert answer.status_code == 200
    made.refresh_from_db()
    assert made.slug == "fiche-a-renommer"


@pytest.mark.parametrize(
    ("action", "status"),
    [("archive", Status.ARCHIVED), ("redraft", Status.DRAFT), ("publish", Status.PUBLISHED)],
)
def test_actions_go_through_the_services(team, action, status):
    made = factories.resource()
    url = reverse("admin:resources_resource_changelist")
    answer = team.post(url, {"action": action, "_selected_action": [made.pk]}, follow=True)
    made.refresh_from_db()
    assert made.status == status
    if action == "publish":
        assert "ne peut pas passer à l’état «\u00a0Publiée\u00a0»" in answer.content.decode()


def test_the_steps_of_a_path_are_saved_and_renumbered(team):
    made = factories.resource()
    path = factories.path(made, steps=2)
    url = change_url(path)
    data = form_of(team, url)
    data["steps-0-number"], data["steps-1-number"] = "2", "1"
    data["steps-0-partner_html"] = "<p>Vous changez.</p>"
    answer = team.post(url, data | {"_save": "1"})
    assert answer.status_code == 302
    assert answer["Location"] == change_url(made)
    assert list(path.steps.order_by("number").values_list("title", "partner_html")) == [
        ("Étape 2", "<p>Vous dites 2.</p>"),
        ("Étape 1", "<p>Vous changez.</p>"),
    ]


# --- words, quiz, arguments


def test_a_term_is_saved_through_its_service(team):
    made = lexicon_data.term("aidant", "Aidant", synonyms=["un mot"])
    url = change_url(made)
    data = form_of(team, url) | {"slug": "accompagnant", "synonyms": "un mot\n\n  deux   mots \n"}
    assert team.post(url, data).status_code == 302
    made.refresh_from_db()
    assert made.synonyms == ["un mot", "deux mots"]
    assert TermRedirect.objects.get(slug="aidant").term == made


def test_a_term_is_archived_and_put_back(team):
    made = lexicon_data.term("aidant", "Aidant")
    url = reverse("admin:resources_term_changelist")
    team.post(url, {"action": "archive", "_selected_action": [made.pk]})
    assert not Term.objects.public().exists()
    team.post(url, {"action": "restore", "_selected_action": [made.pk]})
    assert Term.objects.public().exists()


@pytest.mark.parametrize("make", [lexicon_data.quiz, lexicon_data.arguments])
def test_a_quiz_and_arguments_are_saved_as_they_are(team, make):
    made = make()
    url = change_url(made)
    assert team.post(url, form_of(team, url)).status_code == 302


def test_pages_with_an_editor_send_their_own_policy(team):
    made = factories.resource()
    policy = team.get(change_url(made))["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert policy.count("'sha256-") == 2
    plain = team.get(reverse("admin:resources_resource_changelist"))["Content-Security-Policy"]
    assert "'sha256-" not in plain


def test_search_boxes_answer(team):
    factories.resource(title="La pluie")
    for name in ("resource", "term", "reference", "quiz", "argumentset", "resourceversion"):
        url = reverse(f"admin:resources_{name}_changelist")
        assert team.get(url, {"q": "pluie"}).status_code == 200


# --- fields


def test_lines_field_reads_one_per_line():
    field = LinesField(required=False, line_length=5)
    assert field.clean(" a \n\nb  c\n") == ["a", "b c"]
    assert field.clean("") == []
    with pytest.raises(Exception, match="Ligne 2 : 6 signes, 5 au plus"):
        field.clean("a\nabcdef")
    assert not field.has_changed(["a"], "a\n")


def test_training_field_reads_what_it_writes():
    field = TrainingField(required=False)
    value = [{"name": "DU (Paris)", "required": True}, {"name": "Master", "required": False}]
    text = field.prepare_value(value)
    assert text == "DU (Paris) (obligatoire)\nMaster"
    assert field.clean(text) == value


def test_facts_field_reads_what_it_writes():
    field = FactsField(required=False)
    value = {"depuis": 2018, "jour": "2020-02-04"}
    assert field.clean(field.prepare_value(value)) == value
    with pytest.raises(Exception, match="la forme est"):
        field.clean("sans valeur")
