"""The rich text editor, in French and under our style, wherever it is shown."""

from __future__ import annotations

from django_prose_editor.widgets import AdminProseEditorWidget, ProseEditorWidget
from js_asset import Media

# Our sheet is named after the editor's own: merged lists keep that order.
_SHEETS = ["django_prose_editor/editor.css", "css/editor.css"]
_OURS = Media(js=["js/editor-words.js"], css={"all": _SHEETS})


class EditorWidget(ProseEditorWidget):
    """On a page of the portal."""

    @property
    def media(self) -> Media:
        return super().media + _OURS


class AdminEditorWidget(AdminProseEditorWidget):
    """On a page of Django's admin."""

    @property
    def media(self) -> Media:
        return super().media + _OURS
