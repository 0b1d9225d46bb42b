"""The fields of the partnership: one closed list, used by every app's facet."""

from django.db import models


class Topic(models.TextChoices):
    TRANSVERSAL = "transversal", "Tous les domaines"
    RELATION_INDIVIDUELLE = "relation-individuelle", "Relation individuelle de soin"
    SOINS_CLINIQUES = "soins-cliniques", "Soins cliniques"
    ETP = "etp", "Éducation thérapeutique"
    PAIR_AIDANCE = "pair-aidance", "Pair-aidance"
    FORMATION = "formation", "Formation"
    RECHERCHE = "recherche", "Recherche"
    ETHIQUE = "ethique", "Éthique"
    REPRESENTATION = "representation", "Représentation des usagers"
    GROUPE_DE_TRAVAIL = "groupe-de-travail", "Groupe de travail"
    MANAGEMENT = "management", "Management et établissement"
    MEDICO_SOCIAL = "medico-social", "Médico-social et social"


# A document of the starting content names one « domain »; some of these words
# stand for two topics of the portal.
DOMAINS: dict[str, tuple[Topic, ...]] = {
    "soins-cliniques-et-educatifs": (Topic.SOINS_CLINIQUES, Topic.ETP),
    **{topic.value: (topic,) for topic in Topic},
}
