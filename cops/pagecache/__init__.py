"""Hot anonymous pages kept in the memory of each process.

A view is kept if it says so, with the query names it knows::

    @login_not_required
    @cached_page(params=("genre", "page"))
    def library(request): ...

Every service that publishes calls ``raise_version()`` last, in its own
transaction; the pages made before are then stale the moment it commits. What
changes by the clock alone (a publication planned for tomorrow) is told by
``register_clock``. Nothing is kept for a visitor with a session or a CSRF
cookie, for a query name the view does not know, or when an answer sets a cookie.

Screens that wait for each other ask again and again: ``register_waiting`` (cops.pagecache.waiting).
"""

from cops.pagecache.clock import register_clock
from cops.pagecache.files import mark_file
from cops.pagecache.keeping import cached_page
from cops.pagecache.quick import QuickRead
from cops.pagecache.store import clear
from cops.pagecache.version import raise_version, renew_if_due
from cops.pagecache.waiting import register_waiting

__all__ = [
    "QuickRead",
    "cached_page",
    "clear",
    "mark_file",
    "raise_version",
    "register_clock",
    "register_waiting",
    "renew_if_due",
]
