"""The data of the measures: 2 000 resources, 20 000 entries of the index, in a database apart.

Made once and kept while the migrations and this module stay the same.
"""

from __future__ import annotations

import hashlib
import random
import re
from datetime import timedelta
from functools import cache as cache_once
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cops.search.models import SearchEntry
from resources.enums import Dimension, Kind, Status
from resources.models import Resource, Section, Term

RESOURCES = 2000
SECTIONS = 9  # with its document, ten entries of the index per resource
MARK = "bench:made"
CONTENT = Path(__file__).resolve().parent.parent.parent / "resources" / "content" / "resources"


def prepare() -> None:
    """Makes the database and the static files unless they are there already."""
    name = settings.DATABASES["default"]["NAME"]
    with server() as postgres:
        if not postgres.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            postgres.execute(f'CREATE DATABASE "{name}"')
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_content", verbosity=0)
    if cache.get(MARK) != _stamp():
        Resource.objects.filter(slug__startswith="mesure-").delete()
        SearchEntry.objects.filter(url__startswith="/ressources/mesure-").delete()
        _fill()
        cache.set(MARK, _stamp(), timeout=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def server(name: str = "postgres") -> psycopg.Connection:
    """A connection of its own, each statement committed."""
    database = settings.DATABASES["default"]
    return psycopg.connect(
        host=database["HOST"],
        port=database.get("PORT") or None,
        user=database["USER"],
        password=database.get("PASSWORD") or None,
        dbname=name,
        autocommit=True,
    )


def _stamp() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


@cache_once
def _sentences() -> list[str]:
    """The sentences of the starting content: words as frequent, and as rare, as in life."""
    texts = [path.read_text().split("\n---\n", 1)[1] for path in sorted(CONTENT.glob("*.md"))]
    plain = re.sub(r"[#*>|_-]+", " ", "\n".join(texts))
    parts = re.split(r"(?<=[.!?…;])\s+|\n\n+", plain)
    return [" ".join(part.split()) for part in parts if len(part.split()) > 5]


def _prose(dice: random.Random, words: int) -> str:
    """Whole sentences until there are that many words, cut there."""
    text: list[str] = []
    while len(text) < words:
        text += dice.choice(_sentences()).split()
    return f"{' '.join(text[:words]).rstrip('.')}."


def _fill() -> None:
    from cops.pagecache import raise_version
    from cops.search import entries_replace
    from resources.services.indexing import resource_drafts, resource_source

    dice = random.Random(20261121)
    now = timezone.now()
    topics = [choice for choice, _ in Resource._meta.get_field("topics").base_field.choices]
    audiences = [c for c, _ in Resource._meta.get_field("audience_codes").base_field.choices]
    rows = [
        Resource(
            slug=f"mesure-{number}",
            kind=dice.choice(Kind.values),
            title=f"{_prose(dice, 6)[:-1][:150]} {number}",
            sort_key=f"mesure {number:05d}",
            summary=_prose(dice, 30)[:600],
            dimension=dice.choice(Dimension.values),
            topics=dice.sample(topics, k=2),
            audience_codes=dice.sample(audiences, k=2),
            status=Status.PUBLISHED,
            published_at=now - timedelta(hours=number),
        )
        for number in range(RESOURCES)
    ]
    resources = Resource.objects.bulk_create(rows, batch_size=500)
    sections = [
        Section(
            resource=resource,
            position=position,
            anchor=f"partie-{position}",
            title=_prose(dice, 4)[:-1],
            source_html=(body := f"<p>{_prose(dice, 60)}</p>"),
            rendered_html=body,
        )
        for resource in resources
        for position in range(SECTIONS)
    ]
    Section.objects.bulk_create(sections, batch_size=2000)
    for resource in resources:
        entries_replace(resource_source(resource.pk), resource_drafts(resource))
    raise_version()


def a_sheet() -> Resource:
    """The real sheet that the pages are measured on: the longest one."""
    return Resource.objects.get(slug="agir-soins-cliniques-et-educatifs")


def a_busy_term() -> Term:
    return Term.objects.get(slug="partenariat-en-sante")


def a_quiet_term() -> Term:
    """A term that nothing uses."""
    return Term.objects.filter(marks__isnull=True, listed_in__isnull=True).order_by("pk")[0]


def hide_all_but(number: int) -> None:
    """Leaves ``number`` visible resources; for the time of a transaction."""
    kept = Resource.objects.filter(slug=a_sheet().slug).values_list("pk", flat=True)[:number]
    Resource.objects.exclude(pk__in=list(kept)).update(status=Status.ARCHIVED)


def sheet_html() -> str:
    """The longest sheet as it goes to WeasyPrint, QR code included."""
    from resources import documents
    from resources.services.snapshots import snapshot

    resource = a_sheet()
    version = resource.versions.order_by("-number")[0]
    return documents.sheet_html(
        snapshot(resource), number=version.number, published_at=version.published_at
    )
