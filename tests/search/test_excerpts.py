import sys

from cops.search.excerpts import LENGTH, Marker

MARKER = Marker({"recherche": "recherch", "recherches": "recherch", "oeuvre": "oeuvr"})


def test_words_are_marked_and_the_rest_is_escaped():
    assert MARKER.marked("<b>Recherche</b> & « œuvre »") == (
        "&lt;b&gt;<mark>Recherche</mark>&lt;/b&gt; &amp; « <mark>œuvre</mark> »"
    )


def test_only_whole_words_are_marked():
    assert MARKER.marked("chercheur, recherché") == "chercheur, recherché"


def test_excerpt_shows_the_window_with_most_different_words():
    text = "Une recherche seule. " + "Rien. " * 100 + "La recherche à l’œuvre. " + "Fin. " * 100
    excerpt = MARKER.excerpt(text)
    assert "<mark>recherche</mark> à l’<mark>œuvre</mark>" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt) < LENGTH + 60


def test_excerpt_without_word_is_the_beginning():
    assert MARKER.excerpt("", "Court.", "Autre") == "Court."
    assert MARKER.excerpt("", "") == ""
    assert MARKER.excerpt("mot " * 200).endswith(" …")


def test_the_text_with_more_words_wins_and_the_first_when_equal():
    assert MARKER.excerpt("recherche a", "recherche b") == "<mark>recherche</mark> a"
    assert MARKER.excerpt("recherche", "recherche œuvre").count("<mark>") == 2


def test_lines_are_joined():
    assert MARKER.excerpt("Un titre\nUne phrase.\nUne autre") == "Un titre · Une phrase. Une autre"


def test_a_word_of_a_thousand_letters_is_cut():
    assert len(MARKER.excerpt("x" * 1000)) <= LENGTH + 4
    assert len(MARKER.excerpt("x" * 1000 + " recherche " + "y" * 1000)) < LENGTH + 60


def test_work_stays_in_proportion():
    def steps(text: str) -> int:
        """How many calls the excerpt of a text costs, Python's own among them."""
        seen: list[str] = []
        sys.setprofile(lambda _frame, event, _what: seen.append(event))
        try:
            MARKER.excerpt(text)
        finally:
            sys.setprofile(None)
        return len(seen)

    assert steps("recherche œuvre " * 2000) < 3 * steps("recherche œuvre " * 1000)


def test_a_letter_that_grows_in_lower_case_moves_no_mark():
    marker = Marker({"patient": "patient"})
    assert marker.marked("İİ un Patient") == "İİ un <mark>Patient</mark>"


def test_a_word_inside_another_is_not_marked():
    marker = Marker({"pair": "pair", "pairs": "pair"})
    assert marker.marked("pairs, pair-aidance, impair, pair_2, œpair") == (
        "<mark>pairs</mark>, <mark>pair</mark>-aidance, impair, pair_2, œpair"
    )
