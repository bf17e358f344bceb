"""Indexes that others already begin with are dropped: each was written once more for every danger."""

import django.db.models.deletion
from django.db import migrations, models

LINKS = {
    "enterprise": ("orgs.enterprise", "dangers_danger_enterprise_id_7c4a4f0d"),
    "party": ("orgs.enterprise", "dangers_danger_party_id_f2fa2da9"),
    "owner_person": ("orgs.person", "dangers_danger_owner_person_id_bb6152a0"),
    "owner_unit": ("orgs.unit", "dangers_danger_owner_unit_id_8eb3c18e"),
    "transferred_to": ("orgs.department", "dangers_danger_transferred_to_id_c80a771e"),
}


def _drop(link: str, to: str, index: str) -> migrations.SeparateDatabaseAndState:
    """Drop one index without building the table anew, which is SQLite's way of altering a column."""
    field = models.ForeignKey(
        to, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", db_index=False
    )
    back = f'CREATE INDEX "{index}" ON "dangers_danger" ("{link}_id")'
    return migrations.SeparateDatabaseAndState(
        [migrations.RunSQL(f'DROP INDEX IF EXISTS "{index}"', back)], [migrations.AlterField("danger", link, field)]
    )


class Migration(migrations.Migration):
    dependencies = [("dangers", "0010_bulk"), ("orgs", "0005_reorganising")]
    operations = [
        *[_drop(link, to, index) for link, (to, index) in LINKS.items()],
        *[
            migrations.AddIndex(
                "danger",
                models.Index(fields=[link], name=f"danger_{name}", condition=models.Q((f"{link}__isnull", False))),
            )
            for link, name in (("transferred_to", "transferred"), ("owner_unit", "owner_unit"))
        ],
    ]
