"""Refuse what must never happen to the journal: changing, deleting, emptying or writing over it.

The triggers stop mistakes and the application itself. Who may drop triggers is stopped by nothing in the database:
against them stand the roles of PostgreSQL (docs/operations/postgresql-roles.md) and the signed roots.
"""

from django.db import migrations

SAID = "journal: entries are never changed, deleted or written over"
NEVER = {  # table: what makes a row the same row
    "journal_entry": "id = NEW.id OR (chain_id = NEW.chain_id AND seq = NEW.seq)",
    "journal_root": "id = NEW.id OR day = NEW.day",
    "journal_leaf": "id = NEW.id OR (chain_id = NEW.chain_id AND root_id = NEW.root_id)",
}
SAME_VALUE = "chain_id = NEW.chain_id AND seq = NEW.seq AND field = NEW.field"
BACKWARD = "NEW.name <> OLD.name OR NEW.seq < OLD.seq"


def sqlite_triggers():
    """Yield (name, statement). REPLACE fires no delete trigger, hence the look before an insert."""
    def refuse(table, name, when):
        return f"{table}_{name}", f"CREATE TRIGGER {table}_{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{SAID}'); END"

    for table, same in NEVER.items():
        yield refuse(table, "no_update", f"UPDATE ON {table}")
        yield refuse(table, "no_delete", f"DELETE ON {table}")
        yield refuse(table, "no_insert_over", f"INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})")
    yield refuse("journal_personal", "no_update", "UPDATE ON journal_personal")
    yield refuse(
        "journal_personal",
        "no_insert_over",
        f"INSERT ON journal_personal WHEN EXISTS (SELECT 1 FROM journal_personal WHERE {SAME_VALUE})",
    )
    yield refuse("journal_chain", "no_delete", "DELETE ON journal_chain")
    yield refuse("journal_chain", "no_backward", f"UPDATE ON journal_chain WHEN {BACKWARD}")


def postgres_triggers():
    """Yield (table, name, statement)."""
    def refuse(table, name, when, each="ROW", condition=""):
        only = f" WHEN ({condition})" if condition else ""
        return table, f"{table}_{name}", (
            f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} FOR EACH {each}{only} EXECUTE FUNCTION journal_refuse()"
        )

    for table in NEVER:
        yield refuse(table, "no_change", "UPDATE OR DELETE")
        yield refuse(table, "no_truncate", "TRUNCATE", "STATEMENT")
    yield refuse("journal_personal", "no_update", "UPDATE")
    yield refuse("journal_chain", "no_delete", "DELETE")
    yield refuse("journal_chain", "no_truncate", "TRUNCATE", "STATEMENT")
    yield refuse("journal_chain", "no_backward", "UPDATE", condition=BACKWARD)


def guard(apps, schema_editor):
    """Create the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for _, statement in sqlite_triggers():
            schema_editor.execute(statement)
        return
    schema_editor.execute(
        "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for _, _, statement in postgres_triggers():
        schema_editor.execute(statement)
    schema_editor.execute("ALTER TABLE journal_chain SET (fillfactor = 50)")  # heads move with every write


def lift(apps, schema_editor):
    """Drop them again."""
    if schema_editor.connection.vendor == "sqlite":
        for name, _ in sqlite_triggers():
            schema_editor.execute(f"DROP TRIGGER {name}")
        return
    for table, name, _ in postgres_triggers():
        schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
    schema_editor.execute("DROP FUNCTION journal_refuse()")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_tables")]
    operations = [migrations.RunPython(guard, lift)]
