"""Samples: what they draw from, and what came of those drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from zhiben.dangers.domain.kinds import Level, State
from zhiben.dangers.domain.lookback import LookbackState
from zhiben.dangers.domain.sampling import Population
from zhiben.dangers.domain.wilson import Share
from zhiben.dangers.listing import ANCESTOR_COLUMN
from zhiben.dangers.models import Danger, Lookback, Sample
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import reach_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import path_end
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit
from zhiben.orgs.scope import scope_of, seen

CHECKED = frozenset({LookbackState.HOLDS, LookbackState.CAME_BACK})


@dataclass(slots=True)
class Tally:
    """What came of the dangers drawn in one unit."""

    unit: Unit | None
    drawn: int = 0
    open: int = 0
    not_checked: int = 0
    held: int = 0
    came_back: int = 0
    overdue: int = 0

    @property
    def share(self) -> Share:
        """The share of those looked at that did not hold."""
        return Share(self.came_back, self.held + self.came_back)

    def add(self, row: Lookback) -> None:
        """Count one danger by its latest look-back."""
        self.drawn += 1
        self.open += row.state == LookbackState.OPEN
        self.overdue += row.is_overdue
        self.held += row.state == LookbackState.HOLDS
        self.came_back += row.state == LookbackState.CAME_BACK
        self.not_checked += row.state in {LookbackState.NOT_CHECKED, LookbackState.DROPPED}


@dataclass(frozen=True, slots=True)
class SampleResult:
    """A sample with its figures: in all, and for each unit below."""

    sample: Sample
    whole: Tally
    units: Sequence[Tally] = field(default_factory=list)
    rows: Sequence[Lookback] = field(default_factory=list)


def population_of(
    actor: Actor, unit: Unit, population: Population, since: date, until: date, *, department: int | None = None
) -> list[str]:
    """Return the uids of what may be drawn: general ones signed off here in these days, as far as the actor sees."""
    rows = _below(reach_of(actor, DangerPermission.SAMPLE), unit).filter(
        state=State.SIGNED_OFF,
        level=Level.GENERAL,
        closed_on__gte=since,
        closed_on__lt=until,
        is_self_accepted=population is Population.SELF_ACCEPTED,
        steps__gt=0,  # what a ledger brought in already closed was never accepted here
    )
    if department is not None:
        rows = rows.filter(department=department)
    return sorted(map(str, rows.values_list("uid", flat=True)))


def _below(rows: QuerySet[Danger], unit: Unit) -> QuerySet[Danger]:
    column = ANCESTOR_COLUMN.get(UnitKind(unit.kind))
    if column:
        return rows.filter(**{column: unit.pk})
    return rows.filter(path__gte=unit.path, path__lt=path_end(unit.path))


def samples_for(actor: Actor) -> QuerySet[Sample]:
    """Return the samples inside the actor's reach that were at least seeded, newest first."""
    rows = Sample.unscoped.filter(seen(scope_of(actor, DangerPermission.SAMPLE))).exclude(state="planned")
    return rows.select_related("unit", "department", "account__person").order_by("-seeded_at", "-pk")


def sample_for(actor: Actor, sample_id: int) -> Sample:
    """Return one sample; strangers are told that there is none."""
    row = samples_for(actor).filter(pk=sample_id).first()
    if row is None:
        raise NotFound("sample:not-found")
    return row


def sample_result(actor: Actor, sample_id: int) -> SampleResult:
    """Return a sample with its figures."""
    sample = sample_for(actor, sample_id)
    rows = latest_of([sample])
    return SampleResult(sample, _whole(rows), _by_unit(sample.unit, rows), rows)


def results_of(samples: Sequence[Sample]) -> list[SampleResult]:
    """Return several samples with their figures in all, in one query."""
    found: dict[int, list[Lookback]] = {}
    for row in latest_of(samples):
        found.setdefault(row.sample_id or 0, []).append(row)
    return [SampleResult(sample, _whole(found.get(sample.pk, []))) for sample in samples]


def latest_of(samples: Sequence[Sample]) -> list[Lookback]:
    """Return the latest look-back of every danger drawn: one that could not be checked is followed by another."""
    rows = Lookback.unscoped.filter(sample__in=samples, followed_by__isnull=True)
    return list(rows.select_related("danger__department", "unit", "enterprise").order_by("sample", "due_on", "pk"))


def _whole(rows: Iterable[Lookback]) -> Tally:
    tally = Tally(None)
    for row in rows:
        tally.add(row)
    return tally


def _by_unit(unit: Unit, rows: Sequence[Lookback]) -> list[Tally]:
    """Group by the units right below, the worst share first."""
    below = {row.path[: row.path.index("/", len(unit.path)) + 1] for row in rows if row.path != unit.path}
    units = {child.path: child for child in Unit.objects.filter(path__in=below)}
    tallies = {path: Tally(child) for path, child in units.items()}
    for row in rows:
        path = next((path for path in tallies if row.path.startswith(path)), None)
        if path:
            tallies[path].add(row)
    return sorted(
        tallies.values(), key=lambda one: (-(one.share.share or 0), -one.drawn, one.unit.path if one.unit else "")
    )
