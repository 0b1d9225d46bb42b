"""The files that run the portal in containers, read as the programs that use them would."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from importlib import resources

import jsonschema
import pytest
import yaml
from django.conf import settings

from cops.embedded.parts import portal_parts

ROOT = settings.ROOT
PORTAL = {"prepare", "web", "worker", "courier", "beat"}
SERVICES = {*PORTAL, "caddy", "postgres", "redis", "backup"}
# Given by docker-compose.yml itself: who fills .env need not know where a volume is.
FIXED = {"DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "MAINTENANCE_FILE", "BACKUP_FOLDER",
         "ERASURE_JOURNAL", "TRUSTED_PROXY"}  # fmt: skip


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


@pytest.fixture(scope="module")
def read_by_the_portal():
    """The variables that the settings of production ask for, whatever they hold."""
    code = "from cops.settings import prod; print('\\n'.join(prod.env.names))"
    from tests.settings.test_production import VARIABLES

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "MEDIA_ROOT": "/data/media", **VARIABLES},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    base = {
        name
        for path in (ROOT / "cops" / "settings").glob("*.py")
        if path.stem not in {"dev", "test"}
        for name in re.findall(r"os\.environ(?:\.get\(|\[)\"(\w+)\"", path.read_text())
    }
    return {*done.stdout.split(), *base}


@pytest.fixture(scope="module")
def explained():
    """The names of .env.example, each with whether it is filled in by whoever deploys."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    found = {}
    for number, line in enumerate(lines):
        if match := re.fullmatch(r"(#?)([A-Z][A-Z0-9_]*)=(.*)", line):
            assert match[2] not in found, match[2]
            above = next(
                text for text in reversed(lines[:number])
                if not re.fullmatch(r"#?[A-Z][A-Z0-9_]*=.*", text)
            )  # fmt: skip
            found[match[2]] = (match[1] == "", match[3], above)
    return found


# --- The Compose file


def test_it_follows_the_schema_of_compose_files(compose):
    folder = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema = json.loads((folder / "compose-spec.json").read_text())
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    faults = [
        f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(compose)
    ]
    assert faults == []
    assert list(validator(schema).iter_errors({"services": {"web": {"imagee": "x"}}}))


def test_every_part_is_there(services):
    assert set(services) == SERVICES


def test_images_are_pinned_by_version(services):
    for name in SERVICES - PORTAL:
        assert re.search(r":\d+\.\d+(\.\d+)?-\w+$", services[name]["image"]), name
    assert services["backup"]["image"] == services["postgres"]["image"]


def test_the_server_is_the_one_the_tests_run_on(services):
    from cops.embedded import binaries

    told = subprocess.run(
        [binaries.postgres_folder() / "postgres", "--version"], capture_output=True, text=True
    ).stdout
    major = re.search(r"\d+", told)
    assert major is not None
    assert services["postgres"]["image"].startswith(f"postgres:{major[0]}.")


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_can_do_little_and_writes_where_it_must(services, name):
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("privileged") is None
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "caddy" else [])
    assert service["logging"]["options"]["max-size"] == "10m"
    for volume in service.get("volumes", []):
        if volume.startswith("./"):
            assert volume.endswith(":ro"), volume
            assert (ROOT / volume.split(":")[0]).exists(), volume


def test_only_the_front_door_is_open(services, compose):
    assert [name for name in SERVICES if services[name].get("ports")] == ["caddy"]
    assert compose["networks"]["inside"]["internal"] is True
    assert set(services["caddy"]["networks"]) & {"inside"} == set()
    assert services["postgres"]["networks"] == services["redis"]["networks"] == ["inside"]


def test_nobody_runs_as_root_but_the_front_door(services):
    assert services["postgres"]["user"] == "postgres"
    assert services["redis"]["user"] == "redis"
    assert services["backup"]["user"] == "10001:10001"
    for name in PORTAL:
        assert "user" not in services[name]  # that of the image, see the Dockerfile


def test_each_waits_for_what_it_needs(services):
    needs = {
        name: {
            other: how["condition"] for other, how in services[name].get("depends_on", {}).items()
        }
        for name in SERVICES
    }
    assert needs["caddy"] == {"web": "service_healthy"}
    assert needs["prepare"] == {"postgres": "service_healthy"}
    for name in ("web", "worker", "courier", "beat", "backup"):
        assert needs[name]["prepare"] == "service_completed_successfully"
    assert services["prepare"]["restart"] == "no"
    watched = SERVICES - {"prepare", "backup"}
    assert all("test" in services[name]["healthcheck"] for name in watched)


