"""What was told, done, planned, asked and ordered about a danger: one table for each, rows are added, not rewritten."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhiben.dangers.domain.kinds import Channel, EvidenceKind, Extent, Flag, Part, Role, StopStatus
from zhiben.dangers.models.danger import Danger
from zhiben.orgs.scope import ScopedModel

FLAGS = [str(flag) for flag in Flag]
PARTS = [str(part) for part in Part]
ROLES = [str(role) for role in Role]
KINDS = [str(kind) for kind in EvidenceKind]
EXTENTS = [str(extent) for extent in Extent]
STOPS = [str(status) for status in StopStatus]
SUSPICIONS = ["open", "confirmed", "dismissed", "withdrawn"]
OFFERS = ["offered", "chosen", "rejected"]


def _unsought(to: str) -> Any:
    """Return a link that is read with its row and never searched by: a ledger of many rows need not index it."""
    return models.ForeignKey(to, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class Source(models.Model):
    """One telling of a danger: over which channel, by whom, when. Merged dangers keep all of theirs."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="sources")
    channel = models.CharField(max_length=16, choices=[(c, c) for c in map(str, Channel)])
    at = models.DateTimeField()
    person = _unsought("orgs.Person")
    account = _unsought("orgs.Account")
    department = _unsought("orgs.Department")
    finder = models.CharField(max_length=100, default="", blank=True)  # a name without a person of ours
    ref = models.CharField(max_length=100, default="", blank=True)  # number of the visit, tip, alarm, row
    reward_ref = models.CharField(max_length=100, default="", blank=True)
    text = models.TextField(default="", blank=True)  # its own words, where they differ from the danger's
    uid = models.UUIDField(null=True, unique=True)  # of a telling added later: sent twice, it stands once

    danger_id: int
    account_id: int | None

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ref"], name="source_ref", condition=~Q(ref=""))]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(channel__in=[str(channel) for channel in Channel]), name="source_channel_known"
            ),
        ]


class Participant(models.Model):
    """Who did, or must do, what about a danger. Separation of duties asks here, by person or by account."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(max_length=16, choices=[(r, r) for r in ROLES])
    person = _unsought("orgs.Person")
    account = _unsought("orgs.Account")
    department = _unsought("orgs.Department")
    at = models.DateTimeField()
    is_current = models.BooleanField(default=True)  # a former owner stays on record

    danger_id: int
    person_id: int | None
    account_id: int | None

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "role"], name="participant_person")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="participant_role_known"),
            models.CheckConstraint(
                name="participant_is_somebody",
                condition=Q(person__isnull=False) | Q(account__isnull=False) | Q(department__isnull=False),
            ),
        ]


class Evidence(models.Model):
    """A kept file of a danger and what it shows."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=16, choices=[(k, k) for k in KINDS])
    file = models.UUIDField()
    part = models.CharField(max_length=16, default="", blank=True)  # which implementation it proves
    at = models.DateTimeField()
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")

    danger_id: int

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["danger", "file", "kind", "part"], name="evidence_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="evidence_kind_known"),
            models.CheckConstraint(condition=Q(part__in=["", *PARTS]), name="evidence_part_known"),
        ]


