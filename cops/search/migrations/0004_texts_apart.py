"""The texts leave the rows that a match reads: twice as many of these fit a page of the disk.

The vector, which Postgres derived from the texts, is written with them from now on.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

MOVE = """
INSERT INTO search_searchtext (entry_id, body, words)
SELECT id, body, concat_ws(' ', title_words, summary_words, body_words) FROM search_searchentry
"""
DERIVE_NO_MORE = """
ALTER TABLE search_searchentry ALTER vector DROP EXPRESSION, ALTER vector SET NOT NULL
"""
# Each row found is ranked by its vector: rows stay whole as long as they fit a page of the disk,
# instead of having their largest column put elsewhere from two kilobytes on.
STAY_WHOLE = "ALTER TABLE search_searchentry SET (toast_tuple_target = 8160)"
# A column that is removed leaves its room in the rows; writing the table anew gives it back.
SHRINK = "CLUSTER search_searchentry USING search_searchentry_pkey"


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_index_of_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="search.searchentry",
                        verbose_name="entrée",
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="texte")),
                ("words", models.TextField(editable=False)),
            ],
            options={
                "verbose_name": "texte de l’index",
                "verbose_name_plural": "textes de l’index",
                "ordering": ["entry"],
            },
        ),
        migrations.RunSQL(MOVE),
        migrations.RunSQL(STAY_WHOLE),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DERIVE_NO_MORE)],
            state_operations=[
                migrations.RemoveField(model_name="searchentry", name="vector"),
                migrations.AddField(
                    model_name="searchentry",
                    name="vector",
                    field=django.contrib.postgres.search.SearchVectorField(editable=False),
                ),
            ],
        ),
        migrations.RemoveField(model_name="searchentry", name="body"),
        migrations.RemoveField(model_name="searchentry", name="body_words"),
        migrations.RemoveField(model_name="searchentry", name="summary_words"),
        migrations.RemoveField(model_name="searchentry", name="title_words"),
        migrations.RunSQL(SHRINK),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("vector"),
                    function="ts_filter",
                    template="%(function)s(%(expressions)s, '{a}')",
                ),
                name="search_entry_titles",
            ),
        ),
    ]
