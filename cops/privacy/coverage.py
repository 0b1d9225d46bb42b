"""Which models hold personal data, by their shape; a test compares it with what is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from cops.privacy.declarations import Anonymise, Declaration
from cops.privacy.registry import declaration_of, declarations, exemptions

Model = type[models.Model]


def personal_models() -> set[str]:
    """Models with a link to an account, or to rows of a person, or with an e-mail address."""
    person = apps.get_model(settings.AUTH_USER_MODEL)
    found = {person} | _linked_to(person)
    waiting = {model for model in found if model is not person}
    while waiting:
        # What hangs on a row of the person is theirs too: the leaves of a binder.
        owner = waiting.pop()
        if declaration_of(owner._meta.label) is not None:
            parts = _parts_of(owner) - found
            found |= parts
            waiting |= parts
    found |= {model for model in apps.get_models() if any(_addresses(model))}
    return {model._meta.label for model in found}


def undeclared() -> list[str]:
    """The faults, one line each: models without a decision, columns without a decision."""
    wanted, given = personal_models(), {one.model for one in declarations()}
    faults = [f"{name}: not declared" for name in sorted(wanted - given - set(exemptions()))]
    for one in declarations():
        faults += _faults_of(one)
    return faults


def _faults_of(one: Declaration) -> Iterator[str]:
    try:
        model = apps.get_model(one.model)
    except LookupError:
        yield f"{one.model}: no such model"
        return
    told = {name.partition("__")[0] for name in (*one.fields, *one.withheld)}
    found = {one.person.partition("__")[0], one.address}
    columns = {field.name for field in model._meta.get_fields() if _is_column(field)}
    for name in sorted(columns - told - found):
        yield f"{one.model}.{name}: neither exported nor withheld"
    names = told | (found - {"", "pk"}) | ({one.retention.since} - {""})
    if isinstance(one.erasure, Anonymise):
        names |= set(one.erasure.values)
    for name in sorted(names - {field.name for field in model._meta.get_fields()}):
        yield f"{one.model}.{name}: no such field"


def _is_column(field: Any) -> bool:
    # A generated column repeats the others.
    return (
        isinstance(field, models.Field)
        and bool(field.concrete or field.many_to_many)
        and not field.primary_key
        and not field.generated
    )


def _linked_to(model: Model) -> set[Model]:
    """The models with a link to this one, hidden ones included, and not those made for a M2M."""
    return {relation.related_model for relation in _relations(model)}


def _parts_of(model: Model) -> set[Model]:
    """The models whose rows go with a row of this one."""
    return {
        relation.related_model
        for relation in _relations(model)
        if getattr(relation, "on_delete", None) is models.CASCADE
    }


def _relations(model: Model) -> Iterator[Any]:
    relations: Iterable[Any] = model._meta.get_fields(include_hidden=True)
    for relation in relations:
        backwards = relation.auto_created and not relation.concrete
        if backwards and not relation.related_model._meta.auto_created:
            yield relation


def _addresses(model: Model) -> Iterator[str]:
    for field in model._meta.get_fields():
        if isinstance(field, models.EmailField):
            yield field.name
