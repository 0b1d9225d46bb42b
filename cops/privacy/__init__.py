"""Personal data: what is kept of whom, why, how long, and how it is given back and erased.

Every model with a link to a person, or with an e-mail address, is declared once, from the
``registrations.py`` of the app that owns it::

    declare(
        "resources.Binder",
        title="Vos classeurs",
        people="Les personnes qui gardent un classeur dans leur compte",
        purpose="Retrouver les fiches que vous avez rassemblées",
        basis=Basis.CONTRACT,
        retention=Retention("Aussi longtemps que vous gardez le classeur."),
        person="owner",
        fields={"name": "nom", "created_at": "créé le"},
        withheld={"public_id": "nom technique de l’adresse", "position": "ordre technique"},
        erasure=DELETE,
    )

- ``person`` is the lookup from the model to the account (``"owner"``, ``"binder__owner"``);
  ``address`` is the name of a field that holds an e-mail address, for what is kept of a person
  without account. Both may be given. ``nobody="…"`` says why no row can be found again for a
  person (visitors without account, kept under a random name).
- ``where`` narrows ``person``: other lookups, asked of the same row that ties this one to the
  account (``{"assessment__kept_places__participant__submitted_at__isnull": False}``). Who is tied
  to a thing without having the right to read it on its page is not told it here either; the
  erasure passes these rows by.
- ``fields`` are exported and shown, each under its French name; a lookup (``"sheet__title"``)
  tells more than a number. ``withheld`` are the others, each with the reason in French. Together
  they name every column but the key and those that ``person`` and ``address`` use.
- ``words={"kind": label_of}`` says a value as a person reads it, where it is a code or HTML; the
  copy for a machine keeps it as it is.
- ``retention=Retention("…", days=365, since="sent_at")`` erases older rows each night, in batches;
  ``purge=function`` does it your way: ``purge(limit)`` erases at most ``limit`` rows and gives how
  many; without either, the words must be true by another mechanism.
- ``erasure`` is ``DELETE``; ``Anonymise("reason", author=None)``, which keeps the row without the
  person; ``Kept("reason")``; or ``Erase("words", function)`` with ``function(user)``, which gives
  how many rows it changed. It runs inside the transaction that erases the person.
- ``hide`` and ``show`` (``function(user)``) take what is public out of sight at once when the
  person asks to leave, and bring it back within the seven days. Or filter on
  ``owner__departure__isnull=True`` in your own ``visible_to``.

The nightly retention, « Mes données », the erasure and the public page « Données personnelles »
are all made of these declarations, so that page and code cannot differ.
"""

from cops.privacy.declarations import (
    DELETE,
    Anonymise,
    Basis,
    Delete,
    Erase,
    Kept,
    Retention,
)
from cops.privacy.registry import declare, exempt

__all__ = [
    "DELETE",
    "Anonymise",
    "Basis",
    "Delete",
    "Erase",
    "Kept",
    "Retention",
    "declare",
    "exempt",
]
