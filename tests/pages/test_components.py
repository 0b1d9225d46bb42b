"""Components: what they say, and what they leave out when there is nothing to say."""

from __future__ import annotations

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string

from tests.pages.outline import Outline


def _component(template, **context):
    return " ".join(render_to_string(f"components/{template}.html", context).split())


def test_pagination_keeps_the_query_and_marks_the_page():
    page = Paginator(range(300), 20).page(7)
    html = _component("pagination", page=page, base="/ressources/?genre=agir")
    links = Outline(html).links
    assert links[0] == "/ressources/?genre=agir&amp;page=6".replace("&amp;", "&")
    assert "/ressources/?genre=agir" in links
    assert html.count('aria-current="page"') == 1
    assert '<span class="visually-hidden">Page </span>7' in html


def test_pagination_is_absent_on_a_single_page():
    assert _component("pagination", page=Paginator([1], 20).page(1), base="/") == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"pages": 4, "size": 180_000}, "(PDF, 4 pages, 180 ko)"),
        ({"pages": 1, "size": 999}, "(PDF, 1 page, 999 octets)"),
        ({}, "(PDF)"),
        ({"format": "CSV", "size": 1_200_000}, "(CSV, 1,2 Mo)"),
    ],
)
def test_a_file_link_says_what_it_gives(facts, words):
    html = _component("file_link", label="Télécharger la fiche", url="/x.pdf", **facts)
    assert words in html.replace("\xa0", " ")


def test_mail_link_of_share_carries_title_and_address():
    html = _component("share", title="Agir ! à deux", url="https://exemple.fr/a/?v=1")
    assert "mailto:?subject=Agir%20%21%20%C3%A0%20deux" in html
    assert "https%3A%2F%2Fexemple.fr%2Fa%2F%3Fv%3D1" in html
    assert "Écouter" not in html
    assert html.count(" hidden>") == 2


class Example(forms.Form):
    email = forms.EmailField(label="Adresse", help_text="Par exemple : a@exemple.fr")
    role = forms.ChoiceField(label="Vous êtes", choices=[("a", "A")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)


def test_a_field_ties_help_and_error_to_its_input():
    form = Example({"email": "faux"})
    html = _component("field", field=form["email"])
    described = 'aria-describedby="id_email_helptext id_email_error"'
    assert described in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert "(obligatoire)" in html
    assert 'value="faux"' in html


def test_a_group_of_choices_is_a_fieldset_with_its_legend():
    html = _component("field", field=Example()["role"])
    assert html.startswith('<fieldset class="field"')
    assert "<legend>Vous êtes" in html


def test_an_optional_field_says_so():
    assert "(facultatif)" in _component("field", field=Example()["note"])


def test_the_summary_of_errors_leads_to_the_fields():
    html = _component("errors", form=Example({"email": "faux"}))
    assert 'href="#id_email"' in html
    assert 'href="#id_role"' in html
    assert "2 réponses sont à revoir" in html.replace("\xa0", " ")


def test_no_summary_without_errors():
    assert _component("errors", form=Example({"email": "a@exemple.fr", "role": "a"})) == ""


def test_a_column_without_content_is_absent():
    source = "{% load navigation %}{% aside %}{% if filled %}<p>x</p>{% endif %} {% endaside %}"
    assert Template(source).render(Context({"filled": False})) == ""
    assert "<aside" in Template(source).render(Context({"filled": True}))


def test_a_facet_without_value_is_absent():
    assert _component("facet", name="genre", legend="Type", options=[]) == ""
