from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "slot",
                    models.CharField(
                        max_length=32, primary_key=True, serialize=False, verbose_name="créneau"
                    ),
                ),
                ("ends_at", models.DateTimeField(db_index=True, verbose_name="fin")),
                ("count", models.PositiveIntegerField(verbose_name="demandes")),
            ],
            options={"verbose_name": "quota", "verbose_name_plural": "quotas"},
        ),
        # No journal for counts that a crash may forget: a request waits for no disk.
        migrations.RunSQL("ALTER TABLE api_quota SET UNLOGGED", "ALTER TABLE api_quota SET LOGGED"),
    ]
