"""What the library gives the index."""

from datetime import UTC, date, datetime

from resources.models import Resource
from resources.services.indexing import resource_drafts


def test_a_document_published_at_night_has_the_day_of_paris(db):
    resource = Resource(
        slug="nuit",
        kind="guide",
        title="Une nuit",
        summary="Publiée après minuit, à Paris.",
        status="published",
        published_at=datetime(2026, 11, 21, 23, 30, tzinfo=UTC),
    )
    resource.save()
    assert resource_drafts(resource)[0].date == date(2026, 11, 22)
