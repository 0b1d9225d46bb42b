"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from resources.enums import Kind, Status
from resources.models import (
    ExternalMedia,
    PracticeStep,
    PreparedDocument,
    QuizStatement,
    Reference,
    Resource,
    ResourceReference,
    ResourceRelation,
    ResourceTerm,
    ResourceVersion,
    Section,
    Term,
    TermMark,
)
from resources.models.fields import RESERVED_SLUGS, slug_shape
from tests.resources import factories, lexicon_data

pytestmark = pytest.mark.django_db


def refused(model, name: str, pk: int, **values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.filter(pk=pk).update(**values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("resource_status_known", {"status": "perdue"}),
        ("resource_kind_known", {"kind": "roman"}),
        ("resource_published_has_date", {"published_at": None}),
    ],
)
def test_resource_refuses(name, values):
    refused(Resource, name, factories.resource().pk, **values)


def test_resource_is_withdrawn_after_it_is_published():
    made = factories.resource()
    early = made.published_at - timedelta(seconds=1)
    refused(Resource, "resource_withdrawn_after_published", made.pk, withdrawn_at=early)


def test_resource_number_is_taken_once_per_kind():
    factories.resource(kind=Kind.MISSION, number=1)
    other = factories.resource(kind=Kind.MISSION, number=2)
    refused(Resource, "resource_number_once_per_kind", other.pk, number=1)
    factories.resource(kind=Kind.GUIDE, number=1)


@pytest.mark.parametrize(
    ("name", "values"),
    [("section_anchor_once", {"anchor": "section-1"}), ("section_level_2_or_3", {"level": 4})],
)
def test_section_refuses(name, values):
    section = factories.section(factories.resource(), "Une autre")
    refused(Section, name, section.pk, **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("practice_step_number_once", {"number": 1}),
        ("practice_step_number_from_one", {"number": 0}),
    ],
)
def test_step_refuses(name, values):
    path = factories.path(factories.resource(), steps=2)
    refused(PracticeStep, name, path.steps.get(number=2).pk, **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [("resource_version_once", {"number": 1}), ("resource_version_from_one", {"number": 0})],
)
def test_version_refuses(name, values):
    made = factories.resource()
    version = ResourceVersion.objects.create(
        resource=made, number=2, published_at=timezone.now(), snapshot={}
    )
    refused(ResourceVersion, name, version.pk, **values)


def test_term_refuses_an_unknown_category():
    refused(Term, "term_category_known", lexicon_data.term("a", "A").pk, category="autre")


@pytest.mark.parametrize(
    ("name", "values"),
    [("quiz_statement_once", {"code": "q1"}), ("quiz_answer_known", {"answer": "peut-etre"})],
)
def test_statement_refuses(name, values):
    statement = lexicon_data.quiz().statements.get(code="q2")
    refused(QuizStatement, name, statement.pk, **values)


def test_media_needs_its_transcript():
    media = ExternalMedia.objects.create(
        resource=factories.resource(),
        title="Un film",
        url="https://example.org/film",
        host_name="exemple",
        transcript_html="<p>Les mots du film.</p>",
    )
    refused(ExternalMedia, "external_media_has_transcript", media.pk, transcript_html="")
    media.transcript_html = ""
    with pytest.raises(ValidationError, match="La transcription est obligatoire"):
        media.validate_constraints()


def test_links_of_a_resource_are_said_once():
    made, other = factories.resource(), factories.resource()
    first, second = lexicon_data.term("a", "A"), lexicon_data.term("b", "B")
    reference = Reference.objects.create(key="x", type="page web", title="X")
    again = Reference.objects.create(key="y", type="page web", title="Y")
    ResourceTerm.objects.create(resource=made, term=first)
    row = ResourceTerm.objects.create(resource=made, term=second)
    refused(ResourceTerm, "resource_term_once", row.pk, term=first)
    ResourceReference.objects.create(resource=made, reference=reference)
    row = ResourceReference.objects.create(resource=made, reference=again)
    refused(ResourceReference, "resource_reference_once", row.pk, reference=reference)
    ResourceRelation.objects.create(source=made, target=other, role="related")
    row = ResourceRelation.objects.create(source=made, target=other, role="part")
    refused(ResourceRelation, "resource_relation_once", row.pk, role="related")
    refused(ResourceRelation, "resource_relation_not_itself", row.pk, target=made)


def test_marks_and_prepared_documents_are_said_once():
    made = factories.resource()
    section = made.sections.get()
    first, second = lexicon_data.term("a", "A"), lexicon_data.term("b", "B")
    TermMark.objects.create(section=section, term=first)
    mark = TermMark.objects.create(section=section, term=second)
    refused(TermMark, "term_mark_once", mark.pk, term=first)
    values = {"resource": made, "sha256": "0", "pages": 1, "size": 1, "version": 1}
    PreparedDocument.objects.create(form="standard", **values)
    row = PreparedDocument.objects.create(form="falc", **values)
    refused(PreparedDocument, "prepared_document_once", row.pk, form="standard")


@pytest.mark.parametrize(
    "slug", [*sorted(RESERVED_SLUGS), "Majuscule", "é", "a--b", "-a", "a_b", ""]
)
def test_slug_shape_refuses(slug):
    with pytest.raises(ValidationError):
        slug_shape(slug)


@pytest.mark.parametrize("slug", ["a", "fiche-2", "nouveau-monde", "e-sante"])
def test_slug_shape_takes(slug):
    slug_shape(slug)


def test_public_goes_by_the_clock():
    now = timezone.now()
    on_view = factories.resource()
    factories.resource(published_at=now + timedelta(hours=1))
    factories.resource(withdrawn_at=now - timedelta(hours=1))
    factories.resource(status=Status.DRAFT)
    factories.resource(status=Status.ARCHIVED)
    leaving = factories.resource(withdrawn_at=now + timedelta(hours=1))
    assert set(Resource.objects.public()) == {on_view, leaving}


def test_next_change_is_the_first_planned_one():
    now = timezone.now()
    assert Resource.objects.next_change(now) is None
    factories.resource(published_at=now + timedelta(hours=3))
    factories.resource(withdrawn_at=now + timedelta(hours=2))
    factories.resource(withdrawn_at=now - timedelta(hours=1))
    factories.resource(status=Status.DRAFT, published_at=now + timedelta(hours=1))
    assert Resource.objects.next_change(now) == now + timedelta(hours=2)
