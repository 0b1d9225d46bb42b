"""The link of a reminder holds a code and a secret: it no longer lies in clear."""

from django.db import migrations, models

from cops.encryption import decrypt, encrypt


def close(apps, schema_editor):
    for row in apps.get_model("selfassess", "Reminder").objects.filter(link__startswith="http"):
        row.link = encrypt(row.link)
        row.save(update_fields=["link"])


def reopen(apps, schema_editor):
    rows = apps.get_model("selfassess", "Reminder").objects.exclude(link__startswith="http")
    for row in rows:
        row.link = decrypt(row.link)
        row.save(update_fields=["link"])


class Migration(migrations.Migration):
    dependencies = [("selfassess", "0004_nobody_owns_an_assessment")]

    operations = [
        migrations.AlterField(
            model_name="reminder",
            name="link",
            field=models.TextField(verbose_name="lien, chiffré"),
        ),
        migrations.RunPython(close, reopen),
    ]