def test_the_queue_keeps_what_it_accepted(services):
    words = services["redis"]["command"]
    told = dict(itertools.pairwise(words))
    assert told["--appendonly"] == "yes"
    assert told["--appendfsync"] == "everysec"
    assert told["--maxmemory-policy"] == "noeviction"


def test_a_worker_told_to_stop_gives_its_task_back_within_its_grace(services):
    from cops.settings import base

    worker = services["worker"]
    assert worker["environment"]["REMAP_SIGTERM"] == "SIGQUIT"
    assert int(worker["stop_grace_period"].rstrip("s")) > base.CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT


def test_no_secret_is_written_down(compose):
    text = (ROOT / "docker-compose.yml").read_text()
    for name in (
        "POSTGRES_PASSWORD",
        "POSTGRES_ADMIN_PASSWORD",
        "REDIS_PASSWORD",
        "BACKUP_PASSPHRASE",
    ):
        assert re.search(rf"\$\{{{name}:\?[^}}]+\}}", text), name
        assert not re.search(rf"\$\{{{name}:?-", text), name


def test_the_portal_gets_its_own_variables_and_no_other_secret(services, read_by_the_portal):
    for name in PORTAL:
        given = set(services[name]["environment"])
        assert given - {"REMAP_SIGTERM", "WEB_CONCURRENCY"} == read_by_the_portal - {
            "RELEASE", "COPS_VAR",  # in the image
        }  # fmt: skip


# --- .env.example


def test_the_example_explains_every_variable_and_no_other(explained, read_by_the_portal, compose):
    text = (ROOT / "docker-compose.yml").read_text()
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", text))
    assert set(explained) == read_by_the_portal | asked


def test_each_variable_has_words_above_it(explained):
    for name, (_, _, above) in explained.items():
        assert re.match(r"# .{12}", above), name


def test_what_the_portal_cannot_do_without_is_to_be_filled_in(explained):
    filled = {name for name, (active, _, _) in explained.items() if active}
    text = (ROOT / "docker-compose.yml").read_text()
    needed = {"SECRET_KEY", "ALLOWED_HOSTS", "SITE_ORIGIN", "EMAIL_URL", "EMAIL_FROM"}
    assert filled == needed | set(re.findall(r"\$\{(\w+):\?", text))


def test_no_secret_of_the_example_could_stay(explained):
    for name, (_, value, _) in explained.items():
        if name.endswith(("_KEY", "_PASSWORD", "_PASSPHRASE", "_TOKEN")):
            assert value == "", name


def test_the_example_is_ignored_by_nobody_and_the_real_one_by_git():
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert ".env" in ignored


# --- The image


@pytest.fixture(scope="module")
def dockerfile():
    """Instructions as ``(NAME, arguments)``, comments out, lines joined."""
    text = (ROOT / "Dockerfile").read_text()
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [
        (line.split(None, 1)[0], line.split(None, 1)[1].strip())
        for line in joined.splitlines()
        if line.strip()
    ]


def of(dockerfile, name):
    return [arguments for instruction, arguments in dockerfile if instruction == name]


def test_the_image_is_made_in_two_stages_from_pinned_ones(dockerfile):
    stages = of(dockerfile, "FROM")
    assert len(stages) == 2
    for stage in stages:
        assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+ AS \w+", stage)
    assert stages[0].split()[0] == stages[1].split()[0]


def test_the_image_has_the_python_of_the_tests(dockerfile):
    version = re.search(r"python:(\d+)\.(\d+)", of(dockerfile, "FROM")[0])
    assert version is not None
    locked = re.search(r"--python-version ([\d.]+)", (ROOT / "Makefile").read_text())
    assert locked is not None
    assert f"{version[1]}.{version[2]}" == locked[1]


def test_packages_are_wheels_with_their_hashes(dockerfile):
    [line] = [line for line in of(dockerfile, "RUN") if "pip install" in line]
    assert "--require-hashes" in line
    assert "--only-binary=:all:" in line


def test_the_portal_is_nobody_in_particular(dockerfile):
    assert of(dockerfile, "USER") == ["10001:10001"]
    after = [name for name, _ in dockerfile[dockerfile.index(("USER", "10001:10001")) :]]
    assert "RUN" not in after
    assert "COPY" not in after
    assert "ADD" not in [name for name, _ in dockerfile]


