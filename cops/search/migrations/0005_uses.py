"""How many documents say the title of a term, for the order of what is offered while typing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_texts_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="uses",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="emplois"),
        ),
    ]
