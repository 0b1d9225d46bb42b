"""Looking for a word everywhere the portal writes: the base, the files, Redis."""

from __future__ import annotations

import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection

from cops.background.celery import app
from cops.embedded.binaries import postgres_folder


def traces(word: str) -> list[str]:
    """The lines, file names and keys that hold the word, whatever its case."""
    word = word.casefold()
    found = [line[:300] for line in _dump().splitlines() if word in line.casefold()]
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file() and (
            word in path.name.casefold() or word.encode() in path.read_bytes().lower()
        ):
            found.append(str(path))
    return found + [key for key, value in _redis() if word in (key + value).casefold()]


def _dump() -> str:
    """The whole base in words, as a backup would hold it."""
    base = connection.settings_dict
    done = subprocess.run(
        [
            postgres_folder() / "pg_dump", "--data-only", "--inserts", "--host", base["HOST"],
            "--username", base["USER"], "--dbname", base["NAME"],
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def _redis() -> list[tuple[str, str]]:
    with app.connection_for_read() as link:
        client = link.default_channel.client
        return [(key.decode(), str(_content(client, key))) for key in client.keys("*")]


def _content(client, key: bytes) -> object:
    match client.type(key):
        case b"string":
            return client.get(key)
        case b"list":
            return client.lrange(key, 0, -1)
        case b"hash":
            return client.hgetall(key)
        case b"set":
            return client.smembers(key)
        case b"zset":
            return client.zrange(key, 0, -1)
    return b""
