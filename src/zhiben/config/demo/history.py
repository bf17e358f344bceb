"""Three years of hidden dangers, fortnight by fortnight, each step taken through the services at its own moment."""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from PIL import Image, ImageDraw

from zhiben.config.demo.cast import Office, Party, Step
from zhiben.config.demo.scenes import scenes
from zhiben.dangers.models import Danger
from zhiben.dangers.public import (
    Channel,
    EvidenceKind,
    Given,
    Level,
    Move,
    NewDanger,
    Plan,
    Proof,
    danger_for,
    move_danger,
    move_dangers,
    report_dangers,
    subject_of,
)
from zhiben.dangers.services.sweeping import sweep_dangers as sweep
from zhiben.files.public import keep_file
from zhiben.journal.public import run_consumers
from zhiben.kernel.actor import SYSTEM, Actor
from zhiben.orgs.models import Unit

T = TypeVar("T")
WEEK = timedelta(days=7)
STRIDE = 2 * WEEK  # the history is lived fortnight by fortnight
CHANNELS = (Channel.SELF_CHECK,) * 6 + (Channel.INSPECTION,) * 3 + (Channel.PUBLIC_REPORT,)


@dataclass
class Story:
    """What will become of one danger: when it is assigned, handed in and signed off; later than today stays open."""

    party: Party
    channel: Channel
    is_major: bool
    id: int = 0
    department: int = 0
    assign_at: datetime | None = None
    submit_at: datetime | None = None
    sign_at: datetime | None = None
    returned: bool = False
    is_ordered: bool = False  # by the department, when it came back
    proofs: tuple[Proof, ...] = ()

    @property
    def is_supervised(self) -> bool:
        """Tell whether the supervisor signs it off."""
        return self.is_major or self.is_ordered or self.channel is not Channel.SELF_CHECK


