"""What the library plugs into the ground; one module per subject, read at start by apps.py."""

from resources.registrations import binder, experiences, files, library, publishing, readers

__all__ = ["binder", "experiences", "files", "library", "publishing", "readers"]
