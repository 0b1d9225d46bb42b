"""What holds personal data is declared, and what is declared is true of the models."""

from __future__ import annotations

import pytest
from django.apps import apps

from cops.privacy import DELETE, Anonymise, Basis, Retention, declare, exempt, registry
from cops.privacy.coverage import personal_models, undeclared


@pytest.fixture
def register(monkeypatch):
    """The registry of the portal, which the test may change."""
    monkeypatch.setattr(registry, "_declarations", dict(registry._declarations))
    monkeypatch.setattr(registry, "_exempt", dict(registry._exempt))
    return registry._declarations


def _declare(model="exports.Export", **changes):
    words = {"title": "Titre", "people": "Des gens", "purpose": "Un but"}
    rest = {
        "basis": Basis.CONTRACT,
        "retention": Retention("Un an."),
        "erasure": DELETE,
        "person": "owner",
    }
    declare(model, **words | rest | changes)


def test_what_narrows_the_person_needs_one(register):
    del register["exports.Export"]
    with pytest.raises(ValueError, match="where"):
        _declare(person="", nobody="Personne", where={"state": "done"})


def test_every_model_with_a_person_or_an_address_is_declared_column_by_column():
    assert undeclared() == []


@pytest.mark.parametrize(
    "model",
    ["accounts.User", "exports.Export", "mail.Message", "account.EmailConfirmation"],
    ids=["the person", "a link", "a link without name and an address", "rows of a person's row"],
)
def test_an_undeclared_model_is_noticed(register, model):
    del register[model]
    assert f"{model}: not declared" in undeclared()


def test_a_link_without_reverse_name_is_noticed():
    assert "audit.Entry" in personal_models()


def test_an_address_without_account_is_noticed(register):
    assert "pages.Organisation" in personal_models()
    del registry._exempt["pages.Organisation"]
    assert undeclared() == ["pages.Organisation: not declared"]


def test_a_new_column_is_noticed(register):
    known = register.pop("exports.Export")
    _declare(fields={"kind": "genre"}, withheld=dict(known.withheld))
    faults = undeclared()
    assert "exports.Export.state: neither exported nor withheld" in faults
    assert "exports.Export.owner: neither exported nor withheld" not in faults


@pytest.mark.parametrize(
    "changes",
    [
        {"fields": {"colour": "couleur"}},
        {"withheld": {"colour": "couleur"}},
        {"erasure": Anonymise("sans vous", colour=None)},
        {"retention": Retention("Un an.", days=365, since="colour")},
        {"person": "colour__user"},
    ],
    ids=["exported", "withheld", "emptied", "counted from", "person"],
)
def test_a_name_that_is_no_column_is_noticed(register, changes):
    del register["exports.Export"]
    _declare(**changes)
    assert "exports.Export.colour: no such field" in undeclared()


def test_a_model_that_is_gone_is_noticed(register):
    _declare("exports.Nothing")
    assert "exports.Nothing: no such model" in undeclared()


def test_a_model_is_declared_once(register):
    with pytest.raises(ValueError, match="declared already"):
        _declare()


@pytest.mark.parametrize(
    "changes",
    [{"title": " "}, {"people": ""}, {"purpose": ""}, {"person": ""}],
    ids=["title", "people", "purpose", "nobody"],
)
def test_a_declaration_that_says_too_little_is_refused(register, changes):
    with pytest.raises(ValueError, match=r"empty|who"):
        _declare("exports.Other", **changes)


def test_an_exemption_says_why(register):
    with pytest.raises(ValueError, match="why"):
        exempt("pages.Organisation", "")


@pytest.mark.parametrize(
    "arguments",
    [{"days": 3}, {"since": "at"}, {"days": 3, "since": "at", "purge": lambda limit: 0}],
)
def test_a_retention_is_counted_in_one_way(arguments):
    with pytest.raises(ValueError, match=r"together|either"):
        Retention("Trois jours.", **arguments)


def test_nothing_is_emptied_by_an_anonymisation_without_values():
    with pytest.raises(ValueError, match="emptied"):
        Anonymise("sans vous")


def test_every_declaration_speaks_french_and_ends_its_sentences():
    for one in registry.declarations():
        assert one.retention.words.endswith("."), one.model
        assert one.erasure.words.endswith("."), one.model
        apps.get_model(one.model)
