"""The grids in Django's admin; nothing else of the self-assessment is there: nobody's answers."""

from selfassess.admin import grid

__all__ = ["grid"]
