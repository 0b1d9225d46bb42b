"""Wherever an address is typed: one that no column could hold is told, and is no fault."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from django import forms
from django.conf import settings
from django.db.models import EmailField

from cops.accounts.forms.words import Words
from cops.mail.models import Message

OURS = ("cops.", "resources.", "selfassess.", "workshops.", "directory.", "barometer.")


def _all(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for one in kind.__subclasses__():
        yield one
        yield from _all(one)


def test_no_form_takes_an_address_longer_than_the_outbox_holds():
    import_module(settings.ROOT_URLCONF)
    column = Message._meta.get_field("to")
    assert isinstance(column, EmailField)
    found = {
        f"{form.__module__}.{form.__name__}.{name}": field.max_length
        for form in _all(forms.BaseForm)
        if form.__module__.startswith(OURS) and not issubclass(form, Words)  # it limits its own
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.EmailField)
    }
    assert len(found) > 5
    assert {name for name, most in found.items() if most > column.max_length} == set()
