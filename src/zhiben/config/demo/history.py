"""Three years of hidden dangers, fortnight by fortnight, each step taken through the services at its own moment."""

import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random
from uuid import UUID

from django.db import transaction
from PIL import Image, ImageDraw

from zhiben.config.demo.cast import Party, Step
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
from zhiben.kernel.actor import SYSTEM, Actor, Grant
from zhiben.orgs.domain.roles import BUILTIN_ROLES
from zhiben.orgs.models import Unit

WEEK = timedelta(days=7)
STRIDE = 2 * WEEK  # the history is lived fortnight by fortnight
FIRM = Actor(
    id=None,
    label="示例企业安全管理人员",
    grants=(Grant(next(role for role in BUILTIN_ROLES if role.slug == "safety_manager").permissions, path="/"),),
)
CHANNELS = (Channel.SELF_CHECK,) * 6 + (Channel.INSPECTION,) * 3 + (Channel.PUBLIC_REPORT,)


@dataclass
class Story:
    """What will become of one danger: when it is assigned, handed in and signed off; later than today stays open."""

    party: Party
    channel: Channel
    is_major: bool
    id: int = 0
    assign_at: datetime | None = None
    submit_at: datetime | None = None
    sign_at: datetime | None = None
    returned: bool = False
    proofs: tuple[Proof, ...] = ()

    @property
    def actor(self) -> Actor:
        """Who takes its steps: the enterprise what it found itself, the supervisor the rest."""
        return FIRM if self.channel is Channel.SELF_CHECK else SYSTEM

    @property
    def is_supervised(self) -> bool:
        """Tell whether the supervisor signs it off."""
        return self.is_major or self.channel is not Channel.SELF_CHECK


@dataclass
class History:
    """The stories under way, and what drives them."""

    parties: Sequence[Party]
    officers: Mapping[int, tuple[int, int]]  # by county: two persons of its department
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

    def _report(self, now: datetime, count: int, *, within: int = 12) -> None:
        told, stories = [], []
        for party in self.random.sample(self.parties, count):
            text, place, share = self.random.choice(scenes().of(party.kind.slug))
            story = Story(party, self.random.choice(CHANNELS), is_major=self.random.randrange(100) < share)
            told.append(
                NewDanger(
                    unit_id=self.random.choice(party.sites).pk,
                    description=text,
                    place_text=place,
                    found_on=(now - timedelta(days=self.random.randint(0, within))).date(),
                    channel=story.channel,
                    finder=party.safety.name,
                )
            )
            stories.append(story)
        for story, made in zip(stories, report_dangers(told, actor=SYSTEM, now=now), strict=True):
            if made.is_new:
                story.id = made.id
                self._plan(story, now)
                self.open.append(story)

    def _plan(self, story: Story, now: datetime) -> None:
        draw = self.random
        story.assign_at = now + timedelta(days=draw.choice((0, 1, 2, 3)))
        weeks = draw.choice((1, 1, 2, 2, 3, 4)) * (3 if story.is_major else 1)
        story.submit_at = story.assign_at + timedelta(weeks=weeks, days=draw.choice((-3, -1, 0, 1, 9, 30)))
        story.sign_at = story.submit_at + timedelta(days=draw.choice((1, 2, 3, 8)))
        story.returned = draw.random() < 0.06

    def _advance(self, now: datetime) -> None:
        """Take the steps whose moment has come, the same ones together."""
        fresh = [s for s in self.open if s.assign_at and s.assign_at <= now]
        for level, actor in product((Level.MAJOR, Level.GENERAL), (FIRM, SYSTEM)):
            ids = [s.id for s in fresh if s.is_major is (level is Level.MAJOR) and s.actor is actor]
            if ids:
                move_dangers(ids, Move.CONFIRM, Given(level=level), actor=actor, now=now)
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
            move_danger(story.id, Move.ASSIGN, given, actor=story.actor, now=now)
            story.assign_at = None
            if story.is_major:
                self._treat(story, now)

    def _treat(self, story: Story, now: datetime) -> None:
        report = "已报告属地监管部门和职工代表大会"
        move_danger(story.id, Move.REPORT_MAJOR, Given(report=report), actor=FIRM, now=now)
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
        move_danger(story.id, Move.FILL_PLAN, Given(plan=plan), actor=FIRM, now=now)

    def _submit(self, stories: Sequence[Story], now: datetime) -> None:
        general = [s.id for s in stories if not s.is_major]
        if general:
            given = Given(report=self.random.choice(scenes().measures))
            move_dangers(general, Move.SUBMIT, given, actor=FIRM, now=now)
        for story in stories:
            story.submit_at = None
            if story.is_major:
                story.proofs = self._photos(story, now)
                given = Given(report="已按治理方案完成整改", proofs=story.proofs)
                move_danger(story.id, Move.SUBMIT, given, actor=FIRM, now=now)

    def _sign_off(self, stories: Sequence[Story], now: datetime) -> None:
        returned = [s for s in stories if s.returned]
        for story in returned:
            story.returned = False
            story.submit_at, story.sign_at = now + 2 * WEEK, now + 3 * WEEK
            move_danger(story.id, Move.RETURN, Given(reason="现场复查仍有部分未整改到位"), actor=SYSTEM, now=now)
        passed = [s for s in stories if s.submit_at is None]
        own = [s.id for s in passed if not s.is_supervised]
        if own:
            move_dangers(own, Move.ACCEPT, actor=FIRM, now=now)
        for story in passed:
            story.sign_at = None
            if story.is_supervised:
                county = story.party.sites[0].county_id or 0
                given = Given(on_site=True, officers=self.officers[county], report="现场核查合格")
                move_danger(story.id, Move.SIGN_OFF, given, actor=SYSTEM, now=now)

    def _photos(self, story: Story, now: datetime) -> tuple[Proof, ...]:
        danger = danger_for(SYSTEM, story.id)
        kinds = ((EvidenceKind.PHOTO_BEFORE, "整改前"), (EvidenceKind.PHOTO_AFTER, "整改后"))
        return tuple(Proof(kind, self._keep(danger, word, now)) for kind, word in kinds)

    @transaction.atomic
    def _keep(self, danger: Danger, word: str, now: datetime) -> UUID:
        picture = io.BytesIO(_PICTURES[word])
        kept = keep_file(
            picture,
            f"{word}.jpg",
            subject=subject_of(danger.pk),
            place=danger.place,
            unit_id=danger.unit_id,
            actor=SYSTEM,
            now=now,
        )
        return kept.id


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
