"""Published and withdrawn by the clock, at the minute, wherever a sheet may be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models.functions import Now
from django.test import Client

from cops.pagecache import raise_version, renew_if_due
from resources.models import Resource, ResourceVersion, Section, TermMark
from resources.services.drafts import draft_plan
from resources.services.meetings import argument_save, quiz_save
from resources.services.publishing import resource_publish, resource_withdraw
from tests.resources import factories, lexicon_data
from tests.resources.clock import at
from tests.resources.working_texts import published, write

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
# A change of summer time in between: an hour of the wall is not an hour of the clock.
NOW = datetime(2026, 10, 24, 12, 0, tzinfo=PARIS)
COMES = datetime(2026, 10, 25, 9, 30, tzinfo=PARIS)
LEAVES = datetime(2026, 10, 26, 18, 0, tzinfo=PARIS)
SECOND = timedelta(seconds=1)
MOMENTS = [
    (NOW, False), (COMES - SECOND, False), (COMES, True), (LEAVES - SECOND, True), (LEAVES, False),
]  # fmt: skip


@pytest.fixture
def planned() -> Resource:
    """A sheet that comes on view, then leaves; and all that points to it."""
    with at(NOW):
        made = factories.resource(
            slug="planifiee", title="Fiche planifiée", status="draft", version=0,
            published_at=None, topics=["ethique"], text="<p>Le mot zygomatique est rare.</p>",
        )  # fmt: skip
        factories.falc(made)
        word = lexicon_data.term("mot", "mot")
        TermMark.objects.create(section=Section.objects.get(anchor="section-1"), term=word)
        made.listed_terms.create(term=word)
        other = factories.resource(slug="autre", title="Autre fiche")
        other.relations.create(target=made, role="related")
        guide = factories.resource(slug="guide", title="Un guide", kind="guide")
        guide.relations.create(target=made, role="part")
        quiz = lexicon_data.quiz()
        quiz.statements.update(resource=made)
        quiz_save(quiz=quiz)
        arguments = lexicon_data.arguments()
        argument = arguments.arguments.get()
        argument.resource = made
        argument_save(argument=argument)
        resource_publish(resource=made, at=COMES)
        resource_withdraw(resource=made, at=LEAVES)
        raise_version()
    return made


def found(address: str, needle: str = "/ressources/planifiee/") -> Callable[[Client], bool]:
    def sees(client: Client) -> bool:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return needle in answer.content.decode()

    return sees


def opens(address: str) -> Callable[[Client], bool]:
    def sees(client: Client) -> bool:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        assert answer.status_code in (200, 404), address
        return answer.status_code == 200

    return sees


READERS = {
    "page": opens("/ressources/planifiee/"),
    "easy page": opens("/ressources/planifiee/falc/"),
    "pdf": opens("/ressources/planifiee.pdf"),
    "large pdf": opens("/ressources/planifiee/grand.pdf"),
    "pdf of its version": opens("/ressources/planifiee/v1.pdf"),
    "library": found("/ressources/"),
    "library by topic": found("/ressources/?theme=ethique"),
    "facet": found("/ressources/", 'value="ethique"'),
    "feed": found("/ressources/flux/repere.atom"),
    "sitemap": found("/sitemap-ressources.xml"),
    "home": found("/"),
    "search": found("/recherche/?q=planifiee"),
    "search in a section": found("/recherche/?q=zygomatique", "/ressources/planifiee/#section-1"),
    "suggestions": found("/recherche/suggestions/?q=fiche+planif"),
    "word of the lexicon": found("/lexique/mot/"),
    "related of another sheet": found("/ressources/autre/"),
    "parts of a guide": found("/ressources/guide/"),
    "quiz": found("/quiz/notions/?n=1&r=v"),
    "arguments": found("/argumentaires/"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.usefixtures("planned")
def test_each_reader_goes_by_the_clock(reader):
    """The same anonymous visitor comes back: pages kept in memory obey it too."""
    client, sees = Client(), READERS[reader]
    told = []
    for moment, _ in MOMENTS:
        with at(moment):
            told.append(sees(client))
            renew_if_due()  # the timer, each minute
    assert told == [expected for _, expected in MOMENTS]


@pytest.mark.usefixtures("planned")
def test_with_the_timer_stopped_a_page_leaves_within_the_minute():
    client, sees, told = Client(), READERS["page"], []
    for moment in (COMES, LEAVES - SECOND, LEAVES + timedelta(minutes=1)):
        with at(moment):
            told.append(sees(client))
    assert told == [True, True, False]


def test_the_time_machine_takes_postgres_along():
    with at(LEAVES):
        row = Resource.objects.none().union(Resource.objects.none())
        assert not row.exists()
        factories.resource()
        assert Resource.objects.annotate(now=Now()).first().now == LEAVES


@pytest.mark.parametrize(("moment", "expected"), MOMENTS)
def test_the_team_sees_it_at_any_time(planned, moment, expected):
    with at(moment):
        assert Resource.objects.public().filter(pk=planned.pk).exists() is expected
        assert Resource.objects.visible_to(factories.team_member()).filter(pk=planned.pk).exists()


@pytest.mark.parametrize("query", ["", "?inconnu=1"])
def test_a_correction_shows_at_its_time_though_no_timer_runs(query):
    with at(NOW):
        made = published(text="<p>Ancien texte.</p>")
        write(made, "<p>Nouveau texte.</p>")
        draft_plan(resource=made, at=COMES, by=None)
    seen = []
    for moment in (NOW, COMES - SECOND, COMES, COMES + SECOND):
        with at(moment):
            page = Client().get(f"{made.get_absolute_url()}{query}").content.decode()
            seen.append(("Ancien texte" in page, "Nouveau texte" in page))
    assert seen == [(True, False), (True, False), (False, True), (False, True)]
    assert ResourceVersion.objects.filter(resource=made).count() == 2


def test_the_timer_does_what_no_reader_came_for():
    with at(NOW):
        made = published(text="<p>Ancien texte.</p>")
        write(made, "<p>Nouveau texte.</p>")
        draft_plan(resource=made, at=COMES, by=None)
    with at(COMES):
        assert [renew_if_due(), renew_if_due()] == [True, False]
        assert "Nouveau texte" in made.sections.get().source_html
