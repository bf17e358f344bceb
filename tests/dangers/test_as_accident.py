"""Not checked, could not find, refused: candidates with the facts behind them, answered by a person."""

from datetime import timedelta

import pytest
from make import DAY, NOW
from stories import DUE, codes, confirmed, fresh, ordered, photo, reported, step, stopped

from zhiben.dangers.domain.kinds import Channel, ClosureGround, Level
from zhiben.dangers.models import AccidentCandidate
from zhiben.dangers.selectors.accountability import candidates_for
from zhiben.dangers.services.accountability import answer_candidate
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.journal.public import run_consumers
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.notices.models import Message

BEFORE = DAY - timedelta(days=20)


def found_by_others(cast, description="除尘系统失效", place="1号车间", **facts):
    facts = {"channel": Channel.INSPECTION, "place_text": place} | facts
    danger = reported(cast, by=cast.li, description=description, **facts)
    danger = step(danger, "confirm", cast.li, level=Level.MAJOR)
    run_consumers(now=NOW)
    return danger


def grounds():
    return list(AccidentCandidate.unscoped.order_by("pk").values_list("ground", flat=True))


def test_nothing_of_its_own_on_record_suggests_that_nobody_checked(cast):
    danger = found_by_others(cast)
    candidate = AccidentCandidate.unscoped.get()
    assert (candidate.ground, candidate.answer, candidate.department) == ("not_checked", "open", danger.department)
    assert candidate.facts["own_findings"] == 0
    assert candidate.facts["last_own_finding"] is None
    assert candidate.facts["since"] == (DAY - timedelta(90)).isoformat()
    assert codes(danger)[-1] == "as-accident:raised"
    assert Message.objects.filter(person=cast.zhao.person, kind="as-accident:raised").exists()


def test_own_findings_that_name_others_suggest_that_it_could_not_be_found(cast):
    own = reported(cast, description="护栏缺失", place_text="3号车间", found_on=BEFORE)
    found_by_others(cast)
    candidate = AccidentCandidate.unscoped.get()
    assert candidate.ground == "not_found"
    assert candidate.facts["own_dangers"] == [own.pk]
    assert candidate.facts["last_own_finding"] == BEFORE.isoformat()


def test_found_by_itself_at_the_same_place_there_is_no_reason(cast):
    reported(cast, description="粉尘", place_text="１号 车间", found_on=BEFORE)
    found_by_others(cast)
    assert grounds() == []


def test_too_long_ago_is_not_checked_in_time(cast):
    reported(cast, description="护栏缺失", place_text="1号车间", found_on=DAY - timedelta(days=91))
    found_by_others(cast)
    assert grounds() == ["not_checked"]
    assert AccidentCandidate.unscoped.get().facts["last_own_finding"] == (DAY - timedelta(91)).isoformat()


@pytest.mark.parametrize("facts", [{"level": "general"}, {"channel": Channel.SELF_CHECK}])
def test_general_ones_and_those_found_by_itself_raise_nothing(cast, facts):
    danger = reported(cast, by=cast.li, channel=facts.get("channel", Channel.INSPECTION))
    step(danger, "confirm", cast.li, level=Level(facts.get("level", "major")))
    run_consumers(now=NOW)
    assert grounds() == []


def test_an_ordered_limit_that_passes_without_extension_suggests_a_refusal_once(cast):
    danger = ordered(cast, "major", place_text="1号车间")
    reported(cast, description="粉尘", place_text="1号车间", found_on=BEFORE)
    late = NOW + timedelta(days=22)
    sweep_dangers(late)
    run_consumers(now=late)
    sweep_dangers(late + timedelta(days=1))
    run_consumers(now=late)
    candidate = AccidentCandidate.unscoped.get(ground="refused")
    assert candidate.facts["due_on"] == DUE.isoformat()
    assert candidate.facts["extensions_asked"] == 0
    assert fresh(danger.pk).is_overdue


def test_a_limit_of_ones_own_or_one_with_an_extension_pending_is_no_refusal(cast):
    danger = ordered(cast, "major")
    asked = NOW + timedelta(days=15)
    step(danger, "ask_extension", cast.wang, now=asked, due_on=DUE + timedelta(9), force_majeure=True)
    own = confirmed(cast, "major", description="另一处")
    step(own, "assign", cast.wang, owner=cast.gong.person.pk, due_on=DUE)
    late = NOW + timedelta(days=22)
    sweep_dangers(late)
    run_consumers(now=late)
    assert "refused" not in grounds()


def test_closure_asked_because_of_a_refusal_is_one(cast):
    danger = stopped(cast)
    step(danger, "request_closure", cast.zhao, ground=ClosureGround.REFUSED)
    run_consumers(now=NOW)
    assert grounds() == ["refused"]


def test_a_person_answers_once_with_a_reason_and_enterprises_see_none(cast):
    found_by_others(cast)
    candidate = AccidentCandidate.unscoped.get()
    for stranger in (cast.wang, cast.zhou, cast.zhang, cast.li):
        assert not candidates_for(stranger.actor)
        with pytest.raises(NotFound):
            answer_candidate(candidate.pk, yes=True, reason="x", actor=stranger.actor, now=NOW)
    with pytest.raises(Invalid, match="needs-reason"):
        answer_candidate(candidate.pk, yes=True, reason=" ", actor=cast.zhao.actor, now=NOW)
    answer_candidate(candidate.pk, yes=False, reason="企业纸质台账有记录", actor=cast.zhao.actor, now=NOW)
    candidate.refresh_from_db()
    assert candidate.answer == "dismissed"
    with pytest.raises(Conflict, match="already-answered"):
        answer_candidate(candidate.pk, yes=True, reason="x", actor=cast.zhao.actor, now=NOW)
    assert codes(candidate.danger)[-1] == "as-accident:answered"


def test_levelled_twice_it_is_raised_once(cast):
    danger = found_by_others(cast)
    danger = step(danger, "change_level", cast.zhao, level=Level.GENERAL)
    step(danger, "change_level", cast.zhao, level=Level.MAJOR, proofs=(photo(danger),))
    run_consumers(now=NOW)
    assert grounds() == ["not_checked"]
