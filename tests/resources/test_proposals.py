"""A remarkable experience from its first word to its sheet: services and constraints."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cops.secrets import random_name
from resources.enums import PROPOSAL_TRANSITIONS, Kind, ProposalState, ReaderRole, Status
from resources.models import Proposal, ProposalReading, Resource
from resources.services import proposal_readings, proposals
from tests.resources import experience_data as data

pytestmark = pytest.mark.django_db


def test_the_link_of_a_draft_opens_it_and_the_table_does_not_hold_the_secret():
    proposal, secret = data.draft()
    assert proposals.proposal_of(secret) == proposal
    assert proposals.proposal_of(random_name()) is None
    assert secret not in str(Proposal.objects.values().get())


def test_a_first_step_sent_twice_is_one_draft_with_the_last_words():
    proposal, secret = data.draft()
    again = proposals.proposal_start(secret=secret, fields={"title": "Un autre titre"})
    assert (again.pk, again.title, again.need) == (proposal.pk, "Un autre titre", proposal.need)
    assert Proposal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_first_step_sent_twice_at_once_is_one_draft():
    secret, ready, faults = random_name(), threading.Barrier(2), []

    def send():
        try:
            ready.wait(10)
            proposals.proposal_start(secret=secret, fields=data.TOLD)
        except (ValidationError, IntegrityError) as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert faults == []
    assert Proposal.objects.count() == 1


def test_sending_asks_for_what_is_missing_and_for_an_agreement():
    proposal, _ = data.draft(effects="", contact_email="", may_be_contacted=False)
    with pytest.raises(ValidationError) as caught:
        proposals.proposal_send(proposal=proposal, agreed=False)
    assert set(caught.value.error_dict) == {"effects", "contact_email", "agreed"}
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DRAFT


def test_what_was_sent_is_frozen_until_the_team_gives_it_back():
    proposal = data.sent()
    with pytest.raises(ValidationError, match="déjà envoyée"):
        proposals.proposal_write(proposal=proposal, fields={"title": "Changé"})
    proposals.proposal_return(proposal=proposal, actor=None, answer="Depuis quand ?")
    assert proposals.proposal_write(proposal=proposal, fields={"title": "Changé"}).title == "Changé"


def test_a_link_given_back_replaces_the_first_one():
    proposal, secret = data.draft()
    proposals.proposal_send(proposal=proposal, agreed=True)
    proposals.proposal_return(proposal=proposal, actor=None, answer="Depuis quand ?")
    assert proposals.proposal_of(secret) is None


def _act(action: ProposalState, proposal: Proposal) -> None:
    if action == ProposalState.SENT:
        proposals.proposal_send(proposal=proposal, agreed=True)
    elif action == ProposalState.DRAFT:
        proposals.proposal_return(proposal=proposal, actor=None, answer="Pourquoi ?")
    elif action == ProposalState.READING:
        data.asked(proposal)
    elif action == ProposalState.ACCEPTED:
        proposals.proposal_accept(proposal=proposal, actor=None)
    elif action == ProposalState.REFUSED:
        proposals.proposal_refuse(proposal=proposal, actor=None, answer="Hors sujet.")
    else:
        proposals.proposal_withdraw(proposal=proposal)


def _in(state: ProposalState) -> Proposal:
    if state == ProposalState.DRAFT:
        return data.draft()[0]
    proposal = data.sent()
    if state in (ProposalState.READING, ProposalState.ACCEPTED):
        data.read(proposal)
    if state not in (ProposalState.SENT, ProposalState.READING):
        _act(state, proposal)
    return Proposal.objects.get(pk=proposal.pk)


@pytest.mark.parametrize("state", ProposalState)
@pytest.mark.parametrize("to", ProposalState)
def test_every_state_and_every_action(state, to):
    proposal = _in(state)
    allowed = (state, to) in PROPOSAL_TRANSITIONS
    if (state, to) == (ProposalState.READING, ProposalState.READING):
        # Asking again for a reading that is made is refused; the state stays.
        allowed = False
    if allowed:
        _act(to, proposal)
        proposal.refresh_from_db()
        assert proposal.state == to
    else:
        with pytest.raises(ValidationError):
            _act(to, proposal)
        proposal.refresh_from_db()
        assert proposal.state == state


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "nul"}, "proposal_state_known"),
        ({"state": "sent", "sent_at": None}, "proposal_sent_has_date"),
        ({"state": "accepted"}, "proposal_accepted_has_resource"),
        ({"state": "refused", "answer": ""}, "proposal_refusal_has_reason"),
        ({"contact_email": ""}, "proposal_contact_has_address"),
    ],
)
def test_the_base_refuses(fields, name):
    proposal = data.sent()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**fields)


def test_two_readings_are_needed_before_a_proposal_is_kept():
    proposal = data.sent()
    reading = data.asked(proposal, ReaderRole.PATIENT)
    proposal_readings.reading_send(reading=reading, marks=data.MARKS, words="")
    with pytest.raises(ValidationError, match="les deux sont nécessaires"):
        proposals.proposal_accept(proposal=proposal, actor=None)


def test_what_is_kept_becomes_a_draft_sheet_with_its_chapters_and_no_markup_of_the_bearer():
    resource = proposals.proposal_accept(proposal=data.read(data.sent()), actor=None)
    assert (resource.kind, resource.status) == (Kind.EXPERIENCE, Status.DRAFT)
    assert resource.slug == "un-cafe-des-aidants-dans-le-service"
    assert (resource.topics, resource.departments) == (["etp"], ["31"])
    titles = list(resource.sections.order_by("position").values_list("title", flat=True))
    assert titles == [
        "Le besoin", "Qui agit ensemble", "Comment cela se passe",
        "Les moyens", "Les effets", "Nos conseils",
    ]  # fmt: skip
    assert resource.sections.get(title="Comment cela se passe").source_html == (
        "<p>Une heure par mois, &lt;b&gt;dans&lt;/b&gt; la salle commune.</p>"
    )
    need = resource.sections.get(title="Le besoin")
    assert need.source_html.count("<p>") == need.rendered_html.count("<p>") == 2


def test_two_experiences_of_the_same_name_have_two_addresses():
    slugs = {
        proposals.proposal_accept(proposal=data.read(data.sent()), actor=None).slug
        for _ in range(2)
    }
    assert slugs == {
        "un-cafe-des-aidants-dans-le-service",
        "un-cafe-des-aidants-dans-le-service-2",
    }


def test_its_bearer_is_told_once_that_the_sheet_is_on_view():
    proposal = data.published()
    assert proposals.proposals_tell_published() == 1
    assert proposals.proposals_tell_published() == 0
    proposal.refresh_from_db()
    assert proposal.published_told_at is not None


def test_a_forgotten_draft_goes_and_what_was_not_kept_names_nobody_any_more():
    forgotten, _ = data.draft()
    recent, _ = data.draft()
    refused = data.sent()
    data.asked(refused)
    proposals.proposal_refuse(proposal=refused, actor=None, answer="Hors sujet.")
    long_ago = timezone.now() - timedelta(days=400)
    Proposal.objects.filter(pk=forgotten.pk).update(changed_at=long_ago)
    Proposal.objects.filter(pk=refused.pk).update(decided_at=long_ago)
    spans = {
        "drafts_after": timedelta(days=90),
        "contacts_after": timedelta(days=365),
        "limit": 100,
    }
    assert proposals.proposals_forget(**spans) == 2
    assert proposals.proposals_forget(**spans) == 0
    assert set(Proposal.objects.values_list("pk", flat=True)) == {recent.pk, refused.pk}
    refused.refresh_from_db()
    assert (refused.contact_name, refused.contact_email) == ("", "")
    assert ProposalReading.objects.get().reader_email == ""


def test_a_reading_is_sent_once_within_its_time_and_with_whole_marks():
    proposal = data.sent()
    reading = data.asked(proposal)
    for marks in ({}, {**data.MARKS, "effects": 5}, {**data.MARKS, "odd": 1}):
        with pytest.raises(ValidationError):
            proposal_readings.reading_send(reading=reading, marks=marks, words="")
    proposal_readings.reading_send(
        reading=reading, marks={**data.MARKS, "effects": None}, words="Bien."
    )
    with pytest.raises(ValidationError, match="déjà envoyée"):
        proposal_readings.reading_send(reading=reading, marks=data.MARKS, words="")


def test_the_two_readers_are_two_people_and_neither_tells_the_experience():
    proposal = data.sent()
    first = data.asked(proposal, ReaderRole.PATIENT)
    for email in (first.reader_email.upper(), proposal.contact_email):
        with pytest.raises(ValidationError) as caught:
            proposal_readings.reading_ask(
                proposal=proposal, actor=None, role=ReaderRole.PROFESSIONAL, email=email
            )
        assert set(caught.value.error_dict) == {"email"}
    assert ProposalReading.objects.count() == 1
    data.asked(proposal, ReaderRole.PATIENT)  # the same person once more, for the same reading


def test_a_reading_asked_again_voids_the_former_link():
    proposal = data.sent()
    first = data.asked(proposal).digest
    second = data.asked(proposal)
    assert ProposalReading.objects.count() == 1
    assert second.digest != first


def test_a_resource_of_a_proposal_is_not_deleted_under_it():
    proposal = data.published()
    with pytest.raises(Exception, match="protected"):
        Resource.objects.get(pk=proposal.resource_id).delete()
