"""Keep id 1 for the nation: on PostgreSQL the sequence starts behind it, also after a flush restarts it."""

from django.db import migrations


def start_behind(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("alter sequence orgs_unit_id_seq start with 2")
        schema_editor.execute("select setval('orgs_unit_id_seq', 2, false)")


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_tables")]
    operations = [migrations.RunPython(start_behind, migrations.RunPython.noop)]
