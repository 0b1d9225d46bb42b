from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from cops.accounts.enums import Role
from cops.accounts.models import User

pytestmark = pytest.mark.django_db

LINES = """\
Comptes de démonstration (mot de passe : partenaires-de-demonstration)
  admin@demo.invalid   Administrateur
  team@demo.invalid    Équipe COPS
  member@demo.invalid  Membre
Les deux premiers demandent un code en plus, affiché ici : \
http://localhost:8000/compte/demonstration/
"""


def run() -> str:
    output = io.StringIO()
    call_command("demonstration_accounts", stdout=output)
    return output.getvalue()


def test_accounts_are_made_once_and_told_each_time():
    assert [run(), run()] == [LINES, LINES]
    assert list(User.objects.values_list("email", "role").order_by("pk")) == [
        ("admin@demo.invalid", Role.ADMINISTRATOR),
        ("team@demo.invalid", Role.TEAM),
        ("member@demo.invalid", Role.MEMBER),
    ]
    assert all(user.check_password("partenaires-de-demonstration") for user in User.objects.all())


def test_what_was_changed_is_kept():
    run()
    team = User.objects.get(email="team@demo.invalid")
    team.set_password("une autre phrase bien longue")
    team.save()

    assert run() == LINES.replace("Équipe COPS", "Équipe COPS, mot de passe changé depuis")


def test_production_has_none(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="n’existent que dans la démonstration"):
        run()
    assert not User.objects.exists()
