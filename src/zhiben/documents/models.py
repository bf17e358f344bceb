"""Tables of documents: offices with their registers, templates of regions, documents, signatures, records of service."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhiben.documents.domain.kinds import DocumentState, ServiceChannel
from zhiben.kernel.ids import uuid7
from zhiben.orgs.scope import ScopedModel

STATES = [str(state) for state in DocumentState]
CHANNELS = [str(channel) for channel in ServiceChannel]
ONE_ISSUER = Q(department__isnull=False, enterprise__isnull=True) | Q(department__isnull=True, enterprise__isnull=False)


class Office(models.Model):
    """How a department or an enterprise appears on its documents, and its code in their numbers."""

    department = models.OneToOneField("orgs.Department", null=True, on_delete=models.PROTECT, related_name="+")
    enterprise = models.OneToOneField("orgs.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    mark_zh = models.CharField(max_length=60, default="", blank=True)  # at the top; empty: the name
    mark_en = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=ONE_ISSUER, name="office_one_issuer")]


class Register(models.Model):
    """The last number of an office in a series and year. Drawn in the transaction that issues: no gaps, no doubles."""

    department = models.ForeignKey("orgs.Department", null=True, on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_ISSUER, name="register_one_issuer"),
            models.UniqueConstraint(
                fields=["department", "series", "year"],
                condition=Q(enterprise__isnull=True),
                name="register_department",
            ),
            models.UniqueConstraint(
                fields=["enterprise", "series", "year"],
                condition=Q(department__isnull=True),
                name="register_enterprise",
            ),
        ]


class TemplateVersion(models.Model):
    """A unit's own template of a kind: a draft until `since` is set; it holds for the unit and all below it.

    From `until` on the unit has none of its own again, and what stands above holds.
    """

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    source = models.TextField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    made_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    unit_id: int

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "kind", "version"], name="template_version_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=False, until__gte=F("since")),
                name="template_ends_after_it_began",
            ),
        ]


class Document(ScopedModel):
    """A document. The issuing office is the department, else the issuing enterprise; `enterprise` is where it belongs.

    Issued, it keeps the text that was signed (`text`, both languages) whatever becomes of its template.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)  # what it is about: "danger/12"
    department = models.ForeignKey("orgs.Department", null=True, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    addressee = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=300, default="", blank=True)
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    template = models.ForeignKey(TemplateVersion, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default=DocumentState.DRAFT)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    register = models.ForeignKey(Register, null=True, on_delete=models.PROTECT, related_name="+")
    running = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=120, default="", blank=True)
    issued_on = models.DateField(null=True)
    text = models.JSONField(null=True)
    served_on = models.DateField(null=True)  # the first time
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, default="", blank=True)  # why it was discarded or withdrawn

    unit_id: int
    department_id: int | None
    issuer_id: int | None
    register_id: int | None

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="document_subject"),
            models.Index(fields=["path", "-id"], name="document_path"),
            models.Index(fields=["department", "state", "-id"], name="document_department"),
            models.Index(fields=["enterprise", "-id"], name="document_enterprise"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="document_state_known"),
            models.CheckConstraint(
                name="document_one_issuer",
                condition=Q(department__isnull=False, issuer__isnull=True)
                | Q(department__isnull=True, issuer__isnull=False),
            ),
            models.CheckConstraint(
                name="document_numbered_when_out",
                condition=Q(state__in=["draft", "discarded"], running__isnull=True, number="")
                | (
                    Q(state__in=["issued", "served", "withdrawn"], running__isnull=False, text__isnull=False)
                    & ~Q(number="")
                ),
            ),
            models.UniqueConstraint(fields=["register", "running"], name="document_number_once"),
            models.CheckConstraint(
                name="document_withdrawn_has_reason",
                condition=~Q(state="withdrawn") | (Q(withdrawn_on__isnull=False) & ~Q(reason="")),
            ),
        ]


class Signature(models.Model):
    """Who signed a document, when, and the digest of what they signed. One document, one signature."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="signature")
    account = models.ForeignKey("orgs.Account", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)


class ServiceRecord(models.Model):
    """One record of service: who received the document, for whom, over which channel, on which day."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="services")
    person = models.CharField(max_length=100)
    proxy_for = models.CharField(max_length=100, default="", blank=True)
    channel = models.CharField(max_length=14, choices=[(c, c) for c in CHANNELS])
    day = models.DateField()
    note = models.CharField(max_length=500, default="", blank=True)
    recorded_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="service_channel_known"),
        ]


class PrintRun(models.Model):
    """Documents asked for as one PDF, and the file once it is made. Only who asked for it may have it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("orgs.Account", on_delete=models.CASCADE, related_name="+")
    wanted = models.JSONField(default=dict)  # what the list was narrowed to
    language = models.CharField(max_length=10)
    documents = models.PositiveIntegerField(default=0)
    file = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
