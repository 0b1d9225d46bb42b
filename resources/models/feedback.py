"""What readers tell the team, without an account: words on a sheet, a word they missed."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5

from resources.enums import Useful, WordState
from resources.models.resource import Resource


class Remark(models.Model):
    """The words that somebody left with their answer to « Cette fiche vous a-t-elle été utile ? ».

    Of the answer itself only a total per day is kept (cops.counters); of the words the day,
    never who wrote them. Written and erased by resources.services.feedback alone.
    """

    LENGTH = 600

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="remarks")
    useful = models.CharField("utile", max_length=12, choices=Useful.choices)
    text = models.TextField("avis", max_length=LENGTH)
    received_on = models.DateField("reçu le")
    read_on = models.DateField("lu le", null=True, blank=True)

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(
                fields=["received_on"], name="remark_unread", condition=Q(read_on__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__in=Useful.values),
                name="remark_useful_known",
                violation_error_message="Cette réponse n’existe pas.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="remark_not_empty",
                violation_error_message="Un avis a au moins un mot.",
            ),
            # A double click: one row.
            models.UniqueConstraint(
                "resource", "useful", MD5("text"), "received_on", name="remark_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"avis du {self.received_on}"


class WordRequest(models.Model):
    """A word that somebody missed in the lexicon.

    Its state changes only through resources.services.word_requests. The address, given by who
    wants an answer, leaves the row with that answer.
    """

    WORD_LENGTH = 120
    CONTEXT_LENGTH = 600
    REPLY_LENGTH = 1_500

    word = models.CharField("mot", max_length=WORD_LENGTH)
    key = models.CharField(max_length=WORD_LENGTH, editable=False)
    context = models.TextField(
        "où ce mot a été lu ou entendu", max_length=CONTEXT_LENGTH, blank=True
    )
    email = models.EmailField("adresse électronique", blank=True)
    state = models.CharField(
        "état", max_length=12, choices=WordState.choices, default=WordState.RECEIVED, editable=False
    )
    received_on = models.DateField("reçu le")
    answered_on = models.DateField("répondu le", null=True, blank=True)
    reply = models.TextField("réponse", max_length=REPLY_LENGTH, blank=True)
    term = models.ForeignKey(
        "resources.Term",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="asked_in",
        verbose_name="terme du lexique",
    )

    class Meta:
        verbose_name = "mot demandé"
        verbose_name_plural = "mots demandés"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=WordState.values),
                name="word_request_state_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(state=WordState.RECEIVED, answered_on__isnull=True)
                | (~Q(state=WordState.RECEIVED) & Q(answered_on__isnull=False)),
                name="word_request_answered_has_date",
                violation_error_message="Une demande traitée a une date de réponse.",
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(state=WordState.RECEIVED),
                name="word_request_address_until_answered",
                violation_error_message="L’adresse est effacée avec la réponse.",
            ),
            # A double click, or a person who asks again before the answer: one row.
            models.UniqueConstraint(
                fields=["key", "email"],
                condition=Q(state=WordState.RECEIVED),
                name="word_request_once_until_answered",
                violation_error_message="Ce mot est déjà demandé.",
            ),
        ]

    def __str__(self) -> str:
        return self.word
