"""A password: long, and not what anybody would try first. No rule of composition."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from cops.accounts.models import User


@pytest.mark.parametrize(
    "password",
    [
        "court-mais-1",
        "123456789012",
        "1234567890123456",
        "passwordpassword",
        "Partenariat-Sante-2026!",
        "motdepasse-cops-1",
        "Bonjour-Bienvenue",
        "marie.durand@exemple.fr",
    ],
)
def test_what_is_guessed_first_is_refused(password):
    if password == "court-mais-1":
        password = password[:11]
    with pytest.raises(ValidationError):
        validate_password(password, User(email="marie.durand@exemple.fr"))


@pytest.mark.parametrize(
    "password",
    [
        "quatre mots sans rapport",
        "velo orange tambour",
        "aaaa bbbb cccc dddd eeee ffff",
        "le patient aime le tambour orange",
        "Ω-ñ-ж-漢字-très-long",
    ],
)
def test_a_long_sentence_is_enough(password):
    validate_password(password, User(email="marie.durand@exemple.fr"))
