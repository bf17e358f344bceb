"""The table of dangers. What was done about one stands in `records`."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhiben.dangers.domain.kinds import CLOSED, Channel, Confidentiality, Level, State
from zhiben.dangers.domain.merging import strictest
from zhiben.kernel.ids import uuid7
from zhiben.orgs.scope import ScopedModel

STATES = [str(state) for state in State]
LEVELS = [str(level) for level in Level]
CHANNELS = [str(channel) for channel in Channel]
CLASSES = [str(one) for one in Confidentiality]
ENDED = sorted(str(state) for state in CLOSED)
ANCESTORS = ("province_id", "city_id", "county_id", "township_id")
NEWEST = ("-found_on", "-id")
# Behind the order: what does not fit is passed over, or counted, without reading its row.
ASKED = ("matter", "industries_mask")
COUNTED = ("state", "level", "is_overdue", "industry", *ASKED)


def _hot_indexes() -> list[models.Index]:
    """Return what a list of fifty reads in order: by ancestor or party, with a state, of the overdue, of the major."""
    indexes = [
        models.Index(fields=NEWEST, name="danger_newest"),
        models.Index(fields=["state", *NEWEST], name="danger_state"),
        models.Index(fields=["enterprise_id", *NEWEST], name="danger_enterprise"),
        models.Index(fields=["party_id", *NEWEST], name="danger_party", condition=Q(party__isnull=False)),
        models.Index(fields=["path", *NEWEST], name="danger_path"),
        models.Index(fields=["next_at"], name="danger_next", condition=Q(next_at__isnull=False)),
        models.Index(fields=["path"], name="danger_stopped", condition=Q(is_stop_ordered=True)),
        models.Index(fields=["import_batch"], name="danger_batch", condition=~Q(import_batch="")),
        models.Index(fields=["owner_person_id", *NEWEST], name="danger_owner", condition=Q(owner_person__isnull=False)),
    ]
    for column in ("enterprise_id", "township_id"):  # where likes are looked for: of any age as long as they are open
        place = column.removesuffix("_id")
        open_only = Q(closed_on__isnull=True) if place == "enterprise" else Q(enterprise__isnull=True)
        indexes.append(models.Index(fields=[column, *NEWEST], name=f"danger_{place}_likes", condition=open_only))
    for rare, name in (("merged_into", "merged"), ("transferred_to", "transferred"), ("owner_unit", "owner_unit")):
        held = Q(**{f"{rare}__isnull": False})
        indexes.append(models.Index(fields=[rare], name=f"danger_{name}", condition=held))
    for column in ("province_id", "city_id"):  # in a county one industry is a short walk
        name = f"danger_{column.removesuffix('_id')}_trade"
        indexes.append(models.Index(fields=[column, "industry", *NEWEST, *ASKED], name=name))
    for column in ANCESTORS:
        place = column.removesuffix("_id")
        behind = ("industry", *ASKED) if place != "township" else ()  # there each is a short walk
        indexes += [
            models.Index(fields=[column, *NEWEST, *behind], name=f"danger_{place}"),
            models.Index(fields=[column, "state", *NEWEST], name=f"danger_{place}_state"),
            models.Index(fields=[column, *NEWEST, *COUNTED], name=f"danger_{place}_late", condition=Q(is_overdue=True)),
            models.Index(fields=[column, *NEWEST, *COUNTED], name=f"danger_{place}_major", condition=Q(level="major")),
        ]
    return indexes


def _link(to: str) -> Any:
    """Return a link that an index of `_hot_indexes` begins with; one of Django's own would be written for nothing."""
    return models.ForeignKey(to, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class Danger(ScopedModel):
    """A hidden danger, from its registration to its sign-off.

    `enterprise` owns the site; `party` is the responsible party where that is another one, engaged there. The ancestors of the
    unit stand in columns of their own: lists ask for equality on one of them. `version` moves with every write.
    """

    uid = models.UUIDField(unique=True, default=uuid7)  # made by the client
    number = models.CharField(max_length=40, unique=True)
    description = models.TextField()
    place_text = models.CharField(max_length=300, default="", blank=True)
    found_on = models.DateField()
    found_at = models.DateTimeField(null=True)  # where the hour is known
    day_assumed = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    state = models.CharField(max_length=20, choices=[(s, s) for s in STATES], default=State.REGISTERED)
    state_since = models.DateTimeField()
    closed_on = models.DateField(null=True)
    level = models.CharField(max_length=8, choices=[(v, v) for v in LEVELS], default=Level.UNSET)
    local_level = models.CharField(max_length=40, default="", blank=True)
    channel = models.CharField(max_length=16, choices=[(c, c) for c in CHANNELS])
    industry = models.CharField(max_length=40, default="", blank=True)  # the main one
    confidentiality = models.CharField(max_length=8, choices=[(c, c) for c in CLASSES], default=Confidentiality.NORMAL)

    province_id = models.BigIntegerField(null=True)
    city_id = models.BigIntegerField(null=True)
    county_id = models.BigIntegerField(null=True)
    township_id = models.BigIntegerField(null=True)

    enterprise = _link("orgs.Enterprise")
    party = _link("orgs.Enterprise")
    department = models.ForeignKey("orgs.Department", null=True, on_delete=models.PROTECT, related_name="+")
    transferred_to = _link("orgs.Department")
    owner_person = _link("orgs.Person")
    owner_unit = _link("orgs.Unit")
    owner_text = models.CharField(max_length=100, default="", blank=True)  # as a ledger names somebody unknown to us

    due_on = models.DateField(null=True)  # last day to rectify
    due_set_by = models.CharField(max_length=8, default="", blank=True)
    is_overdue = models.BooleanField(default=False)
    overdue_since = models.DateField(null=True)  # the first day past the limit
    next_at = models.DateTimeField(null=True)  # the next moment at which something must happen

    is_extended = models.BooleanField(default=False)
    is_stop_ordered = models.BooleanField(default=False)
    is_closure_requested = models.BooleanField(default=False)
    is_self_accepted = models.BooleanField(default=False)
    is_on_spot = models.BooleanField(default=False)
    is_void_proposed = models.BooleanField(default=False)
    is_listed = models.BooleanField(default=False)
    is_reported = models.BooleanField(default=False)  # a major one, to the supervisor and the workers' congress
    parts_filled = models.PositiveSmallIntegerField(default=0)
    parts_evidenced = models.PositiveSmallIntegerField(default=0)
    is_as_planned = models.BooleanField(default=False)  # all five implementations stand
    is_withdrawn = models.BooleanField(default=False)  # its import was taken back
    is_imported = models.BooleanField(default=False)
    import_batch = models.CharField(max_length=40, default="", blank=True)
    import_row = models.PositiveIntegerField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False)
    merged_channel = models.CharField(max_length=16, default="", blank=True)  # the strictest of those taken in
    steps = models.PositiveIntegerField(default=0)  # taken by people; the sweep does not count
    version = models.PositiveIntegerField(default=1)

    owner_person_id: int | None
    owner_unit_id: int | None
    department_id: int | None
    transferred_to_id: int | None
    merged_into_id: int | None
    unit_id: int

    @property
    def judged_as(self) -> str:
        """The channel whose rules hold: its own, or that of a stricter one merged into it."""
        return strictest(self.channel, self.merged_channel)

    class Meta:
        indexes: ClassVar[list[models.Index]] = _hot_indexes()
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="danger_state_known"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="danger_level_known"),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="danger_channel_known"),
            models.CheckConstraint(
                name="danger_closed_has_day",
                condition=Q(state__in=ENDED, closed_on__isnull=False)
                | (~Q(state__in=ENDED) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="danger_closed_waits_for_nothing", condition=~Q(state__in=ENDED) | Q(next_at__isnull=True)
            ),
            models.CheckConstraint(
                name="danger_overdue_has_day",
                condition=Q(is_overdue=True, overdue_since__isnull=False)
                | Q(is_overdue=False, overdue_since__isnull=True),
            ),
            models.CheckConstraint(
                name="danger_transfer_names_target", condition=~Q(state="transferred") | Q(transferred_to__isnull=False)
            ),
            models.CheckConstraint(condition=~Q(description=""), name="danger_says_something"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state="voided"), name="danger_merged_is_out_of_stock"
            ),
        ]


class DangerKey(models.Model):
    """The content of a danger as a key: the same site, day, place and words are one danger, however often told."""

    key = models.BinaryField(max_length=16, primary_key=True)
    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="keys")


class NumberSeries(models.Model):
    """The last number given out under a prefix (division and day)."""

    prefix = models.CharField(max_length=30, primary_key=True)
    last = models.PositiveIntegerField(default=0)
