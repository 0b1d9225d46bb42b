from django.conf import settings
from django.db import models
from django.utils import timezone


class ConsentText(models.Model):
    """A text as people read it when they consented; kept for ever, found by its content.

    Made by ``consent_give`` alone, the first time somebody consents to it.
    """

    purpose = models.SlugField("finalité", max_length=40)
    digest = models.CharField("empreinte", max_length=64)
    text = models.TextField("texte")
    first_used_at = models.DateTimeField("première fois", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "texte de consentement"
        verbose_name_plural = "textes de consentement"
        ordering = ["purpose", "first_used_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "digest"],
                name="accounts_consenttext_once",
                violation_error_message="Ce texte est déjà enregistré.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.digest[:8]})"


class Consent(models.Model):
    """A person said yes to one text, for one purpose. Frozen but for its end.

    Made by ``consent_give``, ended by ``consent_withdraw``. The proof outlives the account
    (article 7.1 of the RGPD): ``consents_archive`` leaves it without the person, under a digest
    that is found again by who gives the address.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        related_name="consents",
        null=True,
    )
    former = models.CharField("ancienne personne", max_length=64, blank=True, editable=False)
    text = models.ForeignKey(
        ConsentText, verbose_name="texte", on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.SlugField("finalité", max_length=40)
    given_at = models.DateTimeField("donné", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("retiré", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "consentement"
        verbose_name_plural = "consentements"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="accounts_consent_one_at_a_time",
                violation_error_message="Ce consentement est déjà donné.",
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, former="")
                | (models.Q(user__isnull=True, withdrawn_at__isnull=False) & ~models.Q(former="")),
                name="accounts_consent_of_somebody",
                violation_error_message="Un consentement est à une personne, ou archivé.",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="accounts_consent_ends_after_it_began",
                violation_error_message="Un consentement finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} : {self.user or 'archivé'}"
