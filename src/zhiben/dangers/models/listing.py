"""Listed supervision's tables: listings, and what was published about them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhiben.dangers.domain.listing import ListingState, PublicationKind, PublicationState
from zhiben.dangers.models.danger import Danger
from zhiben.law.listings import Authority

AUTHORITIES = [str(authority) for authority in Authority]
STATES = [str(state) for state in ListingState]
KINDS = [str(kind) for kind in PublicationKind]
PUBLICATIONS = [str(state) for state in PublicationState]


class Listing(models.Model):
    """A major danger under listed supervision, by an order, at a level of authority, under the terms of that day."""

    danger = models.ForeignKey(Danger, on_delete=models.PROTECT, related_name="listings")
    authority = models.CharField(max_length=8, choices=[(a, a) for a in AUTHORITIES])
    department = models.ForeignKey("orgs.Department", null=True, on_delete=models.PROTECT, related_name="+")
    order = models.CharField(max_length=100)  # number of the document that lists it
    reason = models.TextField(default="", blank=True)
    template = models.CharField(max_length=40)
    rules = models.ForeignKey("dangers.RegionalRules", null=True, on_delete=models.PROTECT, related_name="+")
    listed_on = models.DateField()
    listed_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    limit_on = models.DateField()  # last day of the limit
    longest_on = models.DateField()  # it may not be extended beyond
    ask_until = models.DateField()  # last day on which an extension may be asked for
    terms = models.JSONField()  # the clocks it runs under, as they stood on that day
    state = models.CharField(max_length=9, choices=[(s, s) for s in STATES], default=ListingState.STANDING)
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    review = models.TextField(default="", blank=True)  # the acceptance record
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.TextField(default="", blank=True)
    next_at = models.DateTimeField(null=True)  # the next moment at which somebody is told

    danger_id: int
    department_id: int | None

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="listing_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["listed_on"], name="listing_listed_on"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["danger"], condition=Q(state__in=["standing", "reviewed"]), name="listing_one_standing"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="listing_state_known"),
            models.CheckConstraint(condition=Q(authority__in=AUTHORITIES), name="listing_authority_known"),
            models.CheckConstraint(condition=~Q(order=""), name="listing_has_order"),
            models.CheckConstraint(
                name="listing_ended_has_day",
                condition=Q(state__in=["removed", "withdrawn"], ended_on__isnull=False)
                | Q(state__in=["standing", "reviewed"], ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="listing_removed_by_another_person",
                condition=~Q(state="removed") | (Q(reviewed_by__isnull=False) & ~Q(ended_by=F("reviewed_by"))),
            ),
        ]


class Publication(models.Model):
    """What the public may read of a listing or its removal: drafted by one person, released by another."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=8, choices=[(k, k) for k in KINDS])
    state = models.CharField(max_length=9, choices=[(s, s) for s in PUBLICATIONS], default=PublicationState.DRAFT)
    enterprise = models.CharField(max_length=200)
    place = models.CharField(max_length=300, default="", blank=True)
    text = models.TextField()
    region_id = models.BigIntegerField(null=True)  # the county's unit, for the public page's filter
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(default="", blank=True)  # why it was withdrawn

    listing_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-released_at", "-id"], name="publication_newest", condition=Q(state="released")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["listing", "kind"], condition=Q(state__in=["draft", "released"]), name="publication_one"
            ),
            models.CheckConstraint(condition=Q(state__in=PUBLICATIONS), name="publication_state_known"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="publication_kind_known"),
            models.CheckConstraint(
                name="publication_released_by_another_person",
                condition=Q(released_at__isnull=True)
                | (Q(released_by__isnull=False) & ~Q(released_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="publication_withdrawn_has_reason", condition=~Q(state="withdrawn") | ~Q(reason="")
            ),
        ]
