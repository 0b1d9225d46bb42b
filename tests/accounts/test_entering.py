"""Opening an account, coming in by code or by password, forgetting one's password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils import timezone

from cops.accounts.models import Consent, User
from cops.mail.models import Message
from tests.accounts.people import PASSWORD, code_sent_to, person

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")
ASK_CODE = reverse("account_request_login_code")
TYPE_CODE = reverse("account_confirm_login_code")
SIGN_UP = reverse("account_signup")
VERIFY = reverse("account_email_verification_sent")
RESET = reverse("account_reset_password")
RESET_CODE = reverse("account_confirm_password_reset_code")
RESET_CHOICE = reverse("account_complete_password_reset")
HOME = reverse("accounts:home")


def signed_in_as(client) -> str:
    """The address of who is signed in, empty for nobody."""
    return getattr(get_user(client), "email", "")


def sign_up(client, email="marie@exemple.fr", **more):
    return client.post(SIGN_UP, {"email": email, "terms": "on", **more})


def test_an_address_and_a_code_open_an_account(visitor):
    answer = sign_up(visitor, "Marie@Exemple.fr")
    assert (answer.status_code, answer["Location"]) == (302, VERIFY)
    assert signed_in_as(visitor) == ""
    answer = visitor.post(VERIFY, {"code": code_sent_to("marie@exemple.fr")})
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    assert signed_in_as(visitor) == "marie@exemple.fr"
    user = User.objects.get()
    assert (user.role, user.has_usable_password()) == ("member", False)
    assert EmailAddress.objects.get().verified
    assert [consent.purpose for consent in Consent.objects.all()] == ["terms"]


def test_a_password_may_be_chosen_at_once(visitor):
    sign_up(visitor, password1=PASSWORD)
    visitor.post(VERIFY, {"code": code_sent_to("marie@exemple.fr")})
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "", "terms": "on"}, "Ce champ est à remplir."),
        ({"email": "marie", "terms": "on"}, "Cette adresse n’est pas complète."),
        ({"email": "marie@exemple.fr"}, "Pour ouvrir un compte, cochez cette case."),
        ({"email": "m@exemple.fr", "terms": "on", "password1": "court"}, "12 caractères"),
        ({"email": "m" * 250 + "@exemple.fr", "terms": "on"}, "254 caractères"),
        ({"email": "a\x00b@exemple.fr", "terms": "on"}, "Rien n’est perdu"),
    ],
)
def test_a_sign_up_in_error_says_what_and_makes_nothing(visitor, data, words):
    answer = visitor.post(SIGN_UP, data)
    assert answer.status_code == 200
    assert words in answer.text
    assert "<title>Erreur — Ouvrir un compte — COPS</title>" in answer.text
    assert not User.objects.exists()
    assert not Message.objects.exists()


def test_a_robot_that_fills_the_hidden_field_is_answered_as_anybody(visitor):
    answer = sign_up(visitor, **{"site-web": "https://spam.example"})
    assert (answer.status_code, answer["Location"]) == (302, VERIFY)
    assert not User.objects.exists()
    assert not Message.objects.exists()


def test_a_double_sending_of_the_sign_up_makes_one_account(visitor):
    assert [sign_up(visitor)["Location"] for _ in range(2)] == [VERIFY, VERIFY]
    assert User.objects.count() == 1


def test_a_code_lets_in_and_goes_on_to_the_page_asked_for(visitor):
    user = person(password=None)
    visitor.post(ASK_CODE, {"email": user.email.upper(), "next": "/compte/sessions/"})
    code = code_sent_to(user.email)
    answer = visitor.post(TYPE_CODE, {"code": code, "next": "/compte/sessions/"})
    after = "/compte/conditions/?next=%2Fcompte%2Fsessions%2F"  # the terms, on the way
    assert (answer.status_code, answer["Location"]) == (302, after)
    assert signed_in_as(visitor) == user.email


def test_a_code_is_read_as_people_type_it(visitor):
    user = person()
    visitor.post(ASK_CODE, {"email": user.email})
    typed = " " + code_sent_to(user.email).lower().replace("-", "") + " "
    assert visitor.post(TYPE_CODE, {"code": typed}).status_code == 302
    assert signed_in_as(visitor) == user.email


def test_a_code_serves_once(visitor, client):
    user = person()
    visitor.post(ASK_CODE, {"email": user.email})
    code = code_sent_to(user.email)
    cookies = visitor.cookies.copy()
    visitor.post(TYPE_CODE, {"code": code})
    client.cookies = cookies
    assert client.post(TYPE_CODE, {"code": code})["Location"] == ASK_CODE
    assert signed_in_as(client) == ""


def test_a_code_of_ten_minutes_ago_is_worth_nothing(visitor, time_machine):
    user = person()
    visitor.post(ASK_CODE, {"email": user.email})
    code = code_sent_to(user.email)
    time_machine.move_to(timezone.now() + timedelta(seconds=601))
    assert visitor.post(TYPE_CODE, {"code": code})["Location"] == ASK_CODE
    assert signed_in_as(visitor) == ""


def test_a_code_tried_twenty_times_is_forgotten_after_three(visitor):
    user = person()
    visitor.post(ASK_CODE, {"email": user.email})
    code = code_sent_to(user.email)
    answers = [visitor.post(TYPE_CODE, {"code": "BBBB-BBBB"}) for _ in range(20)]
    assert [answer.status_code for answer in answers[:3]] == [200, 200, 302]
    assert {answer["Location"] for answer in answers[2:]} == {ASK_CODE}
    visitor.post(TYPE_CODE, {"code": code})
    assert signed_in_as(visitor) == ""
    assert "Trop d’essais" in visitor.get(ASK_CODE).text


def test_a_wrong_code_keeps_the_page_and_says_what_to_do(visitor):
    user = person()
    visitor.post(ASK_CODE, {"email": user.email})
    page = visitor.post(TYPE_CODE, {"code": "BBBB-BBBB"}).text
    assert "Ce n’est pas le bon code" in page
    assert 'value="BBBB-BBBB"' in page
    assert 'aria-invalid="true"' in page


def test_another_code_is_sent_twice_and_the_last_one_is_good(visitor, time_machine):
    user = person()
    visitor.post(ASK_CODE, {"email": user.email})
    first = code_sent_to(user.email)
    for _ in range(3):
        time_machine.move_to(timezone.now() + timedelta(seconds=30))
        visitor.post(TYPE_CODE, {"action": "resend"})
    assert Message.objects.filter(to=user.email).count() == 3
    last = code_sent_to(user.email)
    assert first != last
    visitor.post(TYPE_CODE, {"code": last})
    assert signed_in_as(visitor) == user.email


def test_the_password_lets_in(visitor):
    user = person()
    answer = visitor.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert signed_in_as(visitor) == user.email


def test_an_account_made_by_hand_verifies_its_address_at_its_first_sign_in(visitor):
    User.objects.create_user("paul@exemple.fr", PASSWORD)
    answer = visitor.post(LOGIN, {"login": "paul@exemple.fr", "password": PASSWORD})
    assert answer["Location"] == VERIFY
    assert signed_in_as(visitor) == ""
    visitor.post(VERIFY, {"code": code_sent_to("paul@exemple.fr")})
    assert signed_in_as(visitor) == "paul@exemple.fr"


def test_a_forgotten_password_is_chosen_again_with_a_code(visitor):
    user = person()
    assert visitor.post(RESET, {"email": user.email})["Location"] == RESET_CODE
    answer = visitor.post(RESET_CODE, {"code": code_sent_to(user.email)})
    assert answer["Location"] == RESET_CHOICE
    answer = visitor.post(RESET_CHOICE, {"password1": "une tout autre phrase"})
    assert answer["Location"] == reverse("account_password_reset_completed")
    user.refresh_from_db()
    assert user.check_password("une tout autre phrase")
    assert signed_in_as(visitor) == ""


def test_a_closed_account_comes_in_by_no_door(visitor):
    user = person(is_active=False)
    visitor.post(LOGIN, {"login": user.email, "password": PASSWORD})
    visitor.post(ASK_CODE, {"email": user.email})
    visitor.post(RESET, {"email": user.email})
    assert signed_in_as(visitor) == ""
    assert not Message.objects.exists()


def test_a_deleted_account_that_comes_back_begins_anew(visitor):
    user = person(display_name="Marie")
    number = user.pk
    visitor.post(ASK_CODE, {"email": user.email})
    code = code_sent_to(user.email)
    user.delete()
    assert visitor.post(TYPE_CODE, {"code": code})["Location"] == LOGIN
    assert "n’est plus valable" in visitor.get(LOGIN).text
    email = user.email
    sign_up(visitor, email)
    visitor.post(VERIFY, {"code": code_sent_to(email)})
    back = User.objects.get(email=email)
    assert back.pk != number
    assert back.display_name == ""


def test_a_session_deleted_under_ones_feet_leads_to_the_door(visitor):
    from django.contrib.sessions.models import Session

    user = person()
    visitor.post(LOGIN, {"login": user.email, "password": PASSWORD})
    Session.objects.all().delete()
    answer = visitor.post(reverse("accounts:name"), {"display_name": "Marie"})
    assert (answer.status_code, answer["Location"]) == (302, f"{LOGIN}?next=/compte/nom/")


def test_an_account_deleted_between_two_steps_is_never_a_fault(visitor):
    user = person()
    visitor.post(RESET, {"email": user.email})
    code = code_sent_to(user.email)
    user.delete()
    assert visitor.post(RESET_CODE, {"code": code})["Location"] == LOGIN
    sign_up(visitor, "paul@exemple.fr")
    code = code_sent_to("paul@exemple.fr")
    User.objects.all().delete()
    assert visitor.post(VERIFY, {"code": code})["Location"] == LOGIN
