"""The Celery application of the worker and of the timer.

    celery --app cops.background.celery:app worker

Results live in our own tables: there is no result backend.
"""

from __future__ import annotations

import os

import django
from celery import Celery
from django.apps import apps

from cops.background.registry import beat_schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cops.settings.prod")
if not apps.ready:
    django.setup()  # the registrations fill the timer's table

app = Celery("cops")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(lambda: [config.name for config in apps.get_app_configs()])
app.conf.beat_schedule = beat_schedule()
