"""What the templates of the desk ask: where a fault is mended, the two texts of a content."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from resources.desk.gestures import Gesture, gestures
from resources.desk.sheet import Desk
from resources.enums import Variant
from resources.models import Resource
from resources.services.rules import Fault

register = template.Library()


@register.simple_tag
def fault_address(fault: Fault, resource: Resource) -> str:
    """The page where the fault is mended; empty when it is the page itself."""
    kind, *place = fault.piece.split(":")
    if kind == "fields":
        return reverse("resources:desk_fields", args=[resource.slug])
    if kind == "section":
        return reverse("resources:desk_section", args=[resource.slug, *place])
    if kind == "step":
        variant, anchor, number = place
        return reverse("resources:desk_step", args=[resource.slug, variant, anchor, int(number)])
    if kind == "media":
        return reverse("admin:resources_resource_change", args=[resource.pk])
    return ""


@register.filter
def by_variant(content: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The sections of each of the two texts, under its name."""
    return [
        (label, [section for section in content["sections"] if section["variant"] == code])
        for code, label in Variant.choices
    ]


@register.simple_tag
def gestures_of(desk: Desk) -> list[Gesture]:
    return gestures(desk)
