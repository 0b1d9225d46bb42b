"""Coming in with an identity from elsewhere: only what the provider signed, and no take-over."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.urls import reverse

from cops.accounts.models import User
from cops.mail.models import Message
from cops.settings import identity
from tests.accounts.people import person, sign_in
from tests.accounts.provider import CLIENT, SECRET, running

pytestmark = pytest.mark.django_db

LEAVE = reverse("identity_login", args=["proconnect"])
BACK = reverse("identity_callback", args=["proconnect"])
SIGN_UP = reverse("socialaccount_signup")
FAILED = "La connexion n’a pas abouti"


@pytest.fixture(params=["RS256", "ES256"])
def provider(request, settings):
    with running(request.param) as found:
        host = found.origin.removeprefix("http://")
        url = f"http://{CLIENT}:{quote(SECRET)}@{host}"
        known = replace(identity.PROCONNECT)
        settings.SOCIALACCOUNT_PROVIDERS = identity.providers([identity.identity_of(url, known)])
        yield found


def travel(client, provider):
    """Leaves for the provider, and comes back: the answer of our page."""
    answer = client.post(LEAVE)
    assert answer.status_code == 302
    there = urlsplit(answer["Location"])
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{provider.origin}/authorize"
    back = urlsplit(provider.authorize(there.query))
    assert back.path == BACK
    return client.get(f"{back.path}?{back.query}")


def test_the_door_names_the_provider_and_the_way_there(client, provider):
    assert "ProConnect" in client.get(reverse("account_login")).text
    assert "Continuer avec ProConnect" in client.get(LEAVE).text
    travel(client, provider)
    scope = set(provider.asked["scope"][0].split())
    assert scope == {"openid", "given_name", "usual_name", "email"}
    assert provider.asked["acr_values"] == ["eidas1"]
    assert len(provider.asked["nonce"][0]) >= 22
    assert provider.asked["code_challenge_method"] == ["S256"]


def test_a_new_person_accepts_the_terms_and_is_in(client, provider):
    assert travel(client, provider)["Location"] == SIGN_UP
    page = client.get(SIGN_UP).text
    assert 'value="agent@exemple.fr"' in page
    assert "cochez cette case" in client.post(SIGN_UP, {"email": "agent@exemple.fr"}).text
    client.post(SIGN_UP, {"email": "agent@exemple.fr", "terms": "on"})
    user = User.objects.get()
    assert get_user(client) == user
    assert (user.display_name, user.has_usable_password()) == ("Marie Durand", False)
    kept = SocialAccount.objects.get().extra_data["userinfo"]
    assert "secret_of_no_use" not in kept
    assert not user.socialaccount_set.filter(socialtoken__isnull=False).exists()


def test_one_comes_back_at_once(client, provider):
    user = person()
    SocialAccount.objects.create(user=user, provider="proconnect", uid="agent-1")
    assert travel(client, provider).status_code == 302
    assert get_user(client) == user


@pytest.mark.parametrize("verified", [True, False])
def test_an_account_is_never_taken_over_by_an_address(client, provider, verified):
    victim = person(email="agent@exemple.fr")
    provider.told["email_verified"] = verified
    travel(client, provider)
    client.post(SIGN_UP, {"email": "agent@exemple.fr", "terms": "on"})
    assert not get_user(client).is_authenticated
    assert not SocialAccount.objects.exists()
    assert [mail.subject for mail in Message.objects.filter(to=victim.email)] == [
        "Vous avez déjà un compte"
    ]


def test_an_unverified_address_is_verified_by_code(client, provider):
    provider.told["email_verified"] = False
    travel(client, provider)
    answer = client.post(SIGN_UP, {"email": "agent@exemple.fr", "terms": "on"})
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not get_user(client).is_authenticated
    assert not EmailAddress.objects.get().verified


def wrong_signature(provider):
    from tests.accounts.provider import _new_key

    provider.signs_with = _new_key(provider.algorithm)


def another_audience(provider):
    provider.audience = "un autre site"


def unsigned(provider):
    provider.signed_userinfo = False


def two_persons(provider):
    signed = provider.signed
    provider.signed = lambda claims: signed(
        claims | ({"sub": "agent-2"} if "nonce" in claims else {})
    )


def another_nonce(provider):
    authorize = provider.authorize

    def forge(query):
        address = authorize(query)
        provider.nonces = dict.fromkeys(provider.nonces, "celle d’un autre")
        return address

    provider.authorize = forge


@pytest.mark.parametrize(
    "fault", [wrong_signature, another_audience, unsigned, two_persons, another_nonce]
)
def test_what_is_not_signed_for_us_is_not_believed(visitor, provider, fault):
    user = person()
    SocialAccount.objects.create(user=user, provider="proconnect", uid="agent-1")
    fault(provider)
    answer = travel(visitor, provider)
    assert FAILED in answer.text
    assert not get_user(visitor).is_authenticated


def test_a_return_without_a_departure_is_refused_in_words(visitor, provider):
    answer = visitor.get(f"{BACK}?code=x&state=y")
    assert FAILED in answer.text
    assert '<html lang="fr">' in answer.text


def test_a_provider_that_does_not_answer_is_no_fault(visitor, provider, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["identity"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = visitor.post(LEAVE)
    assert answer.status_code == 503
    assert FAILED in answer.text


def test_an_identity_is_tied_to_an_account_from_the_inside(client, provider):
    user = person()
    sign_in(client, user)
    answer = client.post(f"{LEAVE}?process=connect")
    there = urlsplit(answer["Location"])
    back = urlsplit(provider.authorize(there.query))
    client.get(f"{back.path}?{back.query}")
    assert SocialAccount.objects.get().user == user
    page = client.get(reverse("socialaccount_connections")).text
    assert "Retirer" in page
    client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_a_variable_makes_the_entry_and_the_policy():
    found = identity.identity(
        "https://le%20client:le%2Fsecret@auth.example.org/realms/x?page=https://entree.example.org",
        identity.PRO_SANTE_CONNECT,
    )
    assert found.app["client_id"] == "le client"
    assert found.app["secret"] == "le/secret"
    assert found.app["settings"]["server_url"] == "https://auth.example.org/realms/x"
    policy = identity.with_origins({"DIRECTIVES": {"form-action": ["'self'"]}}, [found])
    assert policy["DIRECTIVES"]["form-action"] == [
        "'self'",
        "https://auth.example.org",
        "https://entree.example.org",
    ]
    assert identity.providers([]) == {}


@pytest.mark.parametrize("value", ["http://a:b@c.org", "https://c.org", "https://a@c.org", "x"])
def test_a_wrong_variable_says_so(value):
    with pytest.raises(ValueError, match="https://client:secret@"):
        identity.identity(value, identity.PROCONNECT)
