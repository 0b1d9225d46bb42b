"""The A–Z of the lexicon, without a database."""

from resources.enums import TermCategory
from resources.reading.lexicon_index import build, excerpt, said_too
from tests.resources.lexicon_data import unsaved_term as term

PARTNER = term(
    "patient-partenaire",
    "Patient partenaire",
    acronym="PP",
    synonyms=["patient expert", "patient acteur"],
    instead_of=["patient expert"],
)
RESSOURCE = term(
    "patient-partenaire-ressource", "Patient partenaire ressource", synonyms=["patient acteur"]
)
ETP = term(
    "etp",
    "Éducation thérapeutique du patient",
    acronym="ETP",
    synonyms=["ETP", "éducation du patient"],
    category=TermCategory.DEMARCHES,
)
OEUVRE = term("co-mise-en-oeuvre", "Co-mise en œuvre", category=TermCategory.DEMARCHES)
LIVE_WITH = term("vivre-avec", "Le « vivre avec »", category=TermCategory.SAVOIRS)


def names(index):
    return {letter.name: [found.term for found in letter.terms] for letter in index.letters}


def references(index):
    return [
        (
            reference.word,
            [found.term for found in reference.see],
            [found.term for found in reference.rather],
        )
        for letter in index.letters
        for reference in letter.references
    ]


def test_build_files_terms_in_french_order():
    index = build([PARTNER, ETP, OEUVRE, LIVE_WITH])
    assert names(index) == {
        "C": ["Co-mise en œuvre"],
        "E": ["Éducation thérapeutique du patient"],
        "P": ["Patient partenaire"],
        "V": ["Le « vivre avec »"],
    }
    assert index.count == 4


def test_alphabet_names_the_empty_letters():
    alphabet = build([ETP]).alphabet()
    assert [name for name, _ in alphabet] == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert [name for name, letter in alphabet if letter] == ["E"]


def test_alphabet_begins_with_the_figures_when_there_are_some():
    alphabet = build([term("3d", "3D"), ETP]).alphabet()
    assert alphabet[0][0] == "0-9"


def test_other_words_send_to_their_terms():
    assert references(build([PARTNER, RESSOURCE, ETP])) == [
        ("éducation du patient", ["Éducation thérapeutique du patient"], []),
        ("ETP", ["Éducation thérapeutique du patient"], []),
        ("patient acteur", ["Patient partenaire", "Patient partenaire ressource"], []),
        ("patient expert", [], ["Patient partenaire"]),
        ("PP", ["Patient partenaire"], []),
    ]


def test_a_word_that_is_a_term_sends_nowhere():
    other = term("usager", "Usager", synonyms=["patient partenaire"])
    assert references(build([PARTNER, other])) == references(build([PARTNER]))


def test_text_forgives_accents_case_hyphens_plurals_and_ligatures():
    terms = [PARTNER, RESSOURCE, ETP, OEUVRE]
    for typed in ("co mise en oeuvre", "CO-MISE EN ŒUVRE", "oeuvres", "mise en œuv"):
        assert names(build(terms, text=typed)) == {"C": ["Co-mise en œuvre"]}
    for typed in ("etp", "education therapeutique", "Éducations du patient"):
        assert names(build(terms, text=typed)) == {"E": ["Éducation thérapeutique du patient"]}


def test_text_finds_by_another_word_and_keeps_only_that_reference():
    index = build([PARTNER, RESSOURCE, ETP], text="patient expert")
    assert names(index) == {"P": ["Patient partenaire"]}
    assert references(index) == [("patient expert", [], ["Patient partenaire"])]


def test_text_without_a_match_gives_nothing():
    index = build([PARTNER, ETP], text="zzz")
    assert (index.letters, index.categories, index.count) == ([], [], 0)


def test_categories_keep_what_is_chosen_and_count_by_the_text():
    index = build([PARTNER, ETP, OEUVRE], categories=["demarches"])
    assert index.count == 2
    assert [(c.value, c.count, c.checked) for c in index.categories] == [
        ("demarches", 2, True),
        ("acteurs", 1, False),
    ]


def test_a_chosen_category_stays_when_it_is_empty():
    index = build([PARTNER], categories=["savoirs"])
    assert [(c.value, c.count, c.checked) for c in index.categories] == [
        ("acteurs", 1, False),
        ("savoirs", 0, True),
    ]


def test_excerpt_is_the_first_sentence():
    assert excerpt("Une phrase. Une autre.") == "Une phrase."


def test_excerpt_cuts_a_long_sentence_between_words():
    assert excerpt("un mot, puis un autre encore", limit=10) == "un mot…"


def test_said_too_leaves_out_the_acronym_and_the_words_to_avoid():
    assert said_too(PARTNER) == ["patient acteur"]
    assert said_too(ETP) == ["éducation du patient"]
