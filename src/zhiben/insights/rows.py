"""The dangers of a part of the tree as rows, limited to what the part's reader may see."""

from datetime import date

from django.db.models import Q, QuerySet

from zhiben.dangers.models import Danger
from zhiben.insights.ledger import By
from zhiben.insights.selectors import Part
from zhiben.kernel.ids import path_end
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit
from zhiben.orgs.tree import ANCESTOR_FIELDS

COLUMN_OF = {By.INDUSTRY: "industry", By.CHANNEL: "channel", By.MATTER: "matter"}


def dangers_of(part: Part, today: date) -> QuerySet[Danger]:
    """Return the dangers of a part. The part was fetched for the actor before."""
    rows = Danger.unscoped.filter(_inside(part, today))
    if part.only is None:
        return rows
    if part.only.levels:
        rows = rows.filter(level__in=part.only.levels)
    column = COLUMN_OF.get(part.only.by) if part.only.by else None
    return rows.filter(**{f"{column}__in": part.only.slugs}) if column and part.only.slugs else rows


def _inside(part: Part, today: date) -> Q:
    return Q(unit__in=part.subjects(today).low) if part.unit is None else subtree(part.unit)


def subtree(unit: Unit) -> Q:
    """Ask for equality on an ancestor column where there is one: indexes are read in order."""
    column = ANCESTOR_FIELDS.get(UnitKind(unit.kind))
    if column:
        return Q(**{column: unit.pk})
    return Q() if unit.parent_id is None else Q(path__gte=unit.path, path__lt=path_end(unit.path))