class FlagHistory(models.Model):
    """A flag going up or down."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="flags")
    flag = models.CharField(max_length=20, choices=[(f, f) for f in FLAGS])
    is_up = models.BooleanField()
    on = models.DateField()
    at = models.DateTimeField()
    reason = models.TextField(default="", blank=True)
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(flag__in=FLAGS), name="flag_known")]


class CandidateClause(models.Model):
    """A clause that the words of a danger may fall under: offered with its score, never a verdict."""

    danger = models.ForeignKey(
        Danger, on_delete=models.CASCADE, related_name="candidates", db_index=False
    )  # `candidate_once`
    standard = models.CharField(max_length=60)
    clause = models.CharField(max_length=60)
    score = models.PositiveSmallIntegerField(default=0)  # how much of the words the clause covers, in percent
    terms = models.JSONField(default=list)  # the words that matched
    answer = models.CharField(max_length=8, choices=[(o, o) for o in OFFERS], default="offered")
    account = _unsought("orgs.Account")
    answered_at = models.DateTimeField(null=True)

    danger_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["standard", "clause"], name="candidate_chosen", condition=Q(answer="chosen")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["danger", "standard", "clause"], name="candidate_once"),
            models.CheckConstraint(condition=Q(answer__in=OFFERS), name="candidate_answer_known"),
        ]


class TreatmentPlan(models.Model):
    """The six parts of the law's treatment plan, and the interim measures while a danger is being confirmed."""

    danger = models.OneToOneField(Danger, on_delete=models.CASCADE, related_name="plan")
    goal = models.TextField(default="", blank=True)
    measures = models.TextField(default="", blank=True)
    funds = models.TextField(default="", blank=True)
    funds_fen = models.BigIntegerField(null=True)
    people = models.TextField(default="", blank=True)
    time_limit = models.TextField(default="", blank=True)
    safety = models.TextField(default="", blank=True)
    interim = models.TextField(default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")


class FivePart(models.Model):
    """One of the five implementations of a danger: filled from the plan, evidenced by a file, counted."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=16, choices=[(p, p) for p in PARTS])
    is_filled = models.BooleanField(default=False)
    is_evidenced = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["danger", "part"], name="part_once"),
            models.CheckConstraint(condition=Q(part__in=PARTS), name="part_known"),
        ]


class Extension(models.Model):
    """A request to move a limit that a supervisor set, and its answer."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="extensions")
    asked_on = models.DateField()
    asked_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()  # the limit it is about
    wanted = models.DateField()
    reason = models.TextField()
    answer_by = models.DateField()
    is_granted = models.BooleanField(null=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(default="", blank=True)
    is_moot = models.BooleanField(default=False)  # the danger went on before an answer came

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["danger"],
                condition=Q(is_granted__isnull=True, is_moot=False),
                name="extension_one_pending",
            ),
            models.CheckConstraint(
                name="extension_answer_has_day",
                condition=Q(is_granted__isnull=True, answered_on__isnull=True)
                | Q(is_granted__isnull=False, answered_on__isnull=False),
            ),
        ]


class StopOrder(models.Model):
    """A stop of the whole or a part, on its way to resumption: assessed, applied for, reviewed on site."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="stops")
    number = models.CharField(max_length=100, default="", blank=True)
    extent = models.CharField(max_length=5, choices=[(e, e) for e in EXTENTS], default=Extent.PART)
    scope = models.TextField(default="", blank=True)  # in words
    workshop = models.ForeignKey("orgs.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    equipment = models.CharField(max_length=300, default="", blank=True)
    reason = models.TextField()
    status = models.CharField(max_length=10, choices=[(s, s) for s in STOPS], default=StopStatus.ORDERED)
    ordered_on = models.DateField()
    ordered_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField(null=True)
    assessor = models.CharField(max_length=200, default="", blank=True)
    by_agency = models.BooleanField(default=False)
    conclusion = models.TextField(default="", blank=True)
    is_fit = models.BooleanField(null=True)  # what the assessment says of resuming
    applied_on = models.DateField(null=True)
    review_by = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(default="", blank=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["danger"],
                condition=Q(status__in=["ordered", "assessed", "applied", "correct"]),
                name="stop_one_standing",
            ),
            models.CheckConstraint(condition=Q(status__in=STOPS), name="stop_status_known"),
            models.CheckConstraint(condition=Q(extent__in=EXTENTS), name="stop_extent_known"),
        ]


class Suspicion(ScopedModel):
    """What judging or sensors make likely; no danger until a person confirms it."""

    standard = models.CharField(max_length=60, default="", blank=True)
    clause = models.CharField(max_length=60, default="", blank=True)
    text = models.TextField()
    source = models.CharField(max_length=100)  # what raised it: "judging", "monitoring", …
    key = models.CharField(max_length=200, unique=True)  # raising the same twice is once
    facts = models.JSONField(default=dict)
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=[(s, s) for s in SUSPICIONS], default="open")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(default="", blank=True)
    danger = models.ForeignKey(Danger, null=True, on_delete=models.PROTECT, related_name="suspicions")
    basis = models.CharField(
        max_length=32, default="", blank=True
    )  # of the deciding facts: answered once, asked no more
    judge_at = models.DateTimeField(null=True)  # when its enterprise is judged again: facts came, one grows stale

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["path", "-raised_on"], name="suspicion_open", condition=Q(answer="open")),
            models.Index(fields=["judge_at"], name="suspicion_judge_at", condition=Q(judge_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "standard", "clause"],
                name="suspicion_open_once",
                condition=Q(answer="open", source="judging"),
            ),
            models.CheckConstraint(condition=Q(answer__in=SUSPICIONS), name="suspicion_answer_known"),
            models.CheckConstraint(
                name="suspicion_confirmed_has_danger",
                condition=Q(answer="confirmed", danger__isnull=False)
                | (~Q(answer="confirmed") & Q(danger__isnull=True)),
            ),
        ]
