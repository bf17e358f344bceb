"""After sign-off in the example: look-backs made, missed or found that it came back; and a stop that stands."""

import io
from contextlib import suppress
from datetime import datetime, timedelta

from zhiben.config.demo.history import WEEK, History, Story, picture_of
from zhiben.dangers.models import Danger, Lookback
from zhiben.dangers.public import (
    Channel,
    EvidenceKind,
    Extent,
    Given,
    Level,
    LookbackState,
    Move,
    Upload,
    lookbacks_for,
    move_danger,
    record_lookback,
    sweep_lookbacks,
    sweep_samples,
)
from zhiben.dangers.selectors.receipts import KINDS
from zhiben.dangers.selectors.suspicions import suspicions_for
from zhiben.dangers.services.receipts import note_receipt
from zhiben.dangers.services.suspicions import dismiss_suspicion
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict
from zhiben.kernel.periods import local_day
from zhiben.notices.public import Message

FRESH = timedelta(days=120)  # before the end; what came back earlier would long be settled
MISSED, BACK, LOCKED = 0, 1, 2  # of every twenty look-backs
OF = 20
STOPS = 2
LISTED = 2
WAITING = timedelta(days=10)


def look_back(history: History, now: datetime, until: datetime) -> None:
    """Make the look-backs that are due, most of them."""
    for row in lookbacks_for(SYSTEM, view="open").filter(due_on__lte=local_day(now)):
        fate = row.pk % OF
        if fate == MISSED:
            continue
        if fate == BACK and until - now < FRESH:
            _record(history, row, LookbackState.CAME_BACK, "现场再次发现同样问题", now)
            _again(history, row.danger, now)
        elif fate == LOCKED and row.follows_id is None:
            officer = history.offices[row.danger.department_id or 0].officer
            record_lookback(row.pk, LookbackState.NOT_CHECKED, "企业停工，未能进入现场", actor=officer, now=now)
        else:
            _record(history, row, LookbackState.HOLDS, "措施仍在，运行正常", now)
    sweep_lookbacks(now)
    for moment in (now, now + timedelta(minutes=2)):  # seeded first, drawn next
        sweep_samples(moment)


def _record(history: History, row: Lookback, result: LookbackState, words: str, now: datetime) -> None:
    photo = Upload(EvidenceKind.LOOKBACK, io.BytesIO(picture_of("整改后")), "回头看.jpg")
    officer = history.offices[row.danger.department_id or 0].officer
    record_lookback(row.pk, result, words, [photo], actor=officer, now=now)


def _again(history: History, danger: Danger, now: datetime) -> None:
    """Let the story of a reopened danger begin anew."""
    party = history.party_of(danger)
    story = Story(party, Channel(danger.channel), is_major=danger.level == Level.MAJOR, id=danger.pk)
    story.department, story.is_ordered = danger.department_id or 0, True
    given = Given(owner=party.safety.pk, due_on=(now + 6 * WEEK).date())
    move_danger(danger.pk, Move.ASSIGN, given, actor=history.offices[danger.department_id or 0].officer, now=now)
    story.submit_at, story.sign_at = now + 5 * WEEK, now + 6 * WEEK
    history.open.append(story)


def confirm_notices(now: datetime, until: datetime) -> None:
    """Let those told of a major danger confirm it, as they do in life; only the newest notices wait for the reader."""
    waiting = Message.objects.filter(kind__in=KINDS, read_at=None, made_at__lte=min(now, until - WAITING))
    for message in waiting.select_related("person").order_by("made_at"):
        by_proxy = message.pk.int % OF == MISSED
        name, relation = ("门卫刘师傅", "colleague") if by_proxy else (message.person.name, "self")
        told = {"channel": "by_hand", "name": name, "relation": relation}
        with suppress(Conflict):  # a colleague of the same circle confirmed it
            note_receipt(int(message.subject.partition("/")[2]), message.pk, **told, actor=SYSTEM, now=now)


def list_some(history: History, now: datetime) -> None:
    """Put two major dangers that are being rectified under listed supervision."""
    under_way = [s for s in history.open if s.is_major and s.assign_at is None and s.submit_at]
    for number, story in enumerate(under_way[STOPS : STOPS + LISTED], start=1):
        due_on = (now + timedelta(days=40 * number)).date()
        given = Given(order=f"挂牌〔{now.year}〕{number}号", due_on=due_on, reason="风险高、治理难度大，需持续督办")
        move_danger(story.id, Move.LIST, given, actor=SYSTEM, now=now)


def answer_suspicions(now: datetime) -> None:
    """Have somebody look at some of what judging made likely: the rest waits for the reader."""
    for number, row in enumerate(suspicions_for(SYSTEM).filter(answer="open").order_by("pk")):
        if number % 3 == 0:
            dismiss_suspicion(row.pk, "已到现场核实：登记的数字有误，事实已更正", actor=SYSTEM, now=now)


def order_stops(history: History, now: datetime) -> None:
    """Stop a part of a few enterprises whose major danger is being rectified."""
    under_way = [s for s in history.open if s.is_major and s.assign_at is None and s.submit_at]
    for number, story in enumerate(under_way[:STOPS], start=1):
        due_on = (now + timedelta(days=30)).date()
        told = Given(
            extent=Extent.PART,
            equipment="除尘系统及相连设备",
            reason="治理期间无法保证安全",
            order=f"停〔{now.year}〕{number}号",
            due_on=due_on,
        )
        move_danger(story.id, Move.STOP_ORDER, told, actor=history.office(story).officer, now=now)
        withdrawn = Given(withdrawn=6 * number, report="已断电上锁，设置警戒线，人员全部撤出")
        move_danger(story.id, Move.EVACUATE, withdrawn, actor=story.party.manager, now=now)
    if under_way:
        asked = Given(addressee="县人民政府", reason="请供电部门协助停电，并通知相邻企业")
        move_danger(under_way[0].id, Move.ASK_ASSISTANCE, asked, actor=under_way[0].party.manager, now=now)
