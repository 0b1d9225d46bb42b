"""A random name for each attached file, what a picture shows, the name to give it back under."""

import django.utils.timezone
from django.db import migrations, models

import cops.secrets
import resources.models.documents


def name_the_present_ones(apps, schema_editor):
    attachments = apps.get_model("resources", "Attachment")
    for attachment in attachments.objects.all().order_by("pk").iterator():
        attachment.public_id = cops.secrets.random_name()
        attachment.name = attachment.file.name.rpartition("/")[2][:120]
        attachment.save(update_fields=["public_id", "name"])


class Migration(migrations.Migration):
    dependencies = [("resources", "0007_publishing")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="public_id",
            field=models.CharField(
                default="", editable=False, max_length=22, verbose_name="identifiant public"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="attachment",
            name="name",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=120,
                verbose_name="nom du fichier",
                default="",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="attachment",
            name="alternative",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Pour une image : une phrase, lue à qui ne la voit pas.",
                max_length=300,
                verbose_name="ce que l’image montre",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="attachment",
            name="decorative",
            field=models.BooleanField(
                default=False,
                help_text="Elle n’apprend rien : elle n’est pas lue.",
                verbose_name="image décorative",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="added_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="ajoutée le"
            ),
        ),
        migrations.RunPython(name_the_present_ones, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="attachment",
            name="public_id",
            field=models.CharField(
                default=cops.secrets.random_name,
                editable=False,
                max_length=22,
                unique=True,
                verbose_name="identifiant public",
            ),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="file",
            field=models.FileField(
                upload_to=resources.models.documents.stored_as, verbose_name="fichier"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("alternative", ""), ("decorative", False), _connector="OR"),
                name="attachment_decorative_says_nothing",
                violation_error_message="Une image décorative ne se décrit pas : choisissez.",
            ),
        ),
    ]
