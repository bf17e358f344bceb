"""A packed row an enterprise with the newest value of each of its facts, filled from the history there is."""

from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

from zhiben.analytics.packed import pack
from zhiben.standards.services.packing import AT_ONCE, CONSUMER, newest_facts


def fill(apps, _editor):
    """Pack what is known; the consumer goes on from what had its position before the look."""
    words, rows = apps.get_model("standards", "FactWord").objects, apps.get_model("standards", "CurrentFacts").objects
    batches, cursors = (apps.get_model("journal", name).objects for name in ("Batch", "Cursor"))
    position = batches.aggregate(models.Max("position"))["position__max"] or 0
    cursors.update_or_create(name=CONSUMER, defaults={"position": position})
    numbers, facts = {}, newest_facts()

    def word(text):
        if text not in numbers:
            numbers[text] = words.create(text=text).pk
        return numbers[text]

    while part := list(islice(facts, AT_ONCE)):
        rows.bulk_create(
            rows.model(enterprise_id=number, packed=pack(held, word), position=position) for number, held in part
        )


class Migration(migrations.Migration):

    dependencies = [
        ("journal", "0002_append_only"),
        ("orgs", "0004_forgotten"),
        ("standards", "0004_surveys"),
    ]

    operations = [
        migrations.CreateModel(
            name="FactWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="CurrentFacts",
            fields=[
                (
                    "enterprise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="orgs.enterprise",
                    ),
                ),
                ("packed", models.BinaryField(default=b"")),
                ("position", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["position"], name="current_facts_position")]},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
