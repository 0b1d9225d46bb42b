from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cops.secrets import public_id_field
from resources.models.resource import Resource
from resources.pictures import ADDRESS, FOLDER


def stored_as(attachment: Attachment, filename: str) -> str:
    """Where a file lies: a random name that tells nothing and that nobody guesses."""
    return f"{FOLDER}/{attachment.public_id}{filename}"


class Attachment(models.Model):
    """A file that goes with a resource, or a picture to show in its text.

    Written and taken away only through resources.services.attachments, which looks at what
    was sent (cops.uploads). A picture's file name holds its size (resources.pictures).
    """

    public_id = public_id_field()
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField("rang", default=0)
    title = models.CharField("titre", max_length=200)
    file = models.FileField("fichier", upload_to=stored_as)
    name = models.CharField("nom du fichier", max_length=120, editable=False, blank=True)
    media_type = models.CharField("format", max_length=100, editable=False)
    size = models.PositiveBigIntegerField("taille, en octets", editable=False)
    pages = models.PositiveIntegerField("pages", null=True, blank=True, editable=False)
    alternative = models.CharField(
        "ce que l’image montre",
        max_length=300,
        blank=True,
        help_text="Pour une image : une phrase, lue à qui ne la voit pas.",
    )
    decorative = models.BooleanField(
        "image décorative", default=False, help_text="Elle n’apprend rien : elle n’est pas lue."
    )
    added_at = models.DateTimeField("ajoutée le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(alternative="") | Q(decorative=False),
                name="attachment_decorative_says_nothing",
                violation_error_message="Une image décorative ne se décrit pas : choisissez.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def file_name(self) -> str:
        """The name under which it is stored, without its folder."""
        return str(self.file).rpartition("/")[2]

    @property
    def picture_url(self) -> str:
        """What a text names to show it."""
        return ADDRESS + self.file_name


class ExternalMedia(models.Model):
    """A film or a recording hosted elsewhere: a link and its words, never an embedded frame."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="media")
    position = models.PositiveSmallIntegerField("rang", default=0)
    title = models.CharField("titre", max_length=200)
    url = models.URLField("adresse", max_length=400)
    host_name = models.CharField("hébergé par", max_length=120)
    minutes = models.PositiveSmallIntegerField("durée, en minutes", null=True, blank=True)
    transcript_html = models.TextField("transcription")

    class Meta:
        verbose_name = "média externe"
        verbose_name_plural = "médias externes"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(transcript_html=""),
                name="external_media_has_transcript",
                violation_error_message="La transcription est obligatoire.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PreparedDocument(models.Model):
    """A PDF of a resource that has been made: what the download link says before the click."""

    class Form(models.TextChoices):
        STANDARD = "standard", "PDF"
        FALC = "falc", "PDF facile à lire"
        LARGE = "grand", "PDF en gros caractères"

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="prepared")
    form = models.CharField("forme", max_length=8, choices=Form.choices)
    sha256 = models.CharField("empreinte", max_length=64)
    pages = models.PositiveIntegerField("pages")
    size = models.PositiveBigIntegerField("taille, en octets")
    version = models.PositiveIntegerField("version")
    made_at = models.DateTimeField("fait le", auto_now=True)

    class Meta:
        verbose_name = "PDF préparé"
        verbose_name_plural = "PDF préparés"
        ordering = ["resource", "form", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "form"], name="prepared_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.resource} ({self.get_form_display()})"
