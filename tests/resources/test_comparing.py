"""Two contents side by side: paragraphs, words, what a screen reader hears, what is put back."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError

from resources.services.cleaning import html_clean
from resources.services.comparing import compare, content_merge, take
from resources.services.comparing.blocks import Block, blocks_of, html_of
from resources.services.comparing.words import TOKENS_AT_MOST, marked
from resources.services.contents import content_from

TEXT = (
    "<p>Un premier <strong>paragraphe</strong>.</p><h3>Un titre</h3>"
    "<ul><li>Un</li><li>Deux<ul><li>Deux bis</li></ul></li></ul>"
    "<blockquote><p>Dit quelqu’un.</p></blockquote>"
    '<ol start="3"><li>Trois</li></ol>'
    "<table><tbody><tr><td>Une case</td></tr></tbody></table><p>Fin.</p>"
)


def content(*sections, **fields):
    return content_from({"title": "Fiche", "kind": "repere", "sections": list(sections), **fields})


def section(
    anchor="lenjeu", source="<p>Un.</p>", *, title="L’enjeu", variant="standard", path=None
):
    return {
        "variant": variant, "anchor": anchor, "title": title, "level": 2,
        "kind": "path" if path else "text", "source": source, "path": path,
    }  # fmt: skip


def step(number, partner="<p>Dire.</p>"):
    return {
        "number": number, "title": f"Étape {number}", "partner_label": "Patient partenaire",
        "professional_label": "Professionnel partenaire",
        "source": {"partner": partner, "professional": "<p>Écouter.</p>", "actions": ""},
    }  # fmt: skip


# --- paragraphs


def test_a_text_cut_into_paragraphs_comes_back_the_same():
    text = html_clean(TEXT)
    assert html_of(blocks_of(text)) == text


def test_a_picture_stands_by_itself_and_its_alternative_is_compared():
    source = f"/ressources/images/{'a' * 22}-600x400.jpg"
    html = html_clean(
        f'<p>Avant.</p><img src="{source}" alt="Une roue"><p>Après.</p>'
        f'<figure><img src="{source}" alt="Deux"><figcaption>Une légende</figcaption></figure>'
    )
    blocks = blocks_of(html)
    assert [block.words for block in blocks] == [
        "Avant.", "[image : Une roue]", "Après.", "[image : Deux] Une légende",
    ]  # fmt: skip
    assert html_of(blocks) == html


def test_each_item_of_a_list_is_a_paragraph_with_what_it_holds():
    blocks = blocks_of(html_clean(TEXT))
    assert [(block.name, block.inside) for block in blocks] == [
        ("p", ""), ("h3", ""), ("li", "<ul>"), ("li", "<ul>"), ("blockquote", ""),
        ("li", '<ol start="3">'), ("table", ""), ("p", ""),
    ]  # fmt: skip
    assert blocks[3].words == "Deux Deux bis"


@pytest.mark.parametrize("text", ["Des mots seuls", "Des mots<p>puis un paragraphe</p>et d’autres"])
def test_words_outside_of_paragraphs_are_not_lost(text):
    assert html_of(blocks_of(text)) == text


def test_a_link_shows_its_address():
    block = Block('<p>Voir <a href="https://exemple.fr/?a=1&amp;b=2">le guide</a>.</p>')
    assert block.words == "Voir le guide [https://exemple.fr/?a=1&b=2]."


# --- words


def test_words_taken_out_and_put_in_are_marked_for_the_eyes_and_the_ears():
    old, new = marked("Trois patients viennent", "Quatre patients viennent enfin")
    hidden = '<span class="visually-hidden"> [{} : </span>'
    end = '<span class="visually-hidden">] </span>'
    assert old == f"<del>{hidden.format('supprimé')}Trois{end}</del> patients viennent"
    assert new == (
        f"<ins>{hidden.format('ajouté')}Quatre{end}</ins> patients viennent"
        f"<ins>{hidden.format('ajouté')} enfin{end}</ins>"
    )


def test_what_looks_like_a_tag_is_shown_and_not_run():
    old, new = marked("<script>alert(1)</script>", "<b>x</b>")
    assert "<script" not in old
    assert "<b>" not in new


def test_a_huge_paragraph_is_shown_whole_and_not_word_by_word():
    words = " ".join(f"mot{number}" for number in range(TOKENS_AT_MOST))
    old, new = marked(words, f"{words} fin")
    assert old.count("<del>") == new.count("<ins>") == 1


# --- what differs


def test_the_same_content_has_no_difference():
    one = content(section(), section("suite", title="Suite"), topics=["etp"])
    assert compare(one, deepcopy(one)) == []


def test_a_changed_paragraph_is_found_among_the_others():
    old = content(section(source="<p>Un.</p><p>Deux patients.</p><p>Trois.</p>"))
    new = content(section(source="<p>Un.</p><p>Deux personnes.</p><p>Trois.</p>"))
    (group,) = compare(old, new)
    (unit,) = group.changed_units
    assert (group.key, group.op, unit.key) == (
        "section:standard:lenjeu", "changed", "text:standard:lenjeu",
    )  # fmt: skip
    assert [row.op for row in unit.rows] == ["same", "changed", "same"]
    assert [row.only_form for row in unit.rows] == [False, False, False]


def test_bold_alone_is_said_to_be_form():
    old, new = content(section()), content(section(source="<p><strong>Un.</strong></p>"))
    (row,) = compare(old, new)[0].changed_units[0].rows
    assert (row.op, row.only_form) == ("changed", True)


def test_paragraphs_that_share_nothing_are_one_gone_and_one_come():
    old = content(section(source="<p>Le lundi matin.</p><p>Fin.</p>"))
    new = content(section(source="<p>Une salle calme.</p><p>Autre chose encore.</p><p>Fin.</p>"))
    rows = compare(old, new)[0].changed_units[0].rows
    assert sorted(row.op for row in rows) == ["added", "added", "removed", "same"]


def test_sections_added_removed_and_moved_are_told():
    old = content(section("a"), section("b"), section("c"), section("d"))
    new = content(section("b"), section("c"), section("a"), section("e"))
    found = {group.key.rpartition(":")[2]: (group.op, group.moved) for group in compare(old, new)}
    assert found == {"a": ("changed", True), "e": ("added", False), "d": ("removed", False)}


def test_fields_are_shown_in_words():
    old = content(section(), topics=["etp"], review_by=None, number=1)
    new = content(section(), topics=[], review_by="2027-01-15", number=2)
    (group,) = compare(old, new)
    texts = {unit.label: [row.new_html or row.old_html for row in unit.rows] for unit in group.units
             if unit.changed}  # fmt: skip
    assert set(texts) == {"Domaines", "À relire avant le", "Numéro"}
    assert "15 janvier 2027" in texts["À relire avant le"][0].replace("\u00a0", " ")
    assert "etp" not in texts["Domaines"][0]


def test_steps_are_compared_lane_by_lane():
    old = content(section(path={"title": "P", "steps": [step(1), step(2)]}))
    new = content(section(path={"title": "P", "steps": [step(1), step(2, "<p>Dire tout.</p>")]}))
    (unit,) = compare(old, new)[0].changed_units
    assert (unit.key, unit.label) == (
        "step-partner:standard:lenjeu:2", "Étape 2, Patient partenaire",
    )  # fmt: skip


# --- putting back


def test_one_paragraph_comes_back_and_the_others_stay():
    old = content(section(source="<p>Un.</p><ul><li>A</li><li>B</li></ul>"))
    new = content(section(source="<p>Autre phrase.</p><ul><li>A</li><li>C</li></ul>"))
    (unit,) = compare(old, new)[0].changed_units
    row = next(row.index for row in unit.rows if row.old and row.old.words == "B")
    result, what = take(old, new, group="section:standard:lenjeu", unit=unit.key, row=row)
    assert result["sections"][0]["source"] == "<p>Autre phrase.</p><ul><li>A</li><li>B</li></ul>"
    assert what == "« L’enjeu », un paragraphe (Texte)"
    assert new["sections"][0]["source"].endswith("<li>C</li></ul>")


def test_a_paragraph_taken_out_comes_back_in_its_place():
    old = content(section(source="<p>Un.</p><p>Deux.</p><p>Trois.</p>"))
    new = content(section(source="<p>Un.</p><p>Trois.</p>"))
    result, _ = take(old, new, group="section:standard:lenjeu", unit="text:standard:lenjeu", row=1)
    assert result["sections"] == old["sections"]


def test_a_section_taken_out_comes_back_behind_the_one_before_it():
    old = content(section("a"), section("b"), section("c"))
    new = content(section("a"), section("c"))
    result, _ = take(old, new, group="section:standard:b")
    assert [row["anchor"] for row in result["sections"]] == ["a", "b", "c"]


def test_a_section_that_was_added_can_be_taken_back():
    old, new = content(section("a")), content(section("a"), section("b"))
    result, _ = take(old, new, group="section:standard:b")
    assert [row["anchor"] for row in result["sections"]] == ["a"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("title", "Avant", "Après"),
        ("summary", "Une ligne.\nDeux.", "Une ligne.\nTrois."),
        ("topics", ["etp"], []),
        ("audience", ["Patients", "Proches"], ["Patients"]),
        ("facts", {"lieux": 3}, {}),
        ("number", 1, None),
        ("review_by", "2026-01-01", None),
        ("training", [{"name": "ETP", "required": True}], []),
    ],
)
def test_a_field_comes_back_whole(name, old, new):
    before, after = content(section(), **{name: old}), content(section(), **{name: new})
    result, _ = take(before, after, group="fields", unit=f"field:{name}")
    assert result[name] == old
    assert result == {**after, name: old}


@pytest.mark.parametrize(
    "where",
    [
        {"group": "section:standard:nulle"},
        {"group": "nul"},
        {"group": "section:standard:lenjeu", "unit": "text:standard:nulle"},
        {"group": "section:standard:lenjeu", "unit": "text:standard:lenjeu", "row": 99},
        {"group": "section:standard:lenjeu", "unit": "text:standard:lenjeu", "row": -1},
        {"group": "fields"},
    ],
)
def test_a_difference_that_is_no_more_is_told(where):
    old, new = content(section(source="<p>Un.</p>")), content(section(source="<p>Deux.</p>"))
    with pytest.raises(ValidationError, match="n’existe plus"):
        take(old, new, **where)


# --- three sides


def test_a_merge_keeps_what_only_one_side_changed():
    base = content(section("a"), section("b"), title="T", subtitle="S")
    mine = content(section("a", "<p>Moi.</p>"), section("b"), title="T à moi", subtitle="S")
    theirs = content(
        section("a"), section("b", "<p>Eux.</p>"), section("c"), title="T", subtitle="S à eux"
    )
    merged, both = content_merge(base, mine, theirs)
    assert (merged["title"], merged["subtitle"], both) == ("T à moi", "S à eux", [])
    assert [(row["anchor"], row["source"]) for row in merged["sections"]] == [
        ("a", "<p>Moi.</p>"), ("b", "<p>Eux.</p>"), ("c", "<p>Un.</p>"),
    ]  # fmt: skip


def test_a_merge_keeps_mine_where_both_changed_and_says_it():
    base = content(section("a"), title="T")
    mine = content(section("a", "<p>Moi.</p>"), title="Moi")
    theirs = content(section("a", "<p>Eux.</p>"), title="Eux")
    merged, both = content_merge(base, mine, theirs)
    assert merged == mine
    assert both == ["Titre", "section « L’enjeu »"]


def test_a_merge_takes_out_what_the_other_took_out():
    base = content(section("a"), section("b"))
    merged, both = content_merge(base, deepcopy(base), content(section("a")))
    assert ([row["anchor"] for row in merged["sections"]], both) == (["a"], [])
