from django.db import models


class Quota(models.Model):
    """How many requests came from one network in one window of time.

    Written by ``cops.api.quotas`` alone. The network is a hash that changes with each window:
    nothing here says who asked. The table is UNLOGGED, since a crash may forget these counts.
    """

    slot = models.CharField("créneau", max_length=32, primary_key=True)
    ends_at = models.DateTimeField("fin", db_index=True)
    count = models.PositiveIntegerField("demandes")

    class Meta:
        verbose_name = "quota"
        verbose_name_plural = "quotas"

    def __str__(self) -> str:
        return f"{self.count} avant {self.ends_at:%H:%M}"
