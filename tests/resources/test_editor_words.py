"""What a new release of the rich text editor says, we say in French (seen in test_editing.py)."""

import re
from pathlib import Path

import django_prose_editor
import pytest
from django.contrib.staticfiles import finders

from resources.desk.editors import AdminEditorWidget, EditorWidget

EDITOR = Path(django_prose_editor.__file__).parent / "static/django_prose_editor/editor.js"
# What it passes to gettext, then the names of its buttons and the styles of its list.
SAID = (
    r'\bpX\("([^"]+)"\)',
    r'\.material\("\w*","([^"]+)"\)',
    r'</svg>`,"([^"]+)"\)',
    r'textContent:"([A-Za-z]+ [^"]+|Paragraph|figure|blockquote)"',
)


@pytest.fixture
def words():
    script = Path(finders.find("js/editor-words.js")).read_text()
    return dict(re.findall(r'"([^"\n]+)":\s+"([^"\n]+)",', script))


@pytest.mark.parametrize("pattern", SAID)
def test_each_sentence_of_the_editor_has_a_french_one(words, pattern):
    said = set(re.findall(pattern, EDITOR.read_text()))
    assert said
    assert said - words.keys() == set()


@pytest.mark.parametrize("widget", [EditorWidget, AdminEditorWidget])
def test_the_words_are_there_before_the_editor_starts(widget):
    # A classic script runs at once, a module once the page is read.
    media = str(widget().media)
    assert re.search(r'<script src="[^"]*js/editor-words[^"]*"></script>', media)
    assert re.search(r'<script src="[^"]*editor\.js" type="module">', media)
    assert media.index("django_prose_editor/editor.css") < media.index("/css/editor.css")
