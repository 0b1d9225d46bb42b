"""The accounts keep their places, each person their department; a version that served says so."""

from django.db import migrations
from django.db.models import Exists, OuterRef

import cops.secrets


def carry_over(apps, schema_editor):
    assessments = apps.get_model("selfassess", "Assessment").objects
    participants = apps.get_model("selfassess", "Participant").objects
    versions = apps.get_model("selfassess", "GridVersion").objects
    kept = apps.get_model("selfassess", "KeptPlace").objects
    for one in assessments.filter(owner__isnull=False).order_by("pk").iterator():
        # The account of one who was signed in while opening it: their opener's page.
        kept.create(
            public_id=cops.secrets.random_name(), owner_id=one.owner_id, assessment_id=one.pk
        )
    for one in assessments.exclude(department="").order_by("pk").iterator():
        participants.filter(assessment_id=one.pk, shares=True, shared_at=None).update(
            department=one.department
        )
    served = assessments.filter(version=OuterRef("pk"))
    versions.filter(Exists(served)).update(is_used=True)


class Migration(migrations.Migration):
    dependencies = [("selfassess", "0002_kept_places")]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
    ]
