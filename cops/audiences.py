"""For whom a document is written: the codes behind the facet « Public »."""

from django.db import models


class Audience(models.TextChoices):
    TOUS = "tous", "Tous publics"
    PATIENTS = "patients", "Patients et usagers"
    PROCHES = "proches", "Proches-aidants"
    REPRESENTANTS = "representants", "Représentants des usagers"
    PROFESSIONNELS = "professionnels", "Professionnels"
    FORMATEURS = "formateurs", "Formateurs"
    DIRECTIONS = "directions", "Directions et cadres"
