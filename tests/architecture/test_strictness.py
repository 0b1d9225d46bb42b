"""The suite itself: what it promises to notice, it notices."""

from __future__ import annotations

import socket
import warnings
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Origin, Template, engines

from tests.strictness import UndefinedVariable


def rendered(source: str, folder: Path, **context: object) -> str:
    origin = Origin(name=str(folder / "page.html"))
    return Template(source, origin, engine=engines["django"].engine).render(Context(context))


OURS = settings.ROOT / "templates" / "resources"
THEIRS = settings.ROOT / "var" / "venv" / "admin"


@pytest.mark.parametrize("source", ["{{ titel }}", "{{ page.titel }}", "{{ titel|upper }}"])
def test_misspelt_name_in_our_template_fails(source: str):
    with pytest.raises(UndefinedVariable, match=r"titel"):
        rendered(source, OURS, page=object())


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ given|default:'none' }}", "none"),
        ("{{ given|default:other|upper }}", "OTHER"),
        ("{% if given %}yes{% else %}no{% endif %}", "no"),
        ("{% for one in given %}{{ one }}{% empty %}empty{% endfor %}", "empty"),
    ],
)
def test_optional_value_is_written_as_in_django(source: str, text: str):
    assert rendered(source, OURS, other="other") == text


def test_templates_of_packages_are_left_alone():
    assert rendered("[{{ titel }}]", THEIRS) == "[]"


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_nothing_outside_can_be_reached(address: tuple[str, int]):
    with pytest.raises(AssertionError, match="only loopback is allowed"):
        socket.create_connection(address, timeout=1)


def test_warnings_are_errors():
    with pytest.raises(RuntimeWarning):
        warnings.warn("a naive datetime", RuntimeWarning, stacklevel=1)
