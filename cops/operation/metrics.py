"""`/metrics`: figures in Prometheus' form, read when they are asked; none is about a person.

What concerns the whole portal is read from the database. What concerns a process alone
(memory, page cache) carries its number, since the next reading may meet another one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from cops.exports.models import Export
from cops.mail.models import Message
from cops.operation import alarms, queues, readiness
from cops.pagecache.store import pages

__all__ = ["CONTENT_TYPE", "text"]


def text() -> bytes:
    """Every figure, as Prometheus reads it."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Portal())
    return generate_latest(registry)


class _Portal(Collector):
    def collect(self) -> Iterator[Metric]:
        yield _one("cops_info", "Version en service.", 1, release=settings.RELEASE or "?")
        yield from _readiness()
        waiting = queues.messages_waiting()
        yield _one("cops_broker_up", "Le courtier (Redis) répond.", float(waiting is not None))
        if waiting is not None:
            yield _one("cops_queue_messages", "Tâches que personne n’a encore prises.", waiting)
        yield from _process()


def _readiness() -> Iterator[Metric]:
    ready = readiness.parts()
    family = GaugeMetricFamily("cops_ready", "Ce que vérifie /readyz.", labels=["part"])
    for part, good in ready.items():
        family.add_metric([part], float(good))
    yield family
    yield _one("cops_disk_free_bytes", "Place libre sur le disque.", readiness.free_bytes())
    if not ready["database"]:
        return
    try:
        yield from [*_alarms(), *_database()]
    except (DatabaseError, InterfaceError):
        return  # it went away meanwhile; cops_ready will say so the next time


def _alarms() -> Iterator[Metric]:
    value = GaugeMetricFamily(
        "cops_watched", "Mesure surveillée (secondes, octets).", labels=["key"]
    )
    limit = GaugeMetricFamily("cops_watched_limit", "Sa limite.", labels=["key"])
    alarm = GaugeMetricFamily("cops_alarm", "1 quand la limite est franchie.", labels=["key"])
    for reading in alarms.readings():
        value.add_metric([reading.key], reading.value)
        limit.add_metric([reading.key], reading.rule.limit)
        alarm.add_metric([reading.key], float(reading.wrong))
    yield from (value, limit, alarm)


def _database() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()),"
            " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())"
        )
        size, sessions = cursor.fetchone()
    yield _one("cops_database_bytes", "Taille de la base.", size)
    yield _one("cops_database_connections", "Connexions à la base.", sessions)
    yield _by_state("cops_mail_messages", "Courriels, par état.", Message)
    yield _by_state("cops_exports", "Documents demandés, par état.", Export)


def _by_state(name: str, words: str, model: type[Message | Export]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=["state"])
    for state, number in model.objects.order_by().values_list("state").annotate(Count("pk")):
        family.add_metric([state], number)
    return family


def _process() -> Iterator[Metric]:
    pid = str(os.getpid())
    for family in ProcessCollector(registry=None).collect():
        for sample in family.samples:
            yield _one(f"cops_{sample.name}", family.documentation, sample.value, pid=pid)
    cache = {
        "entries": ("Pages gardées en mémoire.", len(pages)),
        "bytes": ("Leur poids.", pages.weight),
        "hits": ("Réponses données de mémoire.", pages.hits),
        "misses": ("Demandes anonymes qui ont demandé un rendu.", pages.misses),
    }
    for name, (words, number) in cache.items():
        yield _one(f"cops_pagecache_{name}", words, number, pid=pid)


def _one(name: str, words: str, value: float, **labels: str) -> Metric:
    family = GaugeMetricFamily(name, words, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family
