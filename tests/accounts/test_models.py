import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from cops.accounts.enums import Role

User = get_user_model()
pytestmark = pytest.mark.django_db

SECRET = "une phrase assez longue"


@pytest.fixture
def member():
    return User.objects.create_user("jeanne@example.org", SECRET)


@pytest.mark.parametrize(
    "typed", ["Jeanne@Example.ORG", " jeanne@example.org ", "JEANNE@EXAMPLE.ORG"]
)
def test_an_address_has_one_spelling(typed):
    user = User.objects.create_user(typed, SECRET)
    assert user.email == "jeanne@example.org"
    assert User.objects.get_by_natural_key(typed) == user


def test_every_way_of_saving_keeps_the_spelling(member):
    member.email = "Jeanne.Martin@Example.org"
    member.save(update_fields=["email"])
    member.refresh_from_db()
    assert member.email == "jeanne.martin@example.org"


@pytest.mark.parametrize("typed", ["jeanne@example.org", "Jeanne@Example.ORG"])
def test_one_signs_in_whatever_the_capitals(member, typed):
    assert authenticate(username=typed, password=SECRET) == member
    assert authenticate(username=typed, password="autre chose") is None


def test_a_closed_account_does_not_sign_in(member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert authenticate(username=member.email, password=SECRET) is None


def test_the_address_is_the_name_and_there_is_no_other(member):
    assert User.USERNAME_FIELD == "email"
    assert User.REQUIRED_FIELDS == []
    assert "username" not in {field.name for field in User._meta.get_fields()}
    assert isinstance(User._meta.pk, models.BigAutoField)
    assert str(member) == "jeanne@example.org"
    member.display_name = "Jeanne M."
    assert str(member) == "Jeanne M."


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_account_without_address_is_refused(empty):
    with pytest.raises(ValueError, match="adresse"):
        User.objects.create_user(empty, SECRET)


@pytest.mark.parametrize(
    ("role", "staff", "superuser"),
    [(Role.MEMBER, False, False), (Role.TEAM, True, False), (Role.ADMINISTRATOR, True, True)],
)
def test_rights_follow_the_role(member, role, staff, superuser):
    member.role = role
    member.save()
    member.refresh_from_db()
    assert (member.is_staff, member.is_superuser) == (staff, superuser)


@pytest.mark.parametrize("fields", [["role"], {"role"}, ["is_superuser"], ["role", "display_name"]])
def test_rights_follow_the_role_when_few_fields_are_saved(member, fields):
    member.role = Role.ADMINISTRATOR
    member.save(update_fields=fields)
    member.refresh_from_db()
    assert (member.role, member.is_superuser) == ("administrator", True)
    member.role = Role.MEMBER
    member.save(update_fields=fields)
    member.refresh_from_db()
    assert (member.role, member.is_superuser) == ("member", False)


def test_nobody_gets_every_right_beside_the_role(member):
    member.is_superuser = True
    member.save()
    member.refresh_from_db()
    assert not member.is_superuser


def test_create_superuser_makes_an_administrator():
    user = User.objects.create_superuser("a@example.org", SECRET)
    assert (user.role, user.is_staff, user.is_superuser) == ("administrator", True, True)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"role": "roi"}, "accounts_user_role_known"),
        ({"is_superuser": True}, "accounts_user_rights_follow_role"),
        ({"role": Role.ADMINISTRATOR}, "accounts_user_rights_follow_role"),
        ({"email": "Jeanne@example.org"}, "accounts_user_email_lowered"),
    ],
)
def test_the_database_refuses_what_bypasses_the_model(member, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        User.objects.filter(pk=member.pk).update(**changes)


def test_two_accounts_cannot_share_an_address(member):
    other = User.objects.create_user("paul@example.org", SECRET)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=other.pk).update(email=member.email)
    with pytest.raises(ValidationError, match="Un compte existe déjà avec cette adresse"):
        User(email="JEANNE@example.org", password="x").full_clean()


def test_a_password_is_kept_as_argon2_in_production(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = User.objects.create_user("b@example.org", SECRET)
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM accounts_user WHERE id = %s", [user.pk])
        assert cursor.fetchone()[0].startswith("argon2$argon2id$")
