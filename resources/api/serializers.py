"""What the answers of the library hold, for the OpenAPI description. They serialise nothing."""

from __future__ import annotations

from rest_framework import serializers


class Described(serializers.Serializer):
    """A shape in words; ``resources.api.shapes`` makes the dicts."""


class Coded(Described):
    code = serializers.CharField(help_text="Le code, celui des filtres.")
    label = serializers.CharField(help_text="Le mot français à montrer.")


class Pdf(Described):
    url = serializers.URLField(help_text="Toujours la dernière version.")
    pages = serializers.IntegerField(allow_null=True)
    size = serializers.IntegerField(allow_null=True, help_text="En octets.")


class Licence(Described):
    name = serializers.CharField(help_text="Vide tant qu’aucune licence n’est arrêtée.")
    url = serializers.URLField()
    notice = serializers.CharField(help_text="Ce qu’il faut savoir avant de republier.")


class ResourceCard(Described):
    slug = serializers.SlugField()
    kind = Coded()
    number = serializers.IntegerField(allow_null=True, help_text="Le numéro dans sa collection.")
    title = serializers.CharField()
    subtitle = serializers.CharField()
    summary = serializers.CharField()
    topics = Coded(many=True)
    audience = serializers.ListField(
        child=serializers.CharField(), help_text="Pour qui, dans les mots des auteurs."
    )
    audiences = Coded(many=True, help_text="Pour qui, par les codes du filtre « public ».")
    dimension = Coded(allow_null=True)
    departments = Coded(many=True, help_text="Aucun : la ressource vaut dans toute la région.")
    modalities = Coded(many=True, help_text="Pour les fiches-missions.")
    published_at = serializers.DateTimeField()
    reviewed_on = serializers.DateField(allow_null=True)
    review_by = serializers.DateField(allow_null=True)
    version = serializers.IntegerField(help_text="Le numéro de la version publiée.")
    has_falc = serializers.BooleanField(help_text="Existe en facile à lire et à comprendre.")
    url = serializers.URLField(help_text="La page à lire.")
    api_url = serializers.URLField(help_text="La même ressource, entière, dans cette interface.")
    pdf = Pdf()


class Lane(Described):
    label = serializers.CharField(help_text="Qui agit.")
    html = serializers.CharField()


class Step(Described):
    number = serializers.IntegerField()
    title = serializers.CharField()
    partner = Lane(help_text="Ce que fait le patient ou le proche partenaire.")
    professional = Lane(help_text="Ce que fait le professionnel.")
    together_html = serializers.CharField(help_text="Ce que l’on fait ensemble.")


class Path(Described):
    title = serializers.CharField()
    steps = Step(many=True)


class Section(Described):
    anchor = serializers.CharField(help_text="L’ancre dans la page ; elle ne change jamais.")
    title = serializers.CharField()
    level = serializers.IntegerField(help_text="2, ou 3 pour une partie de la section d’avant.")
    html = serializers.CharField(help_text="Du HTML simple, sans style ni script.")
    path = Path(allow_null=True, help_text="Le parcours en deux voies, s’il y en a un.")


class Falc(Described):
    reviewed_on = serializers.DateField(
        allow_null=True, help_text="Relu par des personnes concernées, à cette date."
    )
    url = serializers.URLField()
    pdf = Pdf()
    sections = Section(many=True)


class Fact(Described):
    label = serializers.CharField()
    value = serializers.CharField()


class Training(Described):
    name = serializers.CharField()
    required = serializers.BooleanField()


class Mission(Described):
    action = serializers.CharField()
    partner_profiles = serializers.ListField(child=serializers.CharField())
    places = serializers.ListField(child=serializers.CharField())
    training = Training(many=True)
    regulation = serializers.CharField()
    skills = serializers.ListField(child=serializers.CharField())


class TermLink(Described):
    slug = serializers.SlugField()
    term = serializers.CharField()
    url = serializers.URLField()
    api_url = serializers.URLField()


class Reference(Described):
    type = serializers.CharField()
    authors = serializers.ListField(child=serializers.CharField())
    year = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    journal = serializers.CharField()
    publisher = serializers.CharField()
    details = serializers.CharField()
    url = serializers.CharField(help_text="Vide quand la référence n’est pas en ligne.")
    citation_html = serializers.CharField(help_text="La référence écrite à la française.")


class Related(Described):
    slug = serializers.SlugField()
    title = serializers.CharField()
    kind = Coded()
    url = serializers.URLField()
    api_url = serializers.URLField()


class Attachment(Described):
    title = serializers.CharField()
    url = serializers.URLField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="En octets.")
    pages = serializers.IntegerField(allow_null=True)


class Media(Described):
    title = serializers.CharField()
    url = serializers.URLField()
    host = serializers.CharField(help_text="Qui l’héberge.")
    minutes = serializers.IntegerField(allow_null=True)
    transcript_html = serializers.CharField()


class Resource(ResourceCard):
    updated_at = serializers.DateTimeField(help_text="La date de la version publiée.")
    licence = Licence()
    notice = serializers.CharField(help_text="Un avis au public, par exemple « à relire ».")
    working_group = serializers.CharField()
    contributors = serializers.ListField(child=serializers.CharField())
    publishers = serializers.ListField(child=serializers.CharField())
    methodology = serializers.CharField()
    facts = Fact(many=True, help_text="Des repères chiffrés.")
    mission = Mission(allow_null=True, help_text="Pour une fiche-mission seulement.")
    sections = Section(many=True)
    falc = Falc(allow_null=True, help_text="La version facile à lire, s’il y en a une.")
    large_print = Pdf(help_text="Le PDF en gros caractères.")
    terms = TermLink(many=True, help_text="Les mots du lexique que les auteurs citent.")
    references = Reference(many=True)
    related = Related(many=True, help_text="À lire aussi.")
    parts = Related(many=True, help_text="Les parties d’un guide.")
    attachments = Attachment(many=True)
    media = Media(many=True)


class TermCard(Described):
    slug = serializers.SlugField()
    term = serializers.CharField()
    acronym = serializers.CharField()
    category = Coded()
    definition = serializers.CharField()
    falc = serializers.CharField(help_text="La définition en facile à lire, ou rien.")
    falc_reviewed_on = serializers.DateField(allow_null=True)
    synonyms = serializers.ListField(child=serializers.CharField())
    preferred = serializers.BooleanField(help_text="Terme à préférer.")
    instead_of = serializers.ListField(
        child=serializers.CharField(), help_text="Les mots qu’il remplace."
    )
    url = serializers.URLField()
    api_url = serializers.URLField()


class Term(TermCard):
    licence = Licence()
    see_also = TermLink(many=True)
    sources = Reference(many=True)


class Listed(Described):
    """What every list has around its results."""

    next = serializers.URLField(allow_null=True, help_text="La page suivante ; null à la fin.")
    notices = serializers.ListField(
        child=serializers.CharField(), help_text="Ce qui a été ignoré ou corrigé, en français."
    )
    licence = Licence()


class ResourceList(Listed):
    results = ResourceCard(many=True)


class TermList(Listed):
    results = TermCard(many=True)
