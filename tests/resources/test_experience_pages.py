"""Proposing, reading, following and writing about an experience, as pages."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cops.accounts.enums import Role
from cops.mail.models import Message
from cops.secrets import random_name
from resources.enums import OngoingAnswer, ProposalState, ReaderRole, ReadingCriterion
from resources.models import OngoingQuestion, Proposal, ProposalReading
from resources.services import ongoing, proposals
from tests.accounts.people import person, sign_in
from tests.resources import experience_data as data

pytestmark = pytest.mark.django_db

FIRST = {
    "title": "Un café des aidants",
    "bearer_kind": "structure",
    "structure": "Association d’essai",
    "topics": ["etp"],
}


def _post(client: Client, address: str, fields: dict, **headers: str):
    return client.post(address, fields, headers={"host": "localhost", **headers})


def _start(client: Client, **fields: object):
    page = client.get("/experiences/proposer/").content.decode()
    jeton = re.search(r'name="jeton" value="(\w{22})"', page)[1]
    return jeton, _post(client, "/experiences/proposer/", {**FIRST, "jeton": jeton, **fields})


def _link_of_last_mail(path: str) -> str:
    text = Message.objects.order_by("-pk").first().text
    return re.search(rf"({path}[0-9A-Za-z]{{22}}/)", text)[1]


def test_the_first_step_makes_a_draft_and_leads_to_the_second(client):
    jeton, answer = _start(client)
    assert (answer.status_code, answer["Location"]) == (302, f"/experiences/proposer/{jeton}/2/")
    assert proposals.proposal_of(jeton).title == "Un café des aidants"


def test_looking_at_the_form_writes_nothing(client):
    client.get("/experiences/proposer/")
    assert not Proposal.objects.exists()


def test_a_robot_that_fills_the_hidden_field_makes_no_draft(client):
    _, answer = _start(client, **{"site-web": "http://exemple.invalid"})
    assert answer.status_code == 302
    assert not Proposal.objects.exists()


def test_a_step_in_error_keeps_what_was_typed(client):
    _, answer = _start(client, title="", structure="Notre association")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Notre association" in page
    assert "<title>Erreur — " in page
    assert not Proposal.objects.exists()


def test_a_step_saved_for_later_asks_for_nothing_more(client):
    jeton, _ = _start(client)
    address = f"/experiences/proposer/{jeton}/2/"
    answer = _post(client, address, {"need": "Un lieu.", "plus-tard": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/experiences/proposer/{jeton}/")
    assert proposals.proposal_of(jeton).need == "Un lieu."
    assert _post(client, address, {"need": "Un lieu."}).status_code == 422


def test_the_whole_path_ends_with_the_team_and_an_acknowledgement(client):
    jeton, _ = _start(client)
    base = f"/experiences/proposer/{jeton}/"
    _post(client, f"{base}2/", {"need": "Un lieu.", "people": "Deux aidantes."})
    _post(client, f"{base}3/", {"method": "Une heure par mois."})
    _post(client, f"{base}4/", {"effects": "On se connaît."})
    _post(client, f"{base}5/", {"contact_email": "porteuse@exemple.invalid"})
    assert "Envoyer à l’équipe" in client.get(base).content.decode()
    assert _post(client, base, {}).status_code == 200  # not without an agreement
    assert Proposal.objects.get().state == ProposalState.DRAFT
    answer = _post(client, base, {"agreed": "on"})
    assert (answer.status_code, answer["Location"]) == (302, base)
    assert Proposal.objects.get().state == ProposalState.SENT
    assert "bien arrivé" in client.get(base).content.decode()
    mail = Message.objects.get()
    assert mail.to == "porteuse@exemple.invalid"
    # Its link leads back, to follow the answer or to withdraw.
    assert _link_of_last_mail("/experiences/proposer/") == base
    assert "Retirer ma proposition" in client.get(base).content.decode()
    # Sent, it is read only; a second sending changes nothing.
    assert client.get(f"{base}2/")["Location"] == base
    _post(client, base, {"agreed": "on"})
    assert Message.objects.count() == 1


def test_an_unknown_a_withdrawn_and_a_renewed_link_answer_alike(client):
    proposal, secret = data.draft()
    proposals.proposal_send(proposal=proposal, agreed=True)
    proposals.proposal_send_link(proposal=Proposal.objects.get(), actor=None)
    old, unknown = (
        client.get(reverse("resources:proposal", args=[jeton])) for jeton in (secret, random_name())
    )
    assert old.status_code == unknown.status_code == 404
    assert "Ce lien ne s’ouvre plus" in old.content.decode()
    assert client.get("/experiences/proposer/abc/").status_code == 404


def test_a_page_of_a_secret_link_is_told_to_nobody(client):
    _, secret = data.draft()
    answer = client.get(reverse("resources:proposal", args=[secret]))
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"] == "no-store"
    assert 'rel="canonical"' not in answer.content.decode()


def test_the_link_is_sent_to_oneself_without_keeping_the_address(client):
    proposal, secret = data.draft(contact_email="", may_be_contacted=False)
    answer = _post(
        client, reverse("resources:proposal_link", args=[secret]), {"email": "a@exemple.invalid"}
    )
    assert "C’est parti" in answer.content.decode()
    assert _link_of_last_mail("/experiences/proposer/") == reverse(
        "resources:proposal", args=[secret]
    )
    proposal.refresh_from_db()
    assert proposal.contact_email == ""


def test_who_mistyped_their_address_gets_the_link_at_the_right_one(client):
    _, secret = data.draft(title="Gagnez un million")
    page = reverse("resources:proposal_link", args=[secret])
    for address in ("fautive@exemple.invalid", "juste@exemple.invalid", "juste@exemple.invalid"):
        _post(client, page, {"email": address})
    mails = Message.objects.order_by("pk")
    assert [mail.to for mail in mails] == ["fautive@exemple.invalid", "juste@exemple.invalid"]
    for mail in mails:
        # Nothing that a stranger wrote, and no secret that outlives the text.
        assert "million" not in mail.subject + mail.text
        assert secret not in mail.dedupe_key
        assert "exemple" not in mail.dedupe_key


def test_nobody_makes_the_portal_write_to_half_a_town(client):
    answers = []
    for number in range(16):
        _, secret = data.draft(title=f"Récit {number}")
        page = reverse("resources:proposal_link", args=[secret])
        answers.append(client.post(page, {"email": f"p{number}@exemple.invalid"}).status_code)
    assert answers == [200] * 15 + [429]


def test_a_draft_is_withdrawn_by_a_button_and_not_by_its_link(client):
    _, secret = data.draft()
    address = reverse("resources:proposal_withdraw", args=[secret])
    client.get(address)
    assert Proposal.objects.get().state == ProposalState.DRAFT
    _post(client, address, {})
    assert Proposal.objects.get().state == ProposalState.WITHDRAWN


def test_a_reader_reads_marks_once_and_sees_nothing_of_the_other(client):
    proposal = data.sent()
    other = data.asked(proposal, ReaderRole.PROFESSIONAL)
    data.asked(proposal)
    address = _link_of_last_mail("/experiences/lecture/")
    ProposalReading.objects.filter(pk=other.pk).update(
        marks=data.MARKS, words="Un mot secret", sent_at=other.invited_at
    )
    page = client.get(address).content.decode()
    assert "Un mot secret" not in page
    assert "porteuse@exemple.invalid" not in page
    marks = dict.fromkeys(ReadingCriterion.values, "4")
    assert _post(client, address, {**marks, "effects": ""}).status_code == 422
    answer = _post(client, address, {**marks, "effects": "unknown", "words": "Clair."})
    assert answer.status_code == 302
    reading = ProposalReading.objects.get(role=ReaderRole.PATIENT)
    assert reading.marks == {**dict.fromkeys(ReadingCriterion.values, 4), "effects": None}
    assert "Merci" in client.get(address).content.decode()
    assert _post(client, address, marks).status_code == 422


def test_a_reading_closes_with_its_time_and_with_the_decision(client):
    proposal = data.sent()
    data.asked(proposal)
    address = _link_of_last_mail("/experiences/lecture/")
    assert client.get(address).status_code == 200
    proposals.proposal_refuse(proposal=proposal, actor=None, answer="Hors sujet.")
    assert client.get(address).status_code == 404


def test_a_bearer_answers_by_a_button_and_the_sheet_says_it(client):
    proposal = data.published()
    Proposal.objects.filter(pk=proposal.pk).update(published_told_at=None)
    sheet = proposal.resource.get_absolute_url()
    assert "Toujours en cours" not in client.get(sheet).content.decode()
    secret = random_name()
    OngoingQuestion.objects.create(
        proposal=proposal, digest=ongoing.digest(secret, purpose=ongoing.PURPOSE)
    )
    address = reverse("resources:ongoing", args=[secret])
    client.get(address)
    assert OngoingQuestion.objects.get().answer == ""
    assert _post(client, address, {"answer": "yes"}).status_code == 302
    assert OngoingQuestion.objects.get().answer == OngoingAnswer.YES
    assert "Toujours en cours" in client.get(sheet).content.decode()
    _post(client, address, {"answer": "ended", "words": "La salle a fermé."})
    assert "Expérience terminée" in client.get(sheet).content.decode()


def test_a_visitor_writes_to_the_bearer_whose_address_stays_hidden(client):
    proposal = data.published()
    sheet = client.get(proposal.resource.get_absolute_url()).content.decode()
    address = reverse("resources:write_to_bearer", args=[proposal.resource.slug])
    assert address in sheet
    assert "porteuse@exemple.invalid" not in sheet + client.get(address).content.decode()
    fields = {"name": "Visiteuse", "email": "v@exemple.invalid", "message": "Bonjour."}
    assert "est parti" in _post(client, address, fields).content.decode()
    mail = Message.objects.order_by("-pk").first()
    assert mail.to == "porteuse@exemple.invalid"
    assert mail.reply_to == "v@exemple.invalid"
    for _ in range(2):
        _post(client, address, fields)
    assert _post(client, address, fields).status_code == 429


def test_nobody_writes_to_a_bearer_who_did_not_agree(client):
    proposal = data.published(may_be_contacted=False)
    address = reverse("resources:write_to_bearer", args=[proposal.resource.slug])
    assert client.get(address).status_code == 404


@pytest.fixture
def team(client):
    user = person(Role.TEAM)
    sign_in(client, user)
    return user


@pytest.mark.usefixtures("team")
def test_the_team_sees_what_was_sent_and_never_a_draft(client):
    data.draft(title="Un brouillon secret")
    data.sent(title="Une expérience reçue")
    page = client.get("/pilotage/experiences/").content.decode()
    assert "Une expérience reçue" in page
    assert "Un brouillon secret" not in page
    for tab in ("complement", "retenues", "closes", "nul"):
        assert client.get(f"/pilotage/experiences/?etat={tab}").status_code == 200


@pytest.mark.usefixtures("team")
def test_the_team_asks_for_readings_then_keeps_the_experience(client):
    proposal = data.sent()
    page = reverse("resources:team_experience", args=[proposal.public_id])
    wrong = _post(client, f"{page}lecture/", {"role": "patient", "email": "pas une adresse"})
    assert wrong.status_code == 422
    assert "pas une adresse" in wrong.content.decode()
    bearer = _post(client, f"{page}lecture/", {"role": "patient", "email": proposal.contact_email})
    assert bearer.status_code == 422
    assert "raconte l’expérience" in bearer.content.decode()
    _post(client, f"{page}lecture/", {"role": "patient", "email": "p@exemple.invalid"})
    assert Message.objects.order_by("-pk").first().to == "p@exemple.invalid"
    early = client.post(f"{page}retenir/", follow=True).content.decode()
    assert "Il manque une lecture" in early
    data.read(proposal)
    assert "Retenir cette expérience" in client.get(page).content.decode()
    client.post(f"{page}retenir/")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED


@pytest.mark.usefixtures("team")
def test_a_refusal_without_reason_is_refused_and_one_with_a_reason_is_sent(client):
    proposal = data.sent()
    page = reverse("resources:team_experience", args=[proposal.public_id])
    assert _post(client, f"{page}refus/", {"refus-answer": " "}).status_code == 422
    _post(client, f"{page}refus/", {"refus-answer": "Le récit ne dit pas qui a fait quoi."})
    assert "qui a fait quoi" in Message.objects.order_by("-pk").first().text
    assert client.post(f"{page}nul/").status_code == 404


@pytest.mark.usefixtures("team")
def test_the_list_costs_the_same_for_one_and_for_many(client):
    data.sent()
    client.get("/pilotage/experiences/")
    with CaptureQueriesContext(connection) as one:
        client.get("/pilotage/experiences/")
    for _ in range(4):
        data.read(data.sent())
    with CaptureQueriesContext(connection) as many:
        client.get("/pilotage/experiences/")
    assert len(many) == len(one)
