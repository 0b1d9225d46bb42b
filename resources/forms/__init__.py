"""The library's forms; one module per subject."""

from resources.forms.feedback import (
    RemarkForm,
    WordAddForm,
    WordDeclineForm,
    WordForm,
    WordKnownForm,
)

__all__ = ["RemarkForm", "WordAddForm", "WordDeclineForm", "WordForm", "WordKnownForm"]
