from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from cops.accounts.enums import Role
from cops.accounts.managers import UserManager, normalise_email


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. The address is the name; there is no other."""

    email = models.EmailField(
        "adresse électronique",
        unique=True,
        error_messages={"unique": "Un compte existe déjà avec cette adresse."},
    )
    display_name = models.CharField("nom affiché", max_length=80, blank=True)
    role = models.CharField("rôle", max_length=16, choices=Role.choices, default=Role.MEMBER)
    is_active = models.BooleanField("compte ouvert", default=True)
    joined_at = models.DateTimeField("inscription", default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        ordering = ["email", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_once",
                violation_error_message="Un compte existe déjà avec cette adresse.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values),
                name="accounts_user_role_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="accounts_user_email_lowered",
                violation_error_message="L’adresse est gardée en minuscules.",
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.ADMINISTRATOR, is_superuser=True)
                | (~models.Q(role=Role.ADMINISTRATOR) & models.Q(is_superuser=False)),
                name="accounts_user_rights_follow_role",
                violation_error_message="Seul un administrateur a tous les droits.",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def clean(self) -> None:
        super().clean()
        self._settle()

    def save(self, *args, **kwargs) -> None:
        self._settle()
        fields = kwargs.get("update_fields")
        if fields is not None and {"role", "is_superuser"} & set(fields):
            kwargs["update_fields"] = {*fields, "role", "is_superuser"}
        super().save(*args, **kwargs)

    def _settle(self) -> None:
        """One spelling of the address; Django's own flag follows the role, the source of rights."""
        self.email = normalise_email(self.email)
        self.is_superuser = self.role == Role.ADMINISTRATOR

    @property
    def is_staff(self) -> bool:
        """May open the admin and the team's pages."""
        return self.role in (Role.TEAM, Role.ADMINISTRATOR)

    def has_role(self, key: str) -> bool:
        """True if an app's role (``cops.accounts.roles``) was given to this person."""
        return self.is_active and self.role_grants.filter(role=key).exists()
