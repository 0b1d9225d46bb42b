from django.db import models


class LoadedItem(models.Model):
    """What was loaded last under a slug. Written by cops.content.services.content_load alone.

    ``data_hash`` is of the file, ``object_hash`` of the object just after it was saved:
    an object whose hash differs today was edited since, and is left alone.
    """

    source = models.CharField("source", max_length=60)
    slug = models.CharField("clé", max_length=80)
    file = models.CharField("fichier", max_length=200)
    object_id = models.BigIntegerField("objet")
    data_hash = models.CharField("empreinte du fichier", max_length=64)
    object_hash = models.CharField("empreinte de l’objet", max_length=64)
    loaded_at = models.DateTimeField("chargé le", auto_now=True)
    gone_at = models.DateTimeField("disparu des fichiers le", null=True, blank=True)

    class Meta:
        verbose_name = "élément chargé"
        verbose_name_plural = "éléments chargés"
        ordering = ["source", "slug", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "slug"],
                name="loaded_item_once",
                violation_error_message="Cet élément est déjà chargé.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.slug}"
