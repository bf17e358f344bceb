"""Which template holds where and when: the nearest unit's own version in force, else the shipped one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from zhiben.documents.domain.flow import Flow, Head, flow_of
from zhiben.documents.domain.kinds import COMMON, KINDS, DocumentKind
from zhiben.documents.domain.numbers import document_number
from zhiben.documents.domain.shipped import shipped_source, template_of
from zhiben.documents.domain.values import kept
from zhiben.documents.models import Office, TemplateVersion
from zhiben.documents.permissions import DocumentPermission
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import ancestors
from zhiben.orgs.models import Department, Unit
from zhiben.orgs.public import unit_for, units_for
from zhiben.orgs.scope import scope_of

SAMPLE_ROWS = 2


def template_in_force(path: str, kind: str, on: date) -> TemplateVersion | None:
    """Return the version that holds at a path on a day; None: the shipped template.

    Each unit's newest counts. Where that one is retired the unit has none: an older one does not come back.
    """
    begun = TemplateVersion.objects.filter(kind=kind, since__lte=on, unit__path__in=ancestors(path))
    ever = begun.filter(Q(until=None) | Q(until__gt=F("since")))  # else it was called off before it began
    newest = {row.unit_id: row for row in ever.select_related("unit").order_by("since", "version")}
    holding = (row for row in newest.values() if row.until is None or row.until > on)
    return max(holding, key=lambda row: len(row.unit.path), default=None)


def version_of(version_id: int) -> TemplateVersion:
    """Return one version; who asks for it is checked by its unit."""
    found = TemplateVersion.objects.filter(pk=version_id).select_related("unit").first()
    if found is None:
        raise NotFound("template:not-found")
    return found


def begun_by(day: date, row: TemplateVersion) -> Sequence[TemplateVersion]:
    """Return what a version's unit has of its kind that begins by a day."""
    return list(TemplateVersion.objects.filter(unit=row.unit_id, kind=row.kind, since__lte=day))


def template_above(unit: Unit, kind: str, on: date) -> TemplateVersion | None:
    """Return the version that would hold at a unit if it had none of its own."""
    above = ancestors(unit.path)[:-1]
    return template_in_force(above[-1], kind, on) if above else None


def newest_begun(unit: Unit, kind: str) -> int | None:
    """Return the unit's newest version that was put in force: only that one can be retired."""
    rows = TemplateVersion.objects.filter(unit=unit, kind=kind, since__isnull=False).order_by("since", "version")
    return rows.values_list("pk", flat=True).last()


def versions_of(unit: Unit, kind: str) -> Sequence[TemplateVersion]:
    """Return a unit's own versions of a kind, the newest first."""
    rows = TemplateVersion.objects.filter(unit=unit, kind=kind).select_related("made_by__person")
    return list(rows.order_by("-version"))


@dataclass(frozen=True, slots=True)
class Held:
    """Which template of a kind holds at a unit on a day, and whether a draft of its own waits."""

    kind: DocumentKind
    version: TemplateVersion | None
    draft: TemplateVersion | None


def templates_at(unit: Unit, on: date) -> list[Held]:
    """Return what holds of every kind."""
    own = TemplateVersion.objects.filter(unit=unit, since=None)
    drafts = {row.kind: row for row in own}
    return [Held(kind, template_in_force(unit.path, kind.code, on), drafts.get(kind.code)) for kind in KINDS.values()]


def source_at(unit: Unit, kind: DocumentKind, on: date) -> str:
    """Return the text to begin from: the unit's draft, else what holds there."""
    newest = TemplateVersion.objects.filter(unit=unit, kind=kind.code, since=None).first()
    holding = newest or template_in_force(unit.path, kind.code, on)
    return holding.source if holding else shipped_source(kind.template)


def sample_of(source: str, kind: DocumentKind, *, office: str, on: date, language: str) -> Flow:
    """Fill a template with the names of its fields, to see how it looks."""
    template = template_of(source, kind)
    facts = {name: f"【{name}】" for name in (*kind.given, *COMMON)}
    rows = {name.partition(".")[0] for name in kind.fields if "." in name}
    columns = [name.partition(".") for name in kind.fields if "." in name]
    for each in rows:
        row = {column: f"【{column}】" for owner, _dot, column in columns if owner == each}
        facts[each] = [row] * SAMPLE_ROWS  # type: ignore[assignment]  # a list where the kind has rows
    number = document_number("〇〇", template.series, on.year, 1)
    head = Head(Bilingual(office, office), Bilingual(office, office), number, "【recipient】", kept(on), is_draft=True)
    return flow_of(template, head, facts, language)


def units_to_edit(actor: Actor) -> list[Unit]:
    """Return the units that the actor words templates for: where their grants stand, and their own department's."""
    scope = scope_of(actor, DocumentPermission.EDIT_TEMPLATE)
    paths = [grant.path for grant in scope.grants if grant.path is not None]
    mine = Q(path__in=paths) | Q(departments__people=actor.person)
    return list(units_for(actor, DocumentPermission.EDIT_TEMPLATE).filter(mine).distinct().order_by("path"))


def offices_of(unit: Unit) -> list[tuple[Department, Office | None]]:
    """Return the departments at home in a unit, with how they appear on documents."""
    departments = list(Department.objects.filter(unit=unit, until=None).order_by("name", "pk"))
    offices = {office.department_id: office for office in Office.objects.filter(department__in=departments)}
    return [(department, offices.get(department.pk)) for department in departments]


def department_to_edit(actor: Actor, department_id: int) -> Department:
    """Return a department in a unit that the actor words templates for."""
    found = Department.objects.filter(pk=department_id).select_related("unit").first()
    if found is None:
        raise NotFound("department:not-found", department=department_id)
    unit_for(actor, found.unit_id, DocumentPermission.EDIT_TEMPLATE)
    return found
