"""What of dangers a change of units concerns: the open ones, their deadlines, suspicions."""

from collections.abc import Iterable

from zhiben.clocks.public import Deadline
from zhiben.dangers.domain.filters import Filters
from zhiben.dangers.domain.kinds import OPEN
from zhiben.dangers.listing import NAMES
from zhiben.dangers.models import Danger, Suspicion
from zhiben.dangers.selectors.lists import dangers_for
from zhiben.dangers.selectors.reading import subject_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.orgs.concerns import SHOWN, Concern, Listed, Paths, inside, register_concern
from zhiben.orgs.scope import Scope, scoped

STATES = sorted(map(str, OPEN))
ALL = Scope(everything=True)  # counted for everybody alike; only the list asks who may see it
TOGETHER = 5_000


def open_count(paths: Paths) -> int:
    """Count the open dangers of subtrees."""
    with scoped(ALL):
        return Danger.objects.filter(inside(paths), state__in=STATES).count()


def overdue_count(paths: Paths) -> int:
    """Count those of them whose limit has passed."""
    with scoped(ALL):
        return Danger.objects.filter(inside(paths), state__in=STATES, is_overdue=True).count()


def deadline_count(paths: Paths) -> int:
    """Count the deadlines that run for them."""
    with scoped(ALL):
        ids = list(Danger.objects.filter(inside(paths), state__in=STATES).values_list("pk", flat=True))
    parts = (ids[start : start + TOGETHER] for start in range(0, len(ids), TOGETHER))
    running = Deadline.objects.filter(is_current=True)
    return sum(running.filter(subject__in=[subject_of(pk) for pk in part]).count() for part in parts)


def suspicion_count(paths: Paths) -> int:
    """Count the suspicions that nobody has answered."""
    with scoped(ALL):
        return Suspicion.objects.filter(inside(paths), answer="open").count()


def open_rows(actor: Actor, paths: Paths) -> Iterable[Listed]:
    """List the newest open dangers that the actor may see."""
    number, text = NAMES.index("id"), NAMES.index("description")
    for path in paths:
        for row in dangers_for(actor, Filters(states=OPEN, unit=path), limit=SHOWN).rows:
            yield Listed(str(row[text])[:80], "dangers:detail", row[number])


def overdue_rows(actor: Actor, paths: Paths) -> Iterable[Listed]:
    """List the overdue ones that the actor may see."""
    number, text = NAMES.index("id"), NAMES.index("description")
    for path in paths:
        for row in dangers_for(actor, Filters(states=OPEN, unit=path, overdue=True), limit=SHOWN).rows:
            yield Listed(str(row[text])[:80], "dangers:detail", row[number])


def none_listed(actor: Actor, paths: Paths) -> Iterable[Listed]:  # noqa: ARG001 -- counted only
    """List nothing."""
    return ()


for one in (
    Concern("dangers", Bilingual("未销号隐患", "Open hidden dangers"), open_count, open_rows, "danger:view", 10),
    Concern("overdue", Bilingual("其中超期", "Of these overdue"), overdue_count, overdue_rows, "danger:view", 11),
    Concern("deadlines", Bilingual("运行中的期限", "Deadlines running"), deadline_count, none_listed, order=12),
    Concern("suspicions", Bilingual("疑似隐患", "Suspicions"), suspicion_count, none_listed, order=13),
):
    register_concern(one)
