from django.db import models


class ContentVersion(models.Model):
    """The version of all that is published: one row, read once for each kept page.

    Only ``cops.pagecache.raise_version`` writes it. The token is drawn at random,
    not counted: a number that a rollback gives back would bring stale pages back
    with it.
    """

    single = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.BigIntegerField("jeton")
    changes_at = models.DateTimeField("prochain changement prévu", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "version des contenus"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(single=1),
                name="pagecache_contentversion_single_row",
                violation_error_message="La version des contenus tient en une ligne.",
            )
        ]

    def __str__(self) -> str:
        return str(self.token)
