"""Departments, topics and audiences: what stored rows and addresses rely on."""

from cops.audiences import Audience
from cops.territory import Department
from cops.topics import DOMAINS, Topic


def test_occitanie_has_thirteen_departments():
    assert Department.values == [
        "09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82",
    ]  # fmt: skip
    assert Department("31").label == "Haute-Garonne"


def test_codes_are_addresses():
    for code in [*Topic.values, *Audience.values]:
        assert code.replace("-", "").isalpha()
        assert code == code.lower()
        assert code.isascii()


def test_labels_are_all_different():
    for choices in (Topic, Audience, Department):
        assert len(set(choices.labels)) == len(choices.labels)


def test_each_domain_of_the_content_gives_topics():
    assert DOMAINS["soins-cliniques-et-educatifs"] == (Topic.SOINS_CLINIQUES, Topic.ETP)
    assert all(DOMAINS[topic.value] == (topic,) for topic in Topic)
