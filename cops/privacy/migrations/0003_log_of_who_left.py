"""The names of people erased before the log of the administration forgot them."""

from django.conf import settings
from django.db import migrations
from django.db.models import CharField
from django.db.models.functions import Cast


def forget(apps, schema_editor):
    LogEntry = apps.get_model("admin", "LogEntry")
    accounts = apps.get_model(settings.AUTH_USER_MODEL)
    meta = accounts._meta
    here = accounts.objects.values_list(Cast("pk", CharField()), flat=True)
    LogEntry.objects.filter(
        content_type__app_label=meta.app_label, content_type__model=meta.model_name
    ).exclude(object_id__in=here).update(object_repr="Un compte effacé", change_message="")


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0002_inactivity_notice"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
