"""What an installation decides for itself where the law leaves it open; every default is a setting, not law."""

from dataclasses import dataclass

from zhiben.dangers.domain.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Settings of the loop, in days unless said otherwise."""

    confirm_days: int = 3
    assign_days: int = 3
    accept_days: int = 5
    receive_days: int = 5
    reminders: tuple[int, ...] = (7, 3, 1)  # days ahead of a deadline
    small_shop_people: int = 2
    same_officers_reinspect: bool = True
    officers_at_least: int = 2
    lookback_days: tuple[int, ...] = (30, 90)  # after the sign-off of a major one
    lookback_again_days: int = 14  # where it could not be checked
    sample_percent: int = 5  # of the general ones signed off in a month; 0: none is drawn
    own_check_days: int = 90  # within which an enterprise should have looked itself: at least once a quarter
    sample_days: int = 30  # for looking at those drawn
    comment_minutes: int = 30  # in which one may change or remove what one said
    undo_minutes: int = 10  # in which one may undo a step that nobody was told of
    undo_hold_seconds: int = 30  # for which notices of a step wait in the outbox, so that it can be undone

    def days(self, clock: Clock) -> int | None:
        """Return the days this installation gives for a clock; None where only a person or the law sets it."""
        return {
            Clock.CONFIRM: self.confirm_days,
            Clock.ASSIGN: self.assign_days,
            Clock.ACCEPT: self.accept_days,
            Clock.RECEIVE: self.receive_days,
        }.get(clock)


DEFAULTS = Habits()
