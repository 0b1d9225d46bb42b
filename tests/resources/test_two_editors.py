"""Two people write the working text of one sheet: both are told, and nothing is lost."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from cops.pagecache import raise_version
from resources.enums import Status
from resources.models import DraftRevision
from resources.services import correcting
from resources.services.contents import section_removed
from resources.services.drafts import (
    FIELDS,
    MeanwhileError,
    choices_of,
    draft_change,
    draft_save,
    piece_keep,
    piece_read,
    piece_resolve,
    working_text,
)
from resources.services.sections import section_save
from tests.accounts.people import person
from tests.resources import factories
from tests.resources.working_texts import PIECE, opened, published, write

pytestmark = pytest.mark.django_db


def test_two_editors_on_two_pieces_never_meet():
    made = published()
    factories.section(made, "Autre", "<p>Autre.</p>")
    other = "section:standard:section-2"
    seen = opened(made, other)
    write(made, "<p>De l’une.</p>")
    write(made, "<p>De l’autre.</p>", piece=other, seen=seen)
    sections = working_text(made).content["sections"]
    assert [section["source"] for section in sections] == ["<p>De l’une.</p>", "<p>De l’autre.</p>"]


def test_two_editors_on_two_fields_never_meet():
    made = published(subtitle="")
    seen = opened(made, FIELDS)
    write(made, None, piece=FIELDS, seen=seen, title="Un titre", subtitle="")
    write(made, None, piece=FIELDS, seen=seen, title=made.title, subtitle="Un sous-titre")
    content = working_text(made).content
    assert (content["title"], content["subtitle"]) == ("Un titre", "Un sous-titre")


def test_the_second_editor_is_told_who_and_when_and_loses_nothing():
    made, one, other = published(), person("team"), person("team")
    seen = opened(made)
    write(made, "<p>De l’une.</p>", by=one)
    with pytest.raises(MeanwhileError) as meeting:
        write(made, "<p>De l’autre.</p>", by=other, seen=seen)
    error = meeting.value
    last = DraftRevision.objects.get()
    assert (error.who, error.when, error.now.last) == (one, last.saved_at, last.pk)
    assert (error.mine["source"], error.theirs["source"], error.base["source"]) == (
        "<p>De l’autre.</p>", "<p>De l’une.</p>", "<p>Un texte.</p>",
    )  # fmt: skip
    assert working_text(made).content["sections"][0]["source"] == "<p>De l’une.</p>"


@pytest.mark.parametrize(
    ("chosen", "result"),
    [
        ("new", "<p>Un, à moi.</p><p>Deux.</p>"),
        ("old", "<p>Un.</p><p>Deux, aux autres.</p>"),
        ("", "<p>Un, à moi.</p><p>Deux, aux autres.</p>"),
    ],
)
def test_both_texts_become_one_by_paragraph(chosen, result):
    made = published(text="<p>Un.</p><p>Deux.</p>")
    seen = opened(made)
    write(made, "<p>Un.</p><p>Deux, aux autres.</p>")
    with pytest.raises(MeanwhileError) as meeting:
        write(made, "<p>Un, à moi.</p><p>Deux.</p>", seen=seen)
    error, current = meeting.value, working_text(made).content
    choices = choices_of(current, PIECE, error.mine, error.base)
    assert [choice.default for choice in choices] == ["new", "old"]
    sides = {choice.name: chosen or choice.default for choice in choices}
    value = piece_resolve(current, PIECE, error.mine, sides)
    draft_save(resource=made, piece=PIECE, value=value, seen=error.now, label="L’enjeu", by=None)
    assert working_text(made).content["sections"][0]["source"] == result


def test_a_section_taken_out_while_it_was_written_can_come_back():
    made = published()
    factories.section(made, "Autre")
    write(made, "<p>Première main.</p>")
    seen = opened(made)
    key = ("standard", "section-1")
    draft_change(resource=made, change=lambda c: section_removed(c, key), label="Retirée", by=None)
    with pytest.raises(MeanwhileError) as meeting:
        write(made, "<p>Seconde main.</p>", seen=seen)
    assert meeting.value.theirs is None
    content = piece_keep(working_text(made), PIECE)
    assert piece_read(content, PIECE)["source"] == "<p>Première main.</p>"


def test_a_text_published_since_the_form_was_opened_is_not_written_over():
    made = published()
    seen = opened(made)
    write(made, "<p>Publié depuis.</p>")
    correcting.draft_publish(resource=made)
    with pytest.raises(MeanwhileError):
        write(made, "<p>Du vieux formulaire.</p>", seen=seen)


def test_what_an_administrator_saved_since_the_form_was_opened_is_not_written_over():
    made = factories.resource(status=Status.DRAFT, version=0)
    seen = opened(made)
    section = made.sections.get()
    section.source_html = "<p>De l’administration.</p>"
    section_save(section=section)
    with pytest.raises(MeanwhileError):
        write(made, "<p>Du vieux formulaire.</p>", seen=seen)


@pytest.mark.django_db(transaction=True)
def test_two_saves_at_once_of_one_piece_keep_both_texts():
    raise_version()
    made = published()
    results: list[str] = []
    ready, seen = threading.Barrier(2), opened(made)

    def save(text: str) -> None:
        try:
            ready.wait()
            write(made, f"<p>{text}</p>", seen=seen)
            results.append("saved")
        except MeanwhileError as error:
            results.append(f"{error.theirs['source']} {error.mine['source']}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=[text]) for text in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = working_text(made).content["sections"][0]["source"]
    other = {"<p>A</p>": "<p>B</p>", "<p>B</p>": "<p>A</p>"}[kept]
    assert sorted(results) == sorted(["saved", f"{kept} {other}"])
