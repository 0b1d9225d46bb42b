"""« Toujours en cours ? »: asked a year after, once a year, until it has ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cops.mail.models import Message
from resources.enums import OngoingAnswer
from resources.models import OngoingQuestion, Resource
from resources.registrations.experiences import _silent
from resources.services import ongoing
from resources.tasks import ask_ongoing
from tests.resources import experience_data as data

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    """Published thirteen months ago."""
    proposal = data.published()
    long_ago = timezone.now() - timedelta(days=400)
    Resource.objects.filter(pk=proposal.resource_id).update(published_at=long_ago)
    return proposal


def test_nobody_is_asked_before_a_year():
    data.published()
    assert ongoing.ongoing_ask_all() == 0


def test_a_bearer_is_asked_once_however_often_the_task_runs(old):
    before = Message.objects.count()
    ask_ongoing()
    ask_ongoing()
    assert OngoingQuestion.objects.count() == 1
    mail = Message.objects.order_by("-pk").first()
    assert Message.objects.count() == before + 1
    assert mail.to == old.contact_email
    assert "/experiences/suite/" in mail.text


def test_a_bearer_is_asked_again_a_year_after_and_not_once_it_has_ended(old):
    ongoing.ongoing_ask_all()
    question = OngoingQuestion.objects.get()
    ongoing.ongoing_answer(question=question, answer=OngoingAnswer.YES, words="")
    year_ago = timezone.now() - timedelta(days=366)
    OngoingQuestion.objects.update(asked_at=year_ago, answered_at=year_ago)
    assert ongoing.ongoing_ask_all() == 1
    second = OngoingQuestion.objects.order_by("-asked_at").first()
    ongoing.ongoing_answer(question=second, answer=OngoingAnswer.ENDED, words="")
    OngoingQuestion.objects.update(asked_at=year_ago, answered_at=timezone.now())
    assert ongoing.ongoing_ask_all() == 0


def test_a_withdrawn_sheet_is_not_asked_about(old):
    Resource.objects.filter(pk=old.resource_id).update(withdrawn_at=timezone.now())
    assert ongoing.ongoing_ask_all() == 0


def test_an_old_link_no_longer_opens(old):
    secret = "s" * 22
    question = OngoingQuestion.objects.create(
        proposal=old, digest=ongoing.digest(secret, purpose=ongoing.PURPOSE)
    )
    assert ongoing.question_of(secret) == question
    OngoingQuestion.objects.update(asked_at=timezone.now() - timedelta(days=121))
    assert ongoing.question_of(secret) is None


def test_the_team_sees_who_did_not_answer(old):
    ongoing.ongoing_ask_all()
    assert _silent(None) == []
    OngoingQuestion.objects.update(asked_at=timezone.now() - timedelta(days=61))
    assert [item.label for item in _silent(None)] == [old.title]


def test_another_answer_is_refused_by_the_service_and_by_the_base(old):
    ongoing.ongoing_ask_all()
    question = OngoingQuestion.objects.get()
    with pytest.raises(ValidationError):
        ongoing.ongoing_answer(question=question, answer="peut-être", words="")
    with pytest.raises(IntegrityError), transaction.atomic():
        OngoingQuestion.objects.update(answer="yes")
