"""One page of each type, with the eyes of a typographer: no plain space beside « : ; ! ? % »."""

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from cops.accounts.enums import Role
from tests.http.test_routes import CASES

pytestmark = pytest.mark.django_db

PLAIN = re.compile(r"[ \n][;:!?%](?=[\s»),.…]|$)|[ \n]»|«[ \n]|\d (?:heures?|mars|jours?)\b|p\. \d")
FILE = re.compile(r"\.\w+$|/pdf/")
HEARD = {"title", "alt", "aria-label", "placeholder", "label", "content"}
SILENT = {"script", "style", "textarea", "pre", "code"}


class Words(HTMLParser):
    """What is read or heard of a page, each block as one text."""

    def __init__(self):
        super().__init__()
        self.silent, self.found, self.text = 0, [], ""

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        self.found += [value for name, value in attrs if name in HEARD and value]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            self.text += data


def faults(html: str) -> list[str]:
    words = Words()
    words.feed(html)
    return [
        text[max(0, spot.start() - 30) : spot.end() + 10].strip()
        for text in (words.text, *words.found)
        for spot in PLAIN.finditer(text)
    ]


def _faults_of(client, addresses):
    return {
        address: wrong for address in addresses if (wrong := faults(_page(client.get(address))))
    }


def _page(answer) -> str:
    if answer.streaming:
        b"".join(answer.streaming_content)  # the file stays open until its end
        return ""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.content.decode() if is_page else ""


def test_the_eye_sees_what_is_wrong():
    html = '<title>Où ?</title> <p>« <b>Non</b> »</p> <a title="Vrai : oui">12 mars</a>'
    assert len(faults(html)) == 5, faults(html)
    assert faults("<p>Où\u202f? «\u00a0Oui\u00a0»</p><pre>a ; b</pre>") == []


@pytest.mark.usefixtures("made")
@pytest.mark.slow
@pytest.mark.parametrize("role", ["anonymous", Role.ADMINISTRATOR])
def test_no_page_has_a_plain_space_where_french_has_another(visitor, role):
    pages = [address for _, address, _ in CASES if not FILE.search(address)]
    assert _faults_of(visitor(role), pages) == {}


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 414, 422, 429, 500, 503])
def test_no_page_of_a_fault_has_one(status):
    assert faults(render_to_string(f"{status}.html", {"wait": "3\u00a0minutes"})) == []
