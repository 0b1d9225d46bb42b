from django.db import models


class Role(models.TextChoices):
    """What a person may do on the portal; each role includes the one before it."""

    MEMBER = "member", "Membre"
    TEAM = "team", "Équipe COPS"
    ADMINISTRATOR = "administrator", "Administrateur"
