"""Tables of the clearing ledger: all derived from the journal, all rebuilt from it.

Units above county (nation, province, city) have a row a month with the running total of each day; county and below
have sparse day rows and a yearly opening. Every count is a running total, so what came or went between two days is the
difference of two reads, whatever lies between.
"""

from typing import ClassVar

from django.db import models

from zhiben.insights.domain.months import DAYS
from zhiben.orgs.fields import PathField


class Dimension(models.Model):
    """The number that stands for a slug in a packed cell: given once, never changed. 0 is «none»."""

    kind = models.CharField(max_length=10)  # industry, channel, matter, level
    slug = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "slug"], name="dimension_slug_once"),
            models.UniqueConstraint(fields=["kind", "number"], name="dimension_number_once"),
        ]


class TallyMonth(models.Model):
    """A unit above county, one cut, one cell, one month: as of day 17 it is `opening + d17`."""

    pk = models.CompositePrimaryKey("cut", "what", "month", "unit", "cell")
    cut = models.PositiveSmallIntegerField()
    what = models.PositiveSmallIntegerField()
    month = models.SmallIntegerField()
    unit = models.BigIntegerField()
    cell = models.IntegerField()
    opening = models.IntegerField(default=0)
    restated_at = models.DateTimeField(null=True)


for _day in range(1, DAYS + 1):
    TallyMonth.add_to_class(f"d{_day}", models.IntegerField(default=0))


class TallyDay(models.Model):
    """Changes of one day at a unit from county down, by full cell."""

    pk = models.CompositePrimaryKey("unit", "day", "cell", "what")
    unit = models.BigIntegerField()
    day = models.DateField()
    cell = models.BigIntegerField()
    what = models.PositiveSmallIntegerField()
    n = models.IntegerField(default=0)


class TallyOpening(models.Model):
    """The running total of a unit from county down at the start of a year, by full cell."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["year"], name="tally_opening_year")]

    pk = models.CompositePrimaryKey("unit", "year", "cell", "what")
    unit = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    cell = models.BigIntegerField()
    what = models.PositiveSmallIntegerField()
    n = models.IntegerField(default=0)


class Restated(models.Model):
    """A month of a unit that an entry written later changed: shown beside its figures."""

    pk = models.CompositePrimaryKey("unit", "month")
    unit = models.BigIntegerField()
    month = models.SmallIntegerField()
    restated_at = models.DateTimeField()


class TallyAge(models.Model):
    """Signed off in a month at a unit: how many took so many days, and how many of them were on time."""

    pk = models.CompositePrimaryKey("unit", "month", "level", "days")
    unit = models.BigIntegerField()
    month = models.SmallIntegerField()
    level = models.PositiveSmallIntegerField()
    days = models.PositiveIntegerField()
    n = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)


class Major(models.Model):
    """A major danger as the national plan counts it: by the day it was found."""

    danger = models.BigIntegerField(primary_key=True)
    path = PathField()
    found_on = models.DateField(db_index=True)
    closed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    has_plan = models.BooleanField(default=False)
    is_overdue = models.BooleanField(default=False)


class Posting(models.Model):
    """One journal entry as one figure of the clearing ledger counted it: the records behind a number are read here.

    The ancestors are those of the day, as the tallies count them; `stock` is what it changed of what stands open.
    """

    danger = models.BigIntegerField()
    what = models.PositiveSmallIntegerField()
    n = models.SmallIntegerField()
    stock = models.SmallIntegerField(default=0)
    day = models.DateField()
    recorded = models.DateTimeField()
    province = models.BigIntegerField(null=True)
    city = models.BigIntegerField(null=True)
    county = models.BigIntegerField(null=True)
    township = models.BigIntegerField(null=True)
    unit = models.BigIntegerField()
    industry = models.CharField(max_length=40, default="", blank=True)
    channel = models.CharField(max_length=16, default="", blank=True)
    matter = models.CharField(max_length=40, default="", blank=True)
    level = models.CharField(max_length=8, default="", blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["danger"], name="posting_danger"),
            models.Index(fields=["day"], name="posting_day"),
            *(
                models.Index(fields=[place, "day"], name=f"posting_{place}")
                for place in ("province", "city", "county", "township", "unit")
            ),
        ]
