"""What every page of the desk does: find the sheet, say what was done, go back to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from resources.desk.sheet import Desk
from resources.models import Resource


def found(slug: str) -> Resource:
    return get_object_or_404(Resource, slug=slug)


def shown(
    request: HttpRequest, template: str, desk: Desk, crumb: str, /, **context: Any
) -> HttpResponse:
    """A page about one sheet, with its two states; ``crumb`` ends the breadcrumb."""
    slug = desk.resource.slug
    crumbs: list[tuple[str, str | None]] = [
        ("Pilotage", reverse("pages:todo")),
        ("Ressources", reverse("resources:desk")),
        (desk.resource.title, reverse("resources:desk_sheet", args=[slug]) if crumb else None),
    ]
    if crumb:
        crumbs.append((crumb, None))
    status = context.pop("status", 200)
    words = {"crumbs": crumbs, "desk": desk, "resource": desk.resource, **context}
    return render(request, f"resources/desk/{template}.html", words, status=status)


def to_sheet(resource: Resource, place: str = "") -> HttpResponseRedirect:
    address = reverse("resources:desk_sheet", args=[resource.slug])
    return redirect(f"{address}#{place}" if place else address)


def done(request: HttpRequest, service: Callable[[], object], words: str) -> bool:
    """Run a service; say that it was done, or why not."""
    try:
        service()
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return False
    messages.success(request, words)
    return True
