"""The answers in the address, and the summary, without a database."""

import pytest

from resources.enums import QuizAnswer
from resources.models import QuizStatement
from resources.reading.quiz import Answers, Summary, answered

VRAI, FAUX, DEBATE = QuizAnswer.VRAI, QuizAnswer.FAUX, QuizAnswer.A_DEBATTRE


def test_answers_are_read_and_written_the_same():
    answers = Answers.read("v-fd", 6)
    assert answers.given == (VRAI, None, FAUX, DEBATE, None, None)
    assert str(answers) == "v-fd"
    assert not answers.ignored


@pytest.mark.parametrize("text", ["x", "vfvfvf", "V", "v f", "\0", "é" * 3, "v" * 10_000])
def test_answers_that_make_no_sense_are_all_set_aside(text):
    assert Answers.read(text, 3) == Answers((None, None, None), ignored=True)


def test_a_form_goes_on_top_of_what_was_answered():
    answers = Answers.read("vf", 3).with_form({"a2": "d", "a3": "v", "a9": "v", "a1": "zzz"})
    assert answers.given == (VRAI, DEBATE, VRAI)


def test_no_answer_is_false_and_empty():
    assert not Answers.read("---", 3)
    assert str(Answers.read("---", 3)) == ""


def test_summary_leaves_out_what_is_to_debate():
    statements = [QuizStatement(answer=kind) for kind in (VRAI, FAUX, VRAI, DEBATE, FAUX)]
    items = answered(statements, Answers.read("vv-vd", 5))
    assert [item.verdict for item in items] == ["right", "wrong", "", "debate", "wrong"]
    summary = Summary(items)
    assert (summary.right, summary.counted, summary.unanswered, summary.debated) == (1, 4, 1, 1)