@dataclass
class History:
    """The stories under way, and what drives them."""

    parties: Sequence[Party]
    offices: Mapping[int, Office]  # by department
    first: Mapping[int, int]  # by county: the general department, which is told first
    random: Random
    open: list[Story] = field(default_factory=list)
    each_turn: Callable[[datetime], None] = lambda _now: None  # what else happens in a fortnight

    def live(self, since: date, until: datetime, *, each_time: int, step: Step) -> None:
        """Live through the time; the clock's sweep and the tallies run along as they would have."""
        moment = datetime(since.year, since.month, since.day, 9, 30, tzinfo=UTC)
        turns = 0
        while moment <= until:
            if turns == 0:  # what a new program is told first: what was found before it came
                self._report(moment, 4 * each_time, within=60)
            busy = 3 if until - moment < timedelta(days=70) else 1  # a fresh pile to work on
            self._report(moment, each_time * busy + self.random.randint(-3, 3))
            self._advance(moment)
            sweep(moment)
            self.each_turn(moment)
            turns += 1
            if turns % 13 == 0:
                while run_consumers(now=moment):
                    pass
            moment += STRIDE
            step(1)

    def busiest(self, county: Unit) -> Party:
        """Return the enterprise of a county with the most to do: the demo's own people work there."""
        near = [party for party in self.parties if party.sites[0].path.startswith(county.path)]
        waiting = Counter(story.party.enterprise.pk for story in self.open)
        return max(near, key=lambda party: waiting[party.enterprise.pk])

    def office(self, story: Story) -> Office:
        """Return the department that answers for a danger."""
        return self.offices[story.department or self.first[story.party.sites[0].county_id or 0]]

    def party_of(self, danger: Danger) -> Party:
        """Return whose danger it is."""
        return next(party for party in self.parties if party.enterprise.pk == danger.enterprise_id)

    def finder(self, story: Story) -> Actor:
        """Return who takes the first steps: the enterprise with what it found itself, the department with the rest."""
        return story.party.manager if story.channel is Channel.SELF_CHECK else self.office(story).officer

    def _report(self, now: datetime, count: int, *, within: int = 12) -> None:
        told: list[tuple[Story, NewDanger]] = []
        for party in self.random.sample(self.parties, count):
            text, place, share = self.random.choice(scenes().of(party.kind.slug))
            story = Story(party, self.random.choice(CHANNELS), is_major=self.random.randrange(100) < share)
            new = NewDanger(
                unit_id=self.random.choice(party.sites).pk,
                description=text,
                place_text=place,
                found_on=(now - timedelta(days=self.random.randint(0, within))).date(),
                channel=story.channel,
                finder=party.safety.name,
            )
            told.append((story, new))
        for actor, theirs in _by(told, lambda one: self.finder(one[0])):
            for (story, _), made in zip(
                theirs, report_dangers([new for _, new in theirs], actor=actor, now=now), strict=True
            ):
                if made.is_new:
                    story.id = made.id
                    self._plan(story, now)
                    self.open.append(story)
        departments = dict(Danger.objects.filter(pk__in=[s.id for s, _ in told]).values_list("pk", "department_id"))
        for story, _ in told:
            story.department = departments.get(story.id) or 0

    def _plan(self, story: Story, now: datetime) -> None:
        draw = self.random
        story.assign_at = now + timedelta(days=draw.choice((0, 1, 2, 3)))
        weeks = draw.choice((1, 1, 2, 2, 3, 4)) * (3 if story.is_major else 1)
        story.submit_at = story.assign_at + timedelta(weeks=weeks, days=draw.choice((-3, -1, 0, 1, 9, 30)))
        story.sign_at = story.submit_at + timedelta(days=draw.choice((1, 2, 3, 8)))
        story.returned = draw.random() < 0.06

    def _advance(self, now: datetime) -> None:
        """Take the steps whose moment has come, the same ones of one person together."""
        fresh = [s for s in self.open if s.assign_at and s.assign_at <= now]
        for level in (Level.MAJOR, Level.GENERAL):
            self._move(
                [s for s in fresh if s.is_major is (level is Level.MAJOR)],
                Move.CONFIRM,
                self.finder,
                Given(level=level),
                now,
            )
        self._assign(fresh, now)
        done = [s for s in self.open if not s.assign_at and s.submit_at and s.submit_at <= now]
        self._submit(done, now)
        signed = [s for s in self.open if not s.submit_at and s.sign_at and s.sign_at <= now]
        self._sign_off(signed, now)
        self.open = [s for s in self.open if s.sign_at]

    def _assign(self, stories: Sequence[Story], now: datetime) -> None:
        for story in stories:
            days = 42 if story.is_major else self.random.choice((10, 15, 20))
            given = Given(owner=story.party.safety.pk, due_on=(now + timedelta(days=days)).date())
            move_danger(story.id, Move.ASSIGN, given, actor=self.finder(story), now=now)
            story.assign_at = None
            if story.is_major:
                self._treat(story, now)

    def _treat(self, story: Story, now: datetime) -> None:
        report = "已报告属地监管部门和职工代表大会"
        move_danger(story.id, Move.REPORT_MAJOR, Given(report=report), actor=story.party.manager, now=now)
        measure = self.random.choice(scenes().measures)
        whole = self.random.random() < 0.8
        plan = Plan(
            goal="按期消除该重大事故隐患",
            measures=measure,
            funds="自筹" if whole else None,
            funds_fen=self.random.randint(5, 300) * 100_000 if whole else None,
            people=f"{story.party.principal.name}牵头，{story.party.safety.name}落实" if whole else None,
            time_limit="见整改期限",
            safety="整改期间停用相关设备，设专人看守" if whole else None,
        )
        move_danger(story.id, Move.FILL_PLAN, Given(plan=plan), actor=story.party.manager, now=now)

    def _submit(self, stories: Sequence[Story], now: datetime) -> None:
        given = Given(report=self.random.choice(scenes().measures))
        self._move([s for s in stories if not s.is_major], Move.SUBMIT, lambda story: story.party.manager, given, now)
        for story in stories:
            story.submit_at = None
            if story.is_major:
                story.proofs = self._photos(story, now)
                given = Given(report="已按治理方案完成整改", proofs=story.proofs)
                move_danger(story.id, Move.SUBMIT, given, actor=story.party.manager, now=now)

    def _sign_off(self, stories: Sequence[Story], now: datetime) -> None:
        returned = [s for s in stories if s.returned]
        for story in returned:
            story.returned = False
            story.submit_at, story.sign_at = now + 2 * WEEK, now + 3 * WEEK
            who = self.office(story).officer if story.is_supervised else story.party.head
            move_danger(story.id, Move.RETURN, Given(reason="现场复查仍有部分未整改到位"), actor=who, now=now)
        passed = [s for s in stories if s.submit_at is None]
        own = [s for s in passed if not s.is_supervised]
        self._move(own, Move.ACCEPT, lambda story: story.party.head, Given(), now)
        supervised = [s for s in passed if s.is_supervised]
        for actor, theirs in _by(supervised, lambda story: self.office(story).officer):
            given = Given(on_site=True, officers=self.office(theirs[0]).both, report="现场核查合格")
            move_dangers([story.id for story in theirs], Move.SIGN_OFF, given, actor=actor, now=now)
        for story in passed:
            story.sign_at = None

    def _move(
        self, stories: Sequence[Story], move: Move, who: Callable[[Story], Actor], given: Given, now: datetime
    ) -> None:
        for actor, theirs in _by(stories, who):
            move_dangers([story.id for story in theirs], move, given, actor=actor, now=now)

    def _photos(self, story: Story, now: datetime) -> tuple[Proof, ...]:
        danger = danger_for(SYSTEM, story.id)
        kinds = ((EvidenceKind.PHOTO_BEFORE, "整改前"), (EvidenceKind.PHOTO_AFTER, "整改后"))
        return tuple(Proof(kind, self._keep(danger, word, story.party.manager, now)) for kind, word in kinds)

    @transaction.atomic
    def _keep(self, danger: Danger, word: str, actor: Actor, now: datetime) -> UUID:
        picture = io.BytesIO(_PICTURES[word])
        kept = keep_file(
            picture,
            f"{word}.jpg",
            subject=subject_of(danger.pk),
            place=danger.place,
            unit_id=danger.unit_id,
            actor=actor,
            now=now,
        )
        return kept.id


def _by(things: Iterable[T], who: Callable[[T], Actor]) -> list[tuple[Actor, list[T]]]:
    """Put together what one person does."""
    found: dict[Actor, list[T]] = {}
    for thing in things:
        found.setdefault(who(thing), []).append(thing)
    return list(found.items())


def picture_of(word: str) -> bytes:
    """Return the stand-in for a photo of this kind."""
    return _PICTURES[word]


def _picture(colour: str, mark: str) -> bytes:
    """Draw a stand-in for a photo, plainly no real one."""
    image = Image.new("RGB", (960, 720), colour)
    pen = ImageDraw.Draw(image)
    pen.rectangle((40, 40, 920, 680), outline="white", width=8)
    pen.text((80, 80), f"EXAMPLE / {mark}", fill="white", font_size=56)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


_PICTURES = {"整改前": _picture("#7a5c3e", "BEFORE"), "整改后": _picture("#3e6b5a", "AFTER")}
