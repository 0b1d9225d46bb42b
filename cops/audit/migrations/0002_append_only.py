"""The journal is added to, never changed: Postgres itself refuses the rest.

TRUNCATE is left alone: it is how a test empties its database, and the owner of a table could
drop the trigger as well. What is guarded against is our own code.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_entry_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('cops.audit_erasure', true) = 'allowed' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'the journal is added to, never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_keep();
"""
BACKWARD = """
DROP TRIGGER audit_entry_keep ON audit_entry;
DROP FUNCTION audit_entry_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
