"""The library in Django's admin: every write goes through resources.services."""

from resources.admin import lexicon, meetings, resource, versions

__all__ = ["lexicon", "meetings", "resource", "versions"]
