import pytest

from cops.search.spelling import QUERY_LENGTH, fold, is_cut, name_key, normalise


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("pair-aidance", "pair aidance"),
        ("pair‑aidance", "pair aidance"),  # no-break hyphen
        ("L’œuvre", "L'oeuvre"),
        ("CŒUR", "COEUR"),
        ("« patient expert »", '" patient expert "'),
        ("formation -initiale", "formation -initiale"),
        ("patients/soignants et/ou", "patients soignants et ou"),
        ("patient·e·s professionnel·les", "patient professionnel"),
        ("E.T.P. et C.H.U", "ETP et CHU"),
        ("a\0b\tc\u200bd", "ab cd"),
        ("ﬁche ½", "fiche 1 2"),
        ("🙂 santé 🙂", "santé"),
        ("\ud800x", "x"),
        ("   ", ""),
        ("e\u0301thique", "éthique"),
    ],
)
def test_normalise(typed, normal):
    assert normalise(typed) == normal


def test_a_query_is_cut_at_200_characters_and_the_index_is_not():
    text = "mot " * 100
    assert len(normalise(text)) <= QUERY_LENGTH
    assert is_cut(text)
    assert not is_cut("mot " * 50)
    assert normalise(text, limit=None) == text.strip()


def test_folded_names_have_no_accent_and_names_no_plural():
    assert fold("L’Éthique : « Où ? »") == "l ethique ou"
    assert name_key("Patients partenaires ressources") == "patient partenaire ressource"
    assert name_key("Savoirs expérientiels") == name_key("savoir experientiel")
