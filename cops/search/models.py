"""The one index, and the vocabulary that forgives typing errors."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

CONFIG = "cops_fr"
# The words of a vector that stand in the title, as a vector (statements.py writes the same).
TITLE = Func(F("vector"), function="ts_filter", template="%(function)s(%(expressions)s, '{a}')")


class SearchEntry(models.Model):
    """A row of the index. Written only by cops.search.entries (entries_replace, entries_remove)."""

    source = models.CharField("origine", max_length=100)
    key = models.CharField("ancre", max_length=100, blank=True)
    kind = models.CharField("genre", max_length=24)
    # The kind of the whole document: a section is counted with its sheet.
    family = models.CharField("genre du document", max_length=24)
    title = models.CharField("titre", max_length=400)
    parent_title = models.CharField("titre du document", max_length=400, blank=True)
    summary = models.TextField("résumé", blank=True)
    url = models.CharField("adresse", max_length=500)
    aliases = ArrayField(models.CharField(max_length=200), verbose_name="autres noms", default=list)
    topics = ArrayField(models.CharField(max_length=40), verbose_name="domaines", default=list)
    departments = ArrayField(models.CharField(max_length=3), verbose_name="lieux", default=list)
    date = models.DateField("date", null=True, blank=True)
    visible_from = models.DateTimeField("visible dès", null=True, blank=True)
    visible_until = models.DateTimeField("visible jusque", null=True, blank=True)
    # How many other documents say the title of a small kind (a term), counted by words_refresh.
    uses = models.PositiveIntegerField("emplois", default=0, editable=False)

    # Derived from the above and from the text through normalise(); never shown.
    # "| title | alias | alias |" through name_key(): whole names and their beginnings.
    names = models.TextField(editable=False)
    digest = models.CharField(max_length=32, editable=False)
    # Title (A), other names and summary (B), text (D).
    vector = SearchVectorField(editable=False)

    class Meta:
        verbose_name = "entrée de l’index"
        verbose_name_plural = "entrées de l’index"
        ordering = ["source", "key", "pk"]
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_vector"),
            # An index of vectors knows no weights: « these words in the title », asked of the one
            # above, would read every row that has them anywhere.
            GinIndex(TITLE, name="search_entry_titles"),
            GinIndex(
                OpClass("names", name="gin_trgm_ops"),
                name="search_entry_names",
                condition=Q(key=""),
            ),
            # Which documents stand at these addresses: asked by every sheet that links to others.
            models.Index(fields=["url"], name="search_entry_url", condition=Q(key="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="search_entry_once"),
            models.CheckConstraint(
                condition=Q(visible_until__isnull=True)
                | Q(visible_from__isnull=True)
                | Q(visible_until__gt=F("visible_from")),
                name="search_entry_visible_span",
                violation_error_message="La fin de visibilité vient après son début.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SearchText(models.Model):
    """The texts of a row, apart from it: a common word reads rows by the thousand, texts by twenty.

    Written only by cops.search.entries.
    """

    entry = models.OneToOneField(
        SearchEntry,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="text",
        verbose_name="entrée",
    )
    body = models.TextField("texte", blank=True)
    # Title, other names, summary and text through normalise(): the vocabulary is made of them.
    words = models.TextField(editable=False)

    class Meta:
        verbose_name = "texte de l’index"
        verbose_name_plural = "textes de l’index"
        ordering = ["entry"]

    def __str__(self) -> str:
        return str(self.entry)


class SearchWord(models.Model):
    """A word that occurs in the index, as written there. Written only by cops.search.words."""

    word = models.CharField("mot", max_length=60, unique=True)
    plain = models.CharField("mot sans accent", max_length=60)
    stem = models.CharField("racine", max_length=60)
    # In how many rows the word's stem occurs; 0 until the next refresh counts it.
    entries = models.PositiveIntegerField("entrées", default=0)

    class Meta:
        verbose_name = "mot de l’index"
        verbose_name_plural = "mots de l’index"
        ordering = ["word", "pk"]
        indexes = [
            GistIndex(OpClass("plain", name="gist_trgm_ops"), name="search_word_plain"),
            models.Index(fields=["stem"], name="search_word_stem"),
        ]

    def __str__(self) -> str:
        return self.word
