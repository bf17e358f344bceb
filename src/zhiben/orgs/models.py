"""Tables of the tree, parties, people, accounts and what they may do."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from zhiben.orgs.domain.kinds import EngagementRole, PostKind, UnitKind
from zhiben.orgs.domain.reorganising import ReorganisationKind, ReorganisationState
from zhiben.orgs.fields import MaskField, PathField

STATES = [str(state) for state in ReorganisationState]
KNOWN_KINDS = [str(kind) for kind in UnitKind]


class Unit(models.Model):
    """A node of the one tree: nation … township, village, grid, site, workshop, team, post.

    `path` is made of immutable opaque ids (`/1/b/4k/`): renaming or recoding touches one row. Regions carry the
    12-digit `division_code`. `province` … `township` name the unit's own ancestors (itself included).
    """

    kind = models.CharField(max_length=10, choices=[(k, k) for k in KNOWN_KINDS])
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = PathField(unique=True)
    old_path = PathField(default="", blank=True)  # while a re-parenting runs, both are valid
    depth = models.PositiveSmallIntegerField()
    division_code = models.CharField(max_length=12, default="", blank=True, db_index=True)
    enterprise = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.PROTECT, related_name="units")
    province_id = models.BigIntegerField(null=True)
    city_id = models.BigIntegerField(null=True)
    county_id = models.BigIntegerField(null=True)
    township_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=300, default="", blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_from")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["parent", "name"], name="unit_children"),
            models.Index(fields=["kind", "path"], name="unit_kind_path"),
            models.Index(fields=["enterprise"], name="unit_enterprise", condition=Q(enterprise__isnull=False)),
            models.Index(fields=["old_path"], name="unit_old_path", condition=~Q(old_path="")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=KNOWN_KINDS), name="unit_kind_known"),
            models.UniqueConstraint(  # one code may stand at two levels (东莞 441900), never twice at one
                fields=["division_code", "kind"],
                condition=~Q(division_code="") & Q(until__isnull=True),
                name="unit_code_once_a_level",
            ),
        ]


class UnitAlias(models.Model):
    """A name or code that a unit bore before, with its days."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, default="", blank=True)
    division_code = models.CharField(max_length=12, default="", blank=True, db_index=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)


class UnitMove(models.Model):
    """A re-parenting under way: until it is finished the old and the new path of the subtree are both valid."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="moves")
    from_parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    old_path = PathField()
    new_path = PathField()
    on = models.DateField(null=True)  # the day it takes effect in the figures; None: the day it began
    reorganisation = models.ForeignKey("orgs.Reorganisation", null=True, on_delete=models.PROTECT, related_name="moves")
    done = models.PositiveIntegerField(default=0)  # rows rewritten so far
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(finished_at__isnull=True), name="unit_moves_once_at_a_time"
            ),
        ]


class Reorganisation(models.Model):
    """A split, a merger or a move of units, carried out step by step; each step is one short transaction."""

    kind = models.CharField(max_length=10, choices=[(k, k) for k in map(str, ReorganisationKind)])
    state = models.CharField(max_length=10, choices=[(k, k) for k in STATES])
    on = models.DateField()  # the day from which it holds, in the figures too
    reason = models.CharField(max_length=300, default="", blank=True)  # the decision it carries out
    plan = models.JSONField()  # see domain.reorganising.Plan
    made = models.JSONField(default=dict)  # number of a new receiver → its unit
    moved = models.JSONField(default=list)  # [unit, its former parent], in the order they moved
    path = PathField()  # of the unit from which it was planned: who may see it
    next_at = models.DateTimeField(null=True)
    ticks = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # counted when it was planned: about how many rows change
    problem = models.CharField(max_length=60, default="", blank=True)  # code of the refusal that stopped it
    problem_facts = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    planned_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    agreed_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="reorganisation_next", condition=Q(next_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="reorganisation_state_known"),
        ]


class HandedOn(models.Model):
    """A record that a reorganisation took from an ended unit to its heir: taking it back asks here."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="handed_on")
    table = models.CharField(max_length=80)  # "dangers.Danger.unit"
    row = models.CharField(max_length=40)
    from_unit = models.BigIntegerField()
    to_unit = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["reorganisation", "table"], name="handed_on_table")]


