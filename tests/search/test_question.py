from cops.search.question import ask


def test_empty_words_are_left_out_unless_nothing_else_remains():
    assert ask("Comment devenir patient partenaire ?").exact == "devenir patient partenaire"
    assert ask("où").exact == "où"
    assert ask('"comment faire"').exact == '"comment faire"'


def test_signs_alone_ask_for_nothing():
    for typed in ('" - | ( )', "🙂", "\0", "   ", "-", "«»", "& ! *"):
        assert ask(typed).exact == "", typed


def test_or_in_french_in_capitals():
    assert ask("éthique OU recherche").exact == "éthique or recherche"
    assert ask("éthique ou recherche").exact == "éthique recherche"


def test_words_leave_out_what_is_excluded():
    assert ask('formation -initiale "en binôme"').words() == ["formation", "binome"]


def test_titles_may_miss_one_word_of_three():
    assert ask("animer un groupe de travail").titles == [
        ["groupe", "travail"], ["animer", "travail"], ["animer", "groupe"],
    ]  # fmt: skip
    assert ask("groupe de travail").titles == []
    assert ask('"animer un groupe" de travail').titles == []


def test_replaced_keeps_what_is_well_spelt():
    mended = ask("Le partenriat, en santé").replaced({"partenriat": "partenariat"})
    assert mended.shown == "Le partenariat, en santé"
    assert mended.exact == "partenariat santé"


def test_what_is_shown_is_what_was_typed_without_controls():
    assert ask("  l’œuvre\0 \u200b«x» ").shown == "l’œuvre «x»"


def test_the_lexicon_adds_whole_queries(lexicon):
    lexicon({"patient expert": ['"patient partenaire"', "PP"]})
    assert ask("patient expert").alternatives == ['"patient partenaire"', "PP"]
    assert ask("patient").alternatives == []
