"""« Mes auto-évaluations », a department of each person's own, versions that served."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cops.secrets


class Migration(migrations.Migration):
    dependencies = [
        ("selfassess", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="gridversion",
            name="is_used",
            field=models.BooleanField(default=False, verbose_name="a servi"),
        ),
        migrations.AddField(
            model_name="participant",
            name="department",
            field=models.CharField(
                blank=True,
                choices=[
                    ("09", "Ariège"),
                    ("11", "Aude"),
                    ("12", "Aveyron"),
                    ("30", "Gard"),
                    ("31", "Haute-Garonne"),
                    ("32", "Gers"),
                    ("34", "Hérault"),
                    ("46", "Lot"),
                    ("48", "Lozère"),
                    ("65", "Hautes-Pyrénées"),
                    ("66", "Pyrénées-Orientales"),
                    ("81", "Tarn"),
                    ("82", "Tarn-et-Garonne"),
                ],
                max_length=3,
                verbose_name="département, si l’on accepte de le dire",
            ),
        ),
        migrations.CreateModel(
            name="KeptPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=cops.secrets.random_name,
                        editable=False,
                        max_length=22,
                        unique=True,
                        verbose_name="identifiant public",
                    ),
                ),
                ("kept_on", models.DateField(auto_now_add=True, verbose_name="gardée le")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_places",
                        to="selfassess.assessment",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_places",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_places",
                        to="selfassess.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "auto-évaluation gardée",
                "verbose_name_plural": "auto-évaluations gardées",
                "ordering": ["-kept_on", "-pk"],
                "indexes": [
                    models.Index(fields=["owner", "-kept_on", "-id"], name="kept_place_listed")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "assessment", "participant"),
                        name="kept_place_once",
                        nulls_distinct=False,
                        violation_error_message="Cette auto-évaluation est déjà dans votre compte.",
                    )
                ],
            },
        ),
    ]
