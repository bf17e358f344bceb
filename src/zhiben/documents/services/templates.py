"""A unit words its own templates, version by version, and says how its offices appear."""

import hashlib
import re
from datetime import date, datetime

from django.db import transaction

from zhiben.documents.domain.kinds import kind_of
from zhiben.documents.domain.shipped import template_of
from zhiben.documents.events import OfficeChanged, TemplateChanged, TemplateRetired
from zhiben.documents.models import Office, TemplateVersion
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.templates import begun_by, department_to_edit, version_of
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.periods import local_day
from zhiben.orgs.public import unit_for, unit_place

CODE = re.compile(r"[^\s〔〕\[\]{}0-9]{1,20}")


@transaction.atomic
def save_template(unit_id: int, kind: str, source: str, *, actor: Actor, now: datetime) -> TemplateVersion:
    """Keep a template as the unit's draft, checked to the last field; a draft is written over, a version in force never."""
    unit = unit_for(actor, unit_id, DocumentPermission.EDIT_TEMPLATE)
    require(actor, DocumentPermission.EDIT_TEMPLATE, unit_place(unit))
    template_of(source, kind_of(kind))
    newest = TemplateVersion.objects.filter(unit=unit, kind=kind).order_by("-version").first()
    written = {"source": source, "made_by_id": actor.id, "made_at": now}
    if newest and newest.since is None:
        if not TemplateVersion.objects.filter(pk=newest.pk, since=None).update(**written):
            raise Conflict("template:in-force-already")
        row = version_of(newest.pk)
    else:
        number = newest.version + 1 if newest else 1
        row = TemplateVersion.objects.create(unit=unit, kind=kind, version=number, **written)
    _tell(row, actor=actor, now=now)
    return row


@transaction.atomic
def start_template(version_id: int, since: date, *, actor: Actor, now: datetime) -> None:
    """Let a draft hold from a day on. Documents drafted before keep the version they were made with."""
    row = version_of(version_id)
    unit = unit_for(actor, row.unit_id, DocumentPermission.EDIT_TEMPLATE)
    require(actor, DocumentPermission.EDIT_TEMPLATE, unit_place(unit))
    if since < local_day(now):
        raise Invalid("template:in-the-past", field="since", day=since.isoformat())
    if not TemplateVersion.objects.filter(pk=row.pk, since=None).update(since=since):
        raise Conflict("template:in-force-already")
    row.since = since
    _tell(row, actor=actor, now=now)


@transaction.atomic
def retire_template(version_id: int, until: date, *, actor: Actor, now: datetime) -> None:
    """Let a unit have no template of its own from a day on: the one above holds again. What was drafted keeps its version."""
    row = version_of(version_id)
    unit = unit_for(actor, row.unit_id, DocumentPermission.EDIT_TEMPLATE)
    require(actor, DocumentPermission.EDIT_TEMPLATE, unit_place(unit))
    if until < local_day(now):
        raise Invalid("template:retired-in-the-past", field="until", day=until.isoformat())
    if row.since is None:
        raise Conflict("template:never-in-force")
    until = max(until, row.since)  # called off before it began: it never holds
    if any((one.since, one.version) > (row.since, row.version) for one in begun_by(until, row)):
        raise Conflict("template:superseded")
    if not TemplateVersion.objects.filter(pk=row.pk, since=row.since, until=None).update(until=until):
        raise Conflict("template:retired-already")
    event = TemplateRetired(row.unit_id, row.kind, row.version, until.isoformat())
    journal.record([Line(event, f"template/{row.pk}", "system", local_day(now))], actor=actor, now=now)


def _tell(row: TemplateVersion, *, actor: Actor, now: datetime) -> None:
    digest = hashlib.sha256(row.source.encode()).hexdigest()
    since = row.since.isoformat() if row.since else ""
    event = TemplateChanged(row.unit_id, row.kind, row.version, digest, since)
    journal.record([Line(event, f"template/{row.pk}", "system", local_day(now))], actor=actor, now=now)


@transaction.atomic
def set_office(department_id: int, *, code: str, mark_zh: str, mark_en: str, actor: Actor, now: datetime) -> None:
    """Say by which code a department's documents are numbered from now on, and what stands at their top."""
    department = department_to_edit(actor, department_id)
    require(actor, DocumentPermission.EDIT_TEMPLATE, unit_place(department.unit))
    code = code.strip()
    if not CODE.fullmatch(code):
        raise Invalid("office:unfit-code", field="code", value=code)
    shown = {"code": code, "mark_zh": mark_zh.strip()[:60], "mark_en": mark_en.strip()[:120]}
    Office.objects.update_or_create(department=department, defaults=shown)
    event = OfficeChanged(code, shown["mark_zh"])
    chain = f"department:{department.pk}"
    journal.record([Line(event, f"office/{department.pk}", chain, local_day(now))], actor=actor, now=now)
