"""Documents made in the background: state, progress, file, expiry.

From an app's ``registrations.py``::

    register_kind("resources.binder", "Classeur en PDF", make=binder_make,
                  phases={"sheets": "Mise en page des fiches", "assembly": "Assemblage"})

``make(export, progress)`` runs in a Celery worker, for ten minutes at most. It writes its file
at ``export.target`` (a path that does not exist yet, on a disk of this machine), calls
``progress(done, total, "sheets")`` after each piece of work, and returns
``Made("classeur.pdf")``: the name of the download, whose suffix gives its type. It may be run
again from the start when its worker was killed: it must give the same file. It raises
``ExportFault("…")`` for a reason that the person can understand; the words are shown.

``progress`` is committed at once by a connection of its own, whatever transaction ``make`` is
in; do not hold a row of ``Export`` locked.

From a view, in answer to a POST::

    export = request_export(kind="resources.binder", parameters={"binder": 12},
                            content_hash=hash_of_what_will_be_written, owner=request.user or None,
                            secret=token_of_the_binder)
    return redirect(export_address(export, secret=token_of_the_binder))

The same kind, parameters, hash, owner and secret give the same row, hence the same file, and a
double click one export. Who may see it: the owner signed in, or who holds the secret (``?cle=``
of the address), or, when neither was given, anybody who knows its random address.

``register_kind`` also takes ``days`` (how long the file is kept, 7), ``downloads`` (how many
times it may be taken, 0 for no limit) and ``guard`` (a decorator of views, put before the
download: ``sudo_required``).

A test that runs exports needs ``django_db(transaction=True)``, and may make one at once with
``cops.exports.running.export_run(export.pk)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cops.exports.kinds import ExportFault, Made, Progress, register_kind

if TYPE_CHECKING:
    from cops.exports.addresses import export_address
    from cops.exports.services import request_export

__all__ = [
    "ExportFault",
    "Made",
    "Progress",
    "export_address",
    "register_kind",
    "request_export",
]

# Loaded at first use: an app's package is imported before models can be.
_HOME = {"export_address": "addresses", "request_export": "services"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"cops.exports.{_HOME[name]}"), name)
