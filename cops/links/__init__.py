"""Broken links: what the public pages point to, checked each week.

From an app's ``registrations.py``::

    register_links("resources.sections", section_links)

``collect()`` gives a ``Use`` for each link of what is on view: its address, the words that
name the place, the page where it is read and the page where it is corrected.

An address elsewhere is asked politely (HEAD, then GET, one host at a time, never one of a
private network); one that fails is asked again the next day, and is *broken* after three
failures in a row. An address of the portal is looked up at once, its anchor too.
"""

from cops.links.registry import Use, register_links

__all__ = ["Use", "register_links"]
