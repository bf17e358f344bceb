"""Tables of the clearing ledger: all derived from the journal, all rebuilt from it.

Units above county (nation, province, city) have a row a month with the running total of each day; county and below
have sparse day rows and a yearly opening. Every count is a running total, so what came or went between two days is the
difference of two reads, whatever lies between.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.insights.domain.months import DAYS
from zhiben.orgs.fields import PathField
from zhiben.orgs.scope import ScopedModel


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


class FormAnswer(ScopedModel):
    """What somebody filled into a form because no record tells it, with its source. Answers are added, not rewritten."""

    holder = models.CharField(max_length=30)  # "unit:12", "enterprise:5"
    cycle = models.CharField(max_length=8)
    cell = models.CharField(max_length=20)
    value = models.PositiveIntegerField(null=True)  # None: taken back
    source = models.CharField(max_length=300)
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["holder", "cycle", "cell", "-id"], name="form_answer_newest")]


class LockedForm(ScopedModel):
    """A statutory form as it was locked: its figures stay, whatever becomes of the records. A restatement is a new version."""

    holder = models.CharField(max_length=30)
    cycle = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    figures = models.JSONField()  # rows with name and cells, as the page showed them
    answers = models.JSONField()  # what was filled in, with its source
    digest = models.CharField(max_length=64)  # of both
    reason = models.CharField(max_length=500, default="", blank=True)  # why it was restated
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "cycle", "version"], name="form_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="form_restated_for_a_reason",
            ),
        ]


class LockedCell(models.Model):
    """The records behind one cell of one row of a locked form (see `domain/packed`)."""

    form = models.ForeignKey(LockedForm, on_delete=models.CASCADE, related_name="cells")
    row = models.CharField(max_length=200)  # path of the unit below; empty: what hangs on the unit itself
    cell = models.CharField(max_length=20)
    records = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "row", "cell"], name="form_cell_once")]


class BulletinSchedule(ScopedModel):
    """A bulletin that is drafted by itself, once a week or a month, for a department that signs it."""

    department = models.ForeignKey("orgs.Department", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7)  # week or month
    day = models.PositiveSmallIntegerField()  # 1 to 7 (Monday to Sunday), or 1 to 28 of the month
    next_at = models.DateTimeField(null=True)  # empty: switched off
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "department", "kind"], name="bulletin_schedule_once"),
        ]
