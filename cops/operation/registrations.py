"""What the operator's package puts on the timer, and shows to the team."""

from typing import Any

from django.urls import reverse

from cops.background import every
from cops.operation import alarms
from cops.todo import Item, Urgency, register_source, register_staff_page


def _troubles(user: Any) -> list[Item]:
    address = reverse("operation:health")
    return [
        Item(one.rule.trouble, address, urgency=Urgency.LATE, detail=one.rule.advice)
        for one in alarms.active()
    ]


every("cops.operation.watch", 60.0)
register_source("operation.alarms", "Santé du portail", _troubles, page="operation:health")
register_staff_page("Santé du portail", "operation:health", order=90)
