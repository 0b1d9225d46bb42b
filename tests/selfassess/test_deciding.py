"""Two screens at the joint moment: nothing that either was told is kept is lost to the other."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from selfassess.models import Assessment, Decision, JointScore
from selfassess.services.joint import Decided, decision_tick, decisions_set, joint_score_set
from tests.selfassess import making
from tests.selfassess.making import here

pytestmark = pytest.mark.django_db


class Screen:
    """A page of the joint moment as a browser holds it: what was shown, and what is typed since."""

    def __init__(self, address: str) -> None:
        self.address, self.client = address, Client()
        self.read(self.client.get(address))

    def read(self, answer) -> None:
        self.page = answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")
        form = self.page[self.page.index("csrfmiddlewaretoken") :]
        self.fields = {
            name: unescape(re.search(r' value="([^"]*)"', tag)[1]) if " value=" in tag else ""
            for tag, name in re.findall(
                r'(<input type="(?:text|hidden)" name="([^"]+)"[^>]*>)', form
            )
        } | {
            name: unescape(text.removeprefix("\n"))
            for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
        }

    def keeps(self, line: int | None = None, what: str = "", **fields: str):
        """What « Garder nos décisions » answers, with something typed on a line."""
        if line is not None:
            typed = {"what": what, **fields}
            fields = {f"form-{line}-{name}": text for name, text in typed.items()}
        self.fields |= fields
        answer = self.client.post(self.address, self.fields)
        if answer.status_code != 302:
            self.read(answer)
        return answer


@pytest.fixture
def pair():
    return making.turned()


@pytest.fixture
def screens(pair):
    made, (_, one), (_, other) = pair

    def two(name: str = "decisions", query: str = "") -> list[Screen]:
        return [Screen(here(name, made, secret) + query) for secret in (one, other)]

    return two


def kept() -> list[str]:
    return list(Decision.objects.values_list("what", flat=True))


def decide(made, *what: str) -> None:
    decisions_set(assessment=made.assessment, decisions=[Decided(what=one) for one in what])


def test_what_one_screen_decided_is_still_there_after_the_other_one_decides(screens):
    nurse, partner = screens()
    partner.fields |= {"form-0-what": "DEC-A", "form-0-who": "Nadia", "form-1-what": "DEC-B"}
    assert partner.keeps().status_code == 302
    assert nurse.keeps(0, "DEC-C").status_code == 302
    assert kept() == ["DEC-A", "DEC-B", "DEC-C"]
    assert Decision.objects.get(position=1).who == "Nadia"


def test_a_line_that_was_not_touched_takes_back_nothing(pair, screens):
    decide(pair[0], "Un", "Deux")
    nurse, partner = screens()
    partner.keeps(0, "Un, en mieux", when="en mai")
    partner.keeps(1, "")
    nurse.keeps(3, "Quatre")
    assert kept() == ["Un, en mieux", "Quatre"]
    assert Decision.objects.get(position=1).when == "en mai"


def test_a_line_that_both_wrote_differently_is_kept_twice(pair, screens):
    decide(pair[0], "Un", "Deux")
    nurse, partner = screens()
    partner.keeps(0, "Un, dit la partenaire")
    answer = nurse.keeps(0, "Un, dit l’infirmière")
    assert kept() == ["Un, dit la partenaire", "Deux", "Un, dit l’infirmière"]
    joint = nurse.client.get(answer["Location"]).content.decode()
    assert "les deux sont gardées" in joint


def test_a_line_that_the_other_screen_changed_is_not_removed_unseen(pair, screens):
    decide(pair[0], "Un", "Deux")
    nurse, partner = screens()
    partner.keeps(0, "Un, en mieux")
    answer = nurse.keeps(0, "")
    assert kept() == ["Un, en mieux", "Deux"]
    assert "elle est restée" in nurse.client.get(answer["Location"]).content.decode()


def test_a_line_changed_here_and_removed_there_is_kept(pair, screens):
    decide(pair[0], "Un", "Deux")
    nurse, partner = screens()
    partner.keeps(0, "")
    nurse.keeps(0, "Un, en mieux")
    assert kept() == ["Un, en mieux", "Deux"]


def test_a_sixth_decision_is_told_kindly_with_both_texts_in_view(screens):
    nurse, partner = screens()
    partner.keeps(**{f"form-{line}-what": f"Reste {line}" for line in range(5)})
    answer = nurse.keeps(1, "La mienne", who="Marc")
    assert answer.status_code == 422
    assert kept() == [f"Reste {line}" for line in range(5)]
    assert nurse.fields["form-1-what"] == "La mienne"
    assert "Cinq décisions au plus" in nurse.page
    assert "« Reste 1 »" in nurse.page
    assert "<title>Erreur — " in nurse.page
    # Seen and said again, it takes the place; the lines that were not touched are the others’.
    assert nurse.fields["form-2-what"] == "Reste 2"
    assert nurse.keeps().status_code == 302
    assert kept() == ["Reste 0", "La mienne", "Reste 2", "Reste 3", "Reste 4"]


def test_the_same_page_sent_twice_decides_once(screens):
    nurse, partner = screens()
    partner.keeps(0, "DEC-A")
    nurse.keeps(0, "DEC-C")
    assert nurse.keeps().status_code == 302
    assert kept() == ["DEC-A", "DEC-C"]


def test_to_refresh_shows_what_the_other_screen_kept_and_keeps_what_is_being_typed(screens):
    nurse, partner = screens()
    partner.keeps(0, "DEC-A")
    answer = nurse.keeps(**{"form-1-what": "En train d’écr", "actualiser": "1"})
    assert answer.status_code == 200
    assert (nurse.fields["form-0-what"], nurse.fields["form-1-what"]) == ("DEC-A", "En train d’écr")
    assert kept() == ["DEC-A"]


def test_what_is_kept_already_is_shown_above_and_followed(pair, screens):
    decide(pair[0], "Relire à deux")
    nurse, _ = screens()
    above = nurse.page[: nurse.page.index("csrfmiddlewaretoken")]
    assert "Relire à deux" in above[above.index('id="deja-garde"') :]
    assert 'data-follow="#deja-garde"' in nurse.page


@pytest.mark.parametrize("field", ["who", "when"])
def test_a_line_without_its_what_is_asked_for_it_and_loses_nothing(screens, field):
    nurse, _ = screens()
    nurse.fields |= {"form-0-what": "Un", f"form-1-{field}": "Nadia"}
    answer = nurse.keeps()
    assert answer.status_code == 422
    assert "Dites quoi" in nurse.page
    assert (nurse.fields["form-0-what"], nurse.fields[f"form-1-{field}"]) == ("Un", "Nadia")
    assert 'aria-describedby="id_form-1-what_helptext id_form-1-what_error"' in nurse.page
    assert 'href="#id_form-1-what"' in nurse.page  # the summary leads to it
    assert kept() == []


def test_a_decision_too_long_is_said_and_not_cut(screens):
    nurse, _ = screens()
    assert "maxlength" not in nurse.page[nurse.page.index("csrfmiddlewaretoken") :]
    assert "200 caractères au plus" in nurse.page
    assert nurse.keeps(0, "a" * 500).status_code == 422
    assert nurse.fields["form-0-what"] == "a" * 500
    assert "il en compte 500" in nurse.page
    assert kept() == []
    assert nurse.keeps(0, "ligne\r\n" * 32 + "la fin !").status_code == 302  # 200, as it is kept


def test_what_became_of_a_decision_stays_with_it(pair):
    made = pair[0]
    decide(made, "Un", "Deux", "Trois")
    decision_tick(assessment=made.assessment, position=1, done="oui")
    decide(made, "Deux", "Trois")
    assert list(Decision.objects.values_list("what", "done")) == [("Deux", ""), ("Trois", "")]
    decision_tick(assessment=made.assessment, position=2, done="non")
    decide(made, "Trois", "Deux")
    assert list(Decision.objects.values_list("what", "done")) == [("Trois", "non"), ("Deux", "")]
    decide(made, "Troix", "Deux")  # a slip of the pen: the same decision
    assert Decision.objects.get(position=1).done == "non"
    decide(made, "Revoir l’accueil avec Léa", "Deux")  # another one
    assert Decision.objects.get(position=1).done == ""


def test_what_became_of_a_decision_stays_with_it_when_another_is_removed_on_the_page(pair, screens):
    made = pair[0]
    decide(made, "Un", "Deux")
    decision_tick(assessment=made.assessment, position=1, done="oui")
    nurse, _ = screens()
    nurse.fields |= {"form-0-what": "Deux", "form-1-what": ""}
    nurse.keeps()
    assert list(Decision.objects.values_list("what", "done")) == [("Deux", "")]


def test_a_decision_ticked_is_news_for_the_screens_of_the_time_after_and_for_no_other(pair):
    made = pair[0]
    decide(made, "Un")
    after, other = making.opened(follows=made.assessment), making.opened()
    steps = dict(Assessment.objects.values_list("pk", "step"))
    decision_tick(assessment=made.assessment, position=1, done="oui")
    steps[after.assessment.pk] += 1
    assert dict(Assessment.objects.values_list("pk", "step")) == steps
    assert other.assessment.pk in steps


def test_six_decisions_are_refused(pair):
    with pytest.raises(ValidationError, match="Cinq décisions au plus"):
        decide(pair[0], *"ABCDEF")


def test_a_sentence_is_not_erased_by_a_screen_that_never_saw_it(screens):
    nurse, partner = screens("together", "?n=1")
    partner.keeps(value="1", sentence="On ne se l’était jamais dit.")
    nurse.keeps(value="3")
    score = JointScore.objects.get()
    assert (score.value, score.sentence) == (3, "On ne se l’était jamais dit.")


def test_a_sentence_seen_is_changed_or_taken_back(pair, screens):
    joint_score_set(assessment=pair[0].assessment, criterion="CE1", value=1, sentence="Avant")
    nurse, partner = screens("together", "?n=1")
    nurse.keeps(value="1", sentence="Après")
    assert JointScore.objects.get().sentence == "Après"
    partner.keeps(value="1", sentence="")  # it saw « Avant », not « Après »
    assert JointScore.objects.get().sentence == "Après"
    again, _ = screens("together", "?n=1")
    again.keeps(value="1", sentence="")
    assert JointScore.objects.get().sentence == ""


def test_two_sentences_written_on_two_screens_are_both_kept(screens):
    nurse, partner = screens("together", "?n=1")
    partner.keeps(value="1", sentence="Elle le dit.")
    for _ in ("once", "twice"):
        nurse.keeps(value="1", sentence="Je le dis.")
        assert JointScore.objects.get().sentence == "Elle le dit.\nJe le dis."


def test_two_sentences_too_long_to_be_one_are_both_left_in_view(screens):
    nurse, partner = screens("together", "?n=1")
    partner.keeps(value="1", sentence="a" * 200)
    assert nurse.keeps(value="2", sentence="b" * 200).status_code == 422
    score = JointScore.objects.get()
    assert (score.value, score.sentence) == (1, "a" * 200)
    assert nurse.fields["sentence"] == "b" * 200
    assert "a" * 200 in nurse.page
    assert nurse.keeps(value="2").status_code == 302  # seen, and said again
    assert JointScore.objects.get().sentence == "b" * 200


def test_the_sentence_is_shown_beside_the_level(pair, screens):
    joint_score_set(assessment=pair[0].assessment, criterion="CE1", value=1, sentence="Oui, ici")
    nurse, _ = screens("together", "?n=1")
    beside = nurse.page[nurse.page.index('id="roue-commune"') :]
    assert "Niveau posé : 1" in beside
    assert "« Oui, ici »" in beside


def test_a_sentence_too_long_is_said_and_not_cut(screens):
    nurse, _ = screens("together", "?n=1")
    assert "maxlength" not in nurse.page[nurse.page.index("csrfmiddlewaretoken") :]
    assert nurse.keeps(value="1", sentence="a" * 301).status_code == 422
    assert nurse.fields["sentence"] == "a" * 301
