"""« À traiter »: what each app wants done by the team, and the menu of the team's pages.

From an app's ``registrations.py``::

    register_source("resources.reviews", "Fiches à relire", collect, page="resources:pilotage")
    register_staff_page("Ressources", "resources:pilotage", order=20)

- ``collect(user)`` gives ``Item`` objects in any order, with as few statements as it can
  (one, or two). It may stop at ``LIMIT`` items; an empty list when nothing is to be done.
- ``Item(label, url, since, urgency=Urgency.NORMAL, detail="")``: what is to be done and the page
  where it is done; ``since`` is an aware datetime, or a date, or None when nobody knows.
- ``page`` is the name of the page that holds the whole list, when there is one.
- ``register_staff_page(..., administrators=True)`` shows the line to administrators alone; the
  page itself is guarded by its view.

A page of the team extends ``layouts/staff.html``, which draws the menu and its counts.
"""

from cops.todo.items import LIMIT, Item, Urgency
from cops.todo.registry import register_source, register_staff_page

__all__ = ["LIMIT", "Item", "Urgency", "register_source", "register_staff_page"]
