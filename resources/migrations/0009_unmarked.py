"""Expressions of a term that are searched and never marked in the texts."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0008_attachments"),
    ]

    operations = [
        migrations.AddField(
            model_name="term",
            name="unmarked",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=500),
                blank=True,
                default=list,
                help_text="Des synonymes qui servent à chercher mais veulent souvent dire autre chose (« proche »), ou des suites de mots qui ne sont pas le terme (« usager de drogues ») : dans les textes, elles n’ouvrent pas de définition.",
                size=None,
                verbose_name="expressions jamais soulignées",
            ),
        ),
    ]
