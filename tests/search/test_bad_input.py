"""Whatever is typed: a clear answer in French, never a 500, within the limits of a statement."""

import pytest

from tests.search.making import entry

pytestmark = pytest.mark.django_db

QUERIES = [
    '" - | ( )',
    "&&& !!! ::: ***",
    "()(()((",
    '"""',
    "'",
    "\\",
    "%_%",
    "🙂🙃 👩🏽‍⚕️",
    "\0",
    "a\0b",
    "\ud800",
    "-patient",
    "-patient -partenaire",
    "patient -patient",
    "or or or",
    "OU OU",
    "' OR 1=1; DROP TABLE search_searchentry; --",
    "patient:* <-> expert & !a",
    "x" * 199,
    "é" * 1500,
    " OU ".join(["patient"] * 200),
    "patient OU " * 150,
    '"patient" ' * 100,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "<script>alert(1)</script>",
    "${7*7} {{7*7}} %s %(x)s {0}",
    "\u202e renversé \u200f",
    "١٢٣ ٤٥٦",
    "中文 поиск עברית",
    "à la le les un de",
]


@pytest.fixture(autouse=True)
def index(db) -> None:
    for number in range(30):
        entry(str(number), f"Patient partenaire {number}", "Le patient expert. " * 50)


@pytest.mark.parametrize("text", QUERIES, ids=lambda text: ascii(text)[:30])
def test_a_query(client, text):
    for address in ("/recherche/", "/recherche/suggestions/"):
        answer = client.get(address, {"q": text.encode("utf-8", "surrogatepass")})
        # A statement that took too long would be cut by Postgres and answered by a 503.
        assert answer.status_code in {200, 414}


def test_a_query_of_ten_thousand_characters_is_414(client):
    answer = client.get("/recherche/", {"q": "a" * 10_000})
    assert answer.status_code == 414
    assert 'lang="fr"' in answer.text


def test_signs_alone_and_exclusions_alone_say_what_to_do(client):
    assert "Écrire au moins un mot" in client.get("/recherche/", {"q": '" - | ( )'}).text
    assert "Écrire au moins un mot" in client.get("/recherche/", {"q": "-patient"}).text


@pytest.mark.parametrize("name", ["genre", "theme", "page", "q", "autre"])
@pytest.mark.parametrize("value", ["", "\0", "x" * 1900, "🙂", "'", "-1", "1e9", "None"])
def test_a_parameter(client, name, value):
    answer = client.get("/recherche/", {"q": "patient", name: [value] * 30})
    assert answer.status_code in {200, 404, 414}
