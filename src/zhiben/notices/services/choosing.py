"""What a person chooses about their own notices."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction

from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.kernel.periods import local_day
from zhiben.notices.domain.choices import Choice, When, write_kinds
from zhiben.notices.domain.kinds import DeliveryState
from zhiben.notices.domain.quiet import USUAL, Quiet, next_time
from zhiben.notices.events import PreferencesSet
from zhiben.notices.models import Delivery, Preference
from zhiben.notices.selectors.reading import chain_of_person
from zhiben.notices.selectors.settings import choosable_channels, choosable_kinds


@transaction.atomic
def choose(*, quiet: Quiet | None, digest_at: time, kinds: Mapping[str, Choice], actor: Actor, now: datetime) -> None:
    """Keep what the actor chose for themselves. What waits for a digest no longer wanted goes out at once."""
    if actor.person is None:
        raise NotFound("page:not-found")
    _check(kinds)
    hours = quiet or USUAL
    chosen = {
        "has_quiet": quiet is not None, "quiet_since": hours.since, "quiet_until": hours.until,
        "digest_time": digest_at, "kinds": write_kinds(kinds),
    }  # fmt: skip
    Preference.objects.update_or_create(person_id=actor.person, defaults=chosen)
    held = Delivery.objects.filter(state=DeliveryState.HELD, message__person=actor.person)
    held.exclude(message__kind__in=[name for name, one in kinds.items() if one.when is When.DIGEST]).update(
        state=DeliveryState.WAITING, next_at=now
    )
    Preference.objects.filter(pk=actor.person).update(digest_at=next_time(now, digest_at) if held.exists() else None)
    line = Line(PreferencesSet(actor.person), f"person/{actor.person}", chain_of_person(actor.person), local_day(now))
    journal.record([line], actor=actor, now=now)


def _check(kinds: Mapping[str, Choice]) -> None:
    """Take only kinds and channels that can be chosen: what needs a receipt goes its own way."""
    known, ways = choosable_kinds(), set(choosable_channels())
    for name, choice in kinds.items():
        if name not in known or set(choice.channels) - ways:
            raise Invalid("notice:cannot-choose", field="kinds", kind=name)
