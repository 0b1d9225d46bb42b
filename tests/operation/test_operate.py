"""The operator's page says what is: commands, addresses, alarms, variables, services."""

from __future__ import annotations

import re

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.urls import resolve

from cops.operation import alarms

TEXT = (settings.ROOT / "docs" / "operate.md").read_text()


def test_every_command_exists():
    told = set(re.findall(r"manage\.py (\w+)", TEXT)) | {"reencrypt_seeds"}
    assert told >= {"load_content", "create_administrator", "after_restore"}
    assert told - set(get_commands()) == set()


def test_every_make_target_exists():
    makefile = (settings.ROOT / "Makefile").read_text()
    for name in set(re.findall(r"`make (\w+)", TEXT)):
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), name


@pytest.mark.parametrize(
    "address", sorted(set(re.findall(r"`(/[a-z/-]+)`", TEXT)) - {"/pilotage/"})
)
def test_every_address_leads_somewhere(address):
    if not address.startswith("/data"):
        assert resolve(address)


def test_the_addresses_of_identity_providers_lead_back():
    found = re.findall(r"https://votre-domaine(/compte/[^`]+)`", TEXT)
    assert found
    for address in found:
        assert resolve(address)


def test_every_alarm_is_explained():
    for rule in alarms.RULES:
        assert f"| `{rule.key}` |" in TEXT, rule.key


def test_every_variable_is_one_of_the_example():
    example = set(
        re.findall(
            r"^#?([A-Z][A-Z0-9_]+)=", (settings.ROOT / ".env.example").read_text(), re.MULTILINE
        )
    )
    told = set(re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=\w+)?`", TEXT))
    assert told - example - {"REMAP_SIGTERM"} == set()
    assert len(told) > 15


def test_every_service_is_in_the_table():
    compose = yaml.safe_load((settings.ROOT / "docker-compose.yml").read_text())
    table = TEXT.split("## Ce qui tourne")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == set(compose["services"])


def test_every_link_of_the_page_leads_to_a_chapter():
    titles = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    links = set(re.findall(r"\]\(#([^)]+)\)", TEXT))
    assert links - anchors == set()


def test_every_file_exists():
    for name in set(re.findall(r"`((?:tests|docs|deploy|requirements)/[\w/.-]+)`", TEXT)):
        assert (settings.ROOT / name).exists(), name