class Enterprise(models.Model):
    """A party: it owns one or more sites; what the law asks of the enterprise hangs on it."""

    name = models.CharField(max_length=200)
    plain_name = models.CharField(max_length=200, db_index=True)  # normalised for matching
    credit_code = models.CharField(max_length=18, null=True, unique=True)
    registered_site = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    path = PathField(default="", blank=True, db_index=True)  # the registered site's
    industry = models.CharField(max_length=40, default="", blank=True)  # the main one
    industries_mask = MaskField(default=0)
    employees = models.PositiveIntegerField(null=True)
    principal = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+")
    controller = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+")
    is_example = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)


class Engagement(models.Model):
    """A contractor, tenant or project on someone else's site."""

    party = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="engagements")
    site = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="engagements")
    role = models.CharField(max_length=12, choices=[(r, r) for r in map(str, EngagementRole)])
    note = models.CharField(max_length=200, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True)


class Department(models.Model):
    """A supervising department: its home unit, the matters it answers for, its parent."""

    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="departments")
    path = PathField(db_index=True)
    matters = models.JSONField(default=list)  # slugs; empty: the general supervisor, for what nobody else answers for
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    since = models.DateField(null=True)
    until = models.DateField(null=True)


class Person(models.Model):
    """Somebody with a name; belongs to an enterprise or a department, or to none."""

    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=30, default="", blank=True)
    email = models.EmailField(default="", blank=True)
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="people")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="people")
    is_forgotten = models.BooleanField(default=False)  # personal data destroyed: what they did stays without a name

    class Meta:
        indexes: ClassVar = [models.Index(fields=["enterprise", "name"], name="person_enterprise_name")]


class Account(AbstractUser):
    """A login. Personal names live on the person."""

    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="account")
    language = models.CharField(max_length=10, default="zh-hans")
    is_demo = models.BooleanField(default=False)  # answers on loopback only
    must_change_password = models.BooleanField(default=False)  # set by someone else: to be replaced at first sign-in


class Post(models.Model):
    """A post in a unit, held by persons through appointments."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=16, choices=[(k, k) for k in map(str, PostKind)])
    name = models.CharField(max_length=100)


class Appointment(models.Model):
    """Who holds a post, from and until."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    since = models.DateField()
    until = models.DateField(null=True)


class Jurisdiction(models.Model):
    """A named set of subtrees, such as a development zone that cuts across townships."""

    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # who keeps it
    units = models.ManyToManyField(Unit, related_name="jurisdictions")
    since = models.DateField(null=True)
    until = models.DateField(null=True)


class Role(models.Model):
    """A named set of permissions: data, so that a region makes its own."""

    slug = models.SlugField(unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    permissions = models.JSONField(default=list)
    is_builtin = models.BooleanField(default=False)


class RoleGrant(models.Model):
    """A role at a unit, for an enterprise or in a jurisdiction, for some industries and matters, with validity."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="role_grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, null=True, on_delete=models.PROTECT, related_name="+")
    industries = models.JSONField(default=list)  # slugs; none: all
    matters = models.JSONField(default=list)  # slugs; none: all
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="grant_names_one_place",
                condition=Q(unit__isnull=False, enterprise__isnull=True, jurisdiction__isnull=True)
                | Q(unit__isnull=True, enterprise__isnull=False, jurisdiction__isnull=True)
                | Q(unit__isnull=True, enterprise__isnull=True, jurisdiction__isnull=False),
            ),
        ]


class ApiToken(models.Model):
    """A token for the API: only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
