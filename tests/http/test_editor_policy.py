"""That the editor works under this policy is shown by tests/e2e/test_editing.py."""

import re

from django.http import HttpResponse
from django.test import RequestFactory
from django_prose_editor.widgets import AdminProseEditorWidget

from cops.http.csp import TIPTAP_STYLE, editor_csp, importmap_source, source_of


def test_a_source_is_the_hash_of_the_text():
    # The example of the CSP specification.
    assert source_of("alert('Hello, world.');") == (
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    )


def test_the_import_map_allowed_is_the_one_the_editor_writes():
    [written] = re.findall(
        r'<script type="importmap">(.*?)</script>', str(AdminProseEditorWidget().media), re.DOTALL
    )
    assert source_of(written) == importmap_source()


def test_a_page_with_an_editor_allows_both_and_nothing_else():
    response = editor_csp(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert response._csp_update == {
        "script-src": [importmap_source()],
        "style-src": [TIPTAP_STYLE],
    }


def test_other_pages_allow_no_hash(pages):
    assert "sha256" not in pages.get("/plain/")["Content-Security-Policy"]
