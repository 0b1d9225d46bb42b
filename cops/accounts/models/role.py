from django.conf import settings
from django.db import models
from django.utils import timezone


class RoleGrant(models.Model):
    """A role that an app adds to those of the portal, given to one person.

    Made by ``role_give``, ended by ``role_take``; which roles exist: ``cops.accounts.roles``.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        related_name="role_grants",
    )
    role = models.SlugField("rôle", max_length=40)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="donné par",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    given_at = models.DateTimeField("donné", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "rôle particulier"
        verbose_name_plural = "rôles particuliers"
        ordering = ["user", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                name="accounts_rolegrant_once",
                violation_error_message="Cette personne a déjà ce rôle.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} : {self.user}"
