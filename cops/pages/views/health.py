"""What the operator's probe asks: is the process alive, can it serve."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

FREE_BYTES = 200_000_000


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; no database is asked."""
    response = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, its tables are those of the code and there is room on disk.

    The words say which part is at fault and nothing of the machine.
    """
    parts = {"database": _database()}
    parts["migrations"] = _migrations() if parts["database"] else False
    parts["disk"] = _disk()
    ready = all(parts.values())
    body = {name: "ok" if good else "fault" for name, good in parts.items()}
    response = JsonResponse(body, status=200 if ready else 503)
    response["Cache-Control"] = "no-store"
    return response


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


def _migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return False


def _disk() -> bool:
    try:
        return shutil.disk_usage(settings.VAR).free > FREE_BYTES
    except OSError:
        return False
