"""Extensions and the text search configuration; the tables come next.

unaccent and pg_trgm are trusted: the owner of the database creates them, no superuser needed.
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

FORWARD = """
DROP TEXT SEARCH CONFIGURATION IF EXISTS cops_fr;
CREATE TEXT SEARCH CONFIGURATION cops_fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION cops_fr
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(FORWARD, "DROP TEXT SEARCH CONFIGURATION IF EXISTS cops_fr"),
    ]
