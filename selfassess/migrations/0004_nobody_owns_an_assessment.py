"""An assessment belongs to no account, and says no department: its places do."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("selfassess", "0003_whose_they_are")]

    operations = [
        migrations.RemoveField(model_name="assessment", name="department"),
        migrations.RemoveField(model_name="assessment", name="owner"),
    ]
