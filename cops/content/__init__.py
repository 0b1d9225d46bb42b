"""The starting content: files of the repository, read, checked, then loaded by slug.

An app registers one ``ContentSource`` per kind of object in its registrations; the
command ``manage.py load_content`` does the rest.
"""

from cops.content.faults import ContentFaults, Fault
from cops.content.reading import Item, Reading, Sheet
from cops.content.sources import ContentSource, Lookup, after_load, register, sources

__all__ = [
    "ContentFaults",
    "ContentSource",
    "Fault",
    "Item",
    "Lookup",
    "Reading",
    "Sheet",
    "after_load",
    "register",
    "sources",
]
