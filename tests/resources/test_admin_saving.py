"""The admin's forms under real hands: a wrong address, two people on one page."""

from __future__ import annotations

import threading

import pytest
from django.db import connections
from django.urls import reverse

from cops.accounts.enums import Role
from cops.pagecache import raise_version
from resources.models import Resource
from resources.services.publishing import resource_publish
from tests.resources import factories, lexicon_data
from tests.resources.test_admin import change_url, form_of, signed_in


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["Fiche Santé", "É", "", "a--b", "x" * 81])
@pytest.mark.parametrize(
    "make", [factories.resource, lambda: lexicon_data.term("aidant", "Aidant")]
)
def test_a_wrong_address_is_told_under_its_field(make, slug):
    team, made = signed_in(Role.TEAM), make()
    url = change_url(made)
    answer = team.post(url, form_of(team, url) | {"slug": slug})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "one", "other"),
    [
        (factories.resource, "subtitle", "methodology"),
        (lambda: lexicon_data.term("aidant", "Aidant"), "acronym", "falc"),
        (lambda: factories.path(factories.resource(), steps=2), "steps-0-title", "steps-1-title"),
        (lexicon_data.quiz, "intro", "usage"),
    ],
)
def test_the_second_to_save_a_page_is_told_and_loses_nothing_of_the_first(make, one, other):
    first, second = signed_in(Role.TEAM), signed_in(Role.ADMINISTRATOR)
    url = change_url(make())
    early, late = form_of(first, url), form_of(second, url)
    assert first.post(url, early | {one: "Du premier"}).status_code == 302
    answer = second.post(url, late | {other: "Du second"})
    assert answer.status_code == 200
    assert "Quelqu’un a enregistré cette page" in answer.content.decode()
    assert "Du second" in answer.content.decode()
    now = form_of(second, url)
    assert now[one][0].strip() == "Du premier"
    assert second.post(url, now | {other: "Du second"}).status_code == 302
    now = form_of(second, url)
    assert [now[name][0].strip() for name in (one, other)] == ["Du premier", "Du second"]


@pytest.mark.django_db
def test_a_form_opened_before_a_publication_does_not_undo_it():
    team = signed_in(Role.TEAM)
    made = factories.resource(status="draft", version=0, published_at=None)
    url = change_url(made)
    before = form_of(team, url)
    resource_publish(resource=made)
    assert team.post(url, before).status_code == 200
    assert Resource.objects.public().filter(pk=made.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<blockquote></x>" * 31 + "fin", "trop d’éléments emboîtés"),
        ("<p>" + "& " * 60_000 + "</p>", "Ce texte est trop long"),
    ],
)
def test_a_text_that_grows_as_it_is_cleaned_is_told_under_its_field(text, told):
    team, made = signed_in(Role.TEAM), factories.resource()
    url = change_url(made)
    answer = team.post(url, form_of(team, url) | {"sections-0-source_html": text})
    assert answer.status_code == 200
    assert told in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_address_given_to_two_pages_at_once_goes_to_one_of_them():
    raise_version()
    pages = [factories.resource(slug=f"fiche-{number}") for number in range(2)]
    clients = [signed_in(Role.TEAM), signed_in(Role.ADMINISTRATOR)]
    forms = [form_of(client, change_url(page)) for client, page in zip(clients, pages, strict=True)]
    statuses: list[int] = []
    ready = threading.Barrier(2)

    def save(number: int) -> None:
        try:
            ready.wait()
            form = forms[number] | {"slug": "la-meme"}
            statuses.append(clients[number].post(change_url(pages[number]), form).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 302]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "resource_changelist|dimension__exact=%00",
        "resource_changelist|published_at__year=99999999999",
        "term_changelist|category__exact=%00",
        "practicepath_add|section=abc",
    ],
)
def test_a_value_that_the_admin_cannot_read_is_a_french_400(address):
    name, _, query = address.partition("|")
    team = signed_in(Role.TEAM)
    team.raise_request_exception = False
    answer = team.get(f"{reverse(f'admin:resources_{name}')}?{query}")
    assert answer.status_code == 400
    assert "n’est pas lisible" in answer.content.decode()


@pytest.mark.django_db
def test_an_action_on_what_is_no_number_is_a_french_400():
    team = signed_in(Role.TEAM)
    team.raise_request_exception = False
    url = reverse("admin:resources_resource_changelist")
    answer = team.post(url, {"action": "publish", "_selected_action": ["abc"]})
    assert answer.status_code == 400
