"""What the answers about grids hold, for the OpenAPI description. They serialise nothing."""

from __future__ import annotations

from rest_framework import serializers

from resources.api.serializers import Described, Licence, Listed


class GridCard(Described):
    slug = serializers.SlugField()
    title = serializers.CharField()
    instrument = serializers.CharField(help_text="L’instrument d’origine.")
    intro = serializers.CharField()
    version = serializers.IntegerField(help_text="Ce que la grille demande aujourd’hui.")
    made_at = serializers.DateTimeField(help_text="Quand cette version a été faite.")
    to_review = serializers.BooleanField(help_text="Libellés adaptés, que l’équipe relit encore.")
    sheet = serializers.CharField(help_text="L’adresse courte de sa fiche, ou rien.")
    url = serializers.URLField(help_text="La page, où l’on peut commencer.")
    api_url = serializers.URLField(help_text="La même grille, entière, dans cette interface.")


class GridRole(Described):
    code = serializers.CharField()
    label = serializers.CharField()
    description = serializers.CharField()
    joins = serializers.BooleanField(help_text="Une personne peut prendre ce rôle.")


class GridMoment(Described):
    role = serializers.CharField(help_text="Le rôle qui répond à ce moment.")
    title = serializers.CharField()
    text = serializers.CharField()
    falc = serializers.CharField()


class GridLevel(Described):
    value = serializers.IntegerField(min_value=0, max_value=4)
    label = serializers.CharField()
    help = serializers.CharField()
    falc = serializers.CharField()


class GridCriterion(Described):
    code = serializers.CharField(help_text="Le même sens d’une version à l’autre.")
    label = serializers.CharField()
    help = serializers.CharField()
    example = serializers.CharField()
    falc = serializers.CharField()
    questions = serializers.ListField(
        child=serializers.CharField(), help_text="Pour parler d’un écart."
    )


class GridIdea(Described):
    title = serializers.CharField()
    text = serializers.CharField()


class GridSaidAxis(Described):
    code = serializers.CharField()
    label = serializers.CharField()
    help = serializers.CharField()
    ideas = GridIdea(many=True, help_text="À essayer en atelier.")


class GridAxis(GridSaidAxis):
    sheets = serializers.ListField(
        child=serializers.CharField(), help_text="Les fiches qui aident, dans leur ordre."
    )
    criteria = GridCriterion(many=True)


class GridWords(Described):
    intro = serializers.CharField()
    intro_falc = serializers.CharField()
    roles = GridRole(many=True)
    moments = GridMoment(many=True)


class GridWording(GridWords):
    code = serializers.CharField()
    label = serializers.CharField()
    title = serializers.CharField(help_text="Le titre de la grille, avec ces mots.")
    axes = GridSaidAxis(many=True)
    criteria = GridCriterion(many=True)


class GridPaper(Described):
    name = serializers.CharField()
    label = serializers.CharField()
    url = serializers.URLField(help_text="Le PDF, à remplir au stylo.")


class Grid(GridCard):
    licence = Licence()
    intro_falc = serializers.CharField()
    roles = GridRole(many=True)
    moments = GridMoment(many=True)
    scale = GridLevel(many=True)
    axes = GridAxis(many=True, help_text="Quatre axes de trois critères, dans l’ordre de la roue.")
    wordings = GridWording(many=True, help_text="La grille avec d’autres mots, en entier.")
    papers = GridPaper(many=True)


class GridList(Listed):
    results = GridCard(many=True)
