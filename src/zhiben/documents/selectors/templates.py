"""Which template holds where and when: the nearest unit's own version in force, else the shipped one."""

from collections.abc import Sequence
from datetime import date

from zhiben.documents.models import TemplateVersion
from zhiben.kernel.ids import ancestors
from zhiben.orgs.models import Unit


def template_in_force(path: str, kind: str, on: date) -> TemplateVersion | None:
    """Return the version that holds at a path on a day; None: the shipped template."""
    rows = TemplateVersion.objects.filter(kind=kind, since__lte=on, unit__path__in=ancestors(path)).select_related(
        "unit"
    )
    return max(rows, key=lambda row: (len(row.unit.path), row.since, row.version), default=None)


def versions_of(unit: Unit, kind: str) -> Sequence[TemplateVersion]:
    """Return a unit's own versions of a kind, the newest first."""
    return list(
        TemplateVersion.objects.filter(unit=unit, kind=kind).select_related("made_by__person").order_by("-version")
    )