def test_its_health_is_checked_by_what_is_in_it(dockerfile):
    [line] = of(dockerfile, "HEALTHCHECK")
    assert '["python", "-m", "cops.operation.probe", "alive"]' in line


def test_no_secret_enters_it(dockerfile):
    given = " ".join(of(dockerfile, "ENV") + of(dockerfile, "ARG"))
    assert not re.search(r"SECRET|PASSWORD|TOKEN|DSN|KEY=", given)
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in ignored if line and not line.startswith("#")]
    assert rules[0] == "*"  # nothing but what is named
    copied = {word for line in of(dockerfile, "COPY") for word in line.split()[:-1]}
    wanted = {word.removeprefix("./") for word in copied if not word.startswith(("--", "/"))}
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == wanted
    for name in wanted:
        assert (ROOT / name).exists(), name


def test_every_app_of_ours_is_in_it(dockerfile):
    copied = {line.split()[0] for line in of(dockerfile, "COPY")}
    ours = {app.split(".")[0] for app in settings.INSTALLED_APPS}
    ours = {name for name in ours if (ROOT / name).is_dir()}
    assert ours >= {"cops", "resources"}
    assert ours <= copied
    [line] = [line for line in of(dockerfile, "RUN") if "compileall" in line]
    assert ours <= set(line.split())


def test_pango_and_its_fonts_are_there(dockerfile):
    from cops.embedded.system import PANGO

    [line] = [line for line in of(dockerfile, "RUN") if "apt-get install" in line]
    assert {*PANGO.values(), "fontconfig", "fonts-dejavu-core"} <= set(line.split())


def test_the_web_server_is_that_of_make_run(dockerfile):
    [line] = of(dockerfile, "CMD")
    image, local = json.loads(line), portal_parts(settings.VAR, 8000)[0].command
    for flag in ("--worker-class", "--threads", "--timeout", "--keep-alive", "--max-requests",
                 "--max-requests-jitter", "--limit-request-line"):  # fmt: skip
        assert image[image.index(flag) + 1] == local[local.index(flag) + 1], flag
    assert "--no-control-socket" in image
    assert "--access-logfile" not in image


def test_the_image_collects_the_static_files_that_production_asks_for(dockerfile):
    from cops.settings import dev

    [line] = [line for line in of(dockerfile, "RUN") if "collectstatic" in line]
    assert "DJANGO_SETTINGS_MODULE=cops.settings.dev" in line
    assert dev.STORAGES["staticfiles"] == {"BACKEND": "cops.http.storage.HashedStaticFiles"}


# --- What the shell runs


@pytest.mark.parametrize("path", sorted((ROOT / "deploy").glob("*.sh")), ids=lambda p: p.name)
def test_a_script_is_sound_shell_and_stops_at_the_first_fault(path):
    assert subprocess.run(["bash", "-n", str(path)]).returncode == 0
    text = path.read_text()
    assert text.startswith("#!/bin/bash\n")
    assert re.search(r"^set -e?uo pipefail$", text, re.MULTILINE)


def _recipe(target: str, *more: str) -> list[str]:
    """The commands that a target of the Makefile would run."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "--dry-run", target, *more], cwd=ROOT, env=outside, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_nothing_of_the_portal_runs_while_a_backup_is_put_back():
    recipe = _recipe("restore", "FILE=cops-x.tar.gpg")
    stop = next(rank for rank, line in enumerate(recipe) if "compose stop" in line)
    put_back = next(rank for rank, line in enumerate(recipe) if "restore.sh" in line)
    assert stop < put_back
    # « prepare » runs once at a start, and ends.
    assert set(recipe[stop].split()[3:]) == {*PORTAL, "caddy"} - {"prepare"}


def test_an_update_brings_the_base_up_to_date_before_it_replaces_anything():
    assert [line.removeprefix("docker compose ") for line in _recipe("update")] == [
        "build",
        "run --rm prepare",
        "up --detach --wait --no-deps web",
        "up --detach --wait",
    ]


def test_restoring_is_told_how_to_be_asked():
    # Asked inside « make test », make would say which folder it enters.
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "restore"], cwd=ROOT, env=outside, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert done.stdout.strip() == "Quelle sauvegarde ? make restore FILE=cops-….tar.gpg"
