"""One danger in the middle of one step: what was read, what will be written. Nothing is written before all is known."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.clock import Clock, Promise
from zhiben.dangers.domain.guards import Standing
from zhiben.dangers.domain.kinds import Flag, Role, State
from zhiben.dangers.domain.moves import Given
from zhiben.dangers.domain.step import Step
from zhiben.dangers.events import DangerFlagged
from zhiben.dangers.models import Danger, Evidence, FlagHistory, Participant
from zhiben.dangers.selectors.reading import subject_of
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor


def chain_of(danger: Danger) -> str:
    """Return the journal's chain of a danger: the host site's enterprise, else the department, else the system."""
    if danger.enterprise_id is not None:
        return f"enterprise:{danger.enterprise_id}"
    return f"department:{danger.department_id}" if danger.department_id is not None else "system"


def line_of(danger: Danger, event: Event, on: date) -> Line:
    """Return one event of a danger as a line of the journal."""
    return Line(event, subject_of(danger.pk), chain_of(danger), on)


@dataclass(frozen=True)
class Change:
    """An update of rows beside the danger (without columns: their removal), made when the step is won."""

    table: type[models.Model]
    where: dict[str, Any]
    columns: dict[str, Any]


@dataclass
class Case:
    """A danger, the step, who takes it and what they give; and beside it what the step will write."""

    danger: Danger
    step: Step
    given: Given
    standing: Standing
    actor: Actor
    now: datetime
    today: date
    promises: dict[Clock, Promise]  # current deadlines, as they will stand
    columns: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)  # what the journal tells of the decision
    rows: list[models.Model] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)  # beside the step's own
    started: dict[Clock, Promise] = field(default_factory=dict)
    stopped: set[Clock] = field(default_factory=set)
    was: dict[str, Any] = field(init=False)  # the danger's columns as they were read
    owed_before: dict[Clock, Promise] = field(init=False)
    cell_before: Cell = field(init=False)
    chain: str = field(init=False)

    def __post_init__(self) -> None:
        self.was = dict(vars(self.danger))
        self.owed_before = dict(self.promises)
        self.cell_before = Cell.of(self.danger)
        self.chain = chain_of(self.danger)  # a change of department in this step does not change the chain of its lines

    @property
    def before(self) -> State:
        """Where it stood when it was read."""
        return self.standing.state

    @property
    def after(self) -> State:
        """Where it will stand."""
        return self.step.after(self.standing.state)

    def write(self, **columns: Any) -> None:
        """Change columns of the danger, on the row and on the object alike."""
        for name, value in columns.items():
            setattr(self.danger, name, value)
        self.columns |= columns

    def involve(self, role: Role, *, person: int | None = None) -> None:
        """Put somebody on record: a person named, or the actor."""
        who = {"person_id": person} if person else {"person_id": self.actor.person, "account_id": self.actor.id}
        if any(who.values()):
            self.rows.append(Participant(danger=self.danger, role=role, at=self.now, **who))

    def retire(self, role: Role) -> None:
        """Let the present holders of a role be former ones."""
        holders = {"danger": self.danger, "role": role}
        self.changes.append(Change(Participant, holders, {"is_current": False}))

    def flag(self, flag: Flag, *, up: bool, reason: str = "") -> None:
        """Raise or lower a flag, with its history."""
        self.write(**{f"is_{flag}": up})
        history = {"flag": flag, "is_up": up, "on": self.today, "at": self.now, "reason": reason}
        self.rows.append(FlagHistory(danger=self.danger, account_id=self.actor.id, **history))
        self.events.append(DangerFlagged(self.danger.pk, str(flag), up, reason))

    def start(self, promise: Promise) -> None:
        """Set a clock, anew if it runs."""
        self.promises[promise.clock] = self.started[promise.clock] = promise

    def stop(self, *clocks: Clock) -> None:
        """Stop clocks."""
        for clock in clocks:
            self.started.pop(clock, None)
            if self.promises.pop(clock, None):
                self.stopped.add(clock)

    def keep_proofs(self) -> None:
        """Lay the given files beside the danger, once where they lie there already."""
        beside = {"danger": self.danger, "at": self.now, "account_id": self.actor.id}
        given = dict.fromkeys(self.given.proofs)
        laid = Evidence.objects.filter(danger=self.danger, part="", file__in={proof.file for proof in given})
        known = set(laid.values_list("kind", "file")) if given else set()
        fresh = [proof for proof in given if (str(proof.kind), proof.file) not in known]
        self.rows += [Evidence(kind=proof.kind, file=proof.file, **beside) for proof in fresh]

    def line(self, event: Event, on: date | None = None) -> Line:
        """Return an event of this danger as a line of the journal."""
        return Line(event, subject_of(self.danger.pk), self.chain, on or self.today)
