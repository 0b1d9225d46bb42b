"""What the library plugs into the ground; one module per subject, read at start by apps.py."""

from resources.registrations import experiences, library, publishing

__all__ = ["experiences", "library", "publishing"]
