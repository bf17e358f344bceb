"""The table of the loop, walked whole."""

import pytest

from zhiben.dangers.domain.clock import MAIN, Clock
from zhiben.dangers.domain.guards import ABOUT_GIVEN, GUARDS, needs_of
from zhiben.dangers.domain.kinds import CLOSED, OPEN, Level, State
from zhiben.dangers.domain.loop import LOOP, moves_from, reachable, sources_of, step_of
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.rights import LABELS, DangerPermission
from zhiben.dangers.domain.steps import EVERY, STEPS
from zhiben.dangers.domain.words import WORDS, label
from zhiben.kernel.errors import Conflict


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("state", list(State))
def test_every_pair_of_state_and_move_either_stands_in_the_table_or_is_refused_by_name(state, move):
    if (state, move) in LOOP:
        step = step_of(state, move)
        assert step.move is move
        assert step.after(state) in State
    else:
        with pytest.raises(Conflict, match="danger:no-such-move") as told:
            step_of(state, move)
        assert told.value.facts["open"] == [str(move) for move in moves_from(state)]


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_state_can_reach_sign_off(state):
    assert State.SIGNED_OFF in reachable(state)


def test_what_is_closed_can_be_opened_again_and_nothing_else_leads_out():
    leading_out = {move for (state, move), step in LOOP.items() if state in CLOSED and step.after(state) not in CLOSED}
    assert leading_out == {Move.REOPEN}


def test_no_two_lines_claim_the_same_state_and_move():
    assert sum(len(step.sources) for step in STEPS) == len(LOOP)


def test_every_guard_has_a_rule_and_every_rule_a_step():
    named = {name for step in STEPS for name in step.guards}
    assert named == set(GUARDS)
    assert named >= ABOUT_GIVEN


def test_every_move_permission_and_word_is_named_in_both_languages():
    for step in STEPS:
        assert step.label.zh
        assert step.label.en
        assert step.style in {"primary", "secondary", "danger"}
    assert {step.move for step in STEPS} == set(Move)
    assert set(LABELS) == set(DangerPermission)
    for kind, words in WORDS.items():
        assert set(words) == set(kind)
        assert all(label(member).zh and label(member).en for member in kind)


def test_whoever_enters_a_state_starts_its_main_clock_and_stops_that_of_the_one_left():
    for (state, move), step in LOOP.items():
        target = step.after(state)
        if target is state:
            continue
        if target in CLOSED:
            assert step.stops == EVERY, move
            continue
        assert set(MAIN[target]) & set(step.sets), f"{move} sets no clock for {target}"
        if state in OPEN and state is not State.RECTIFYING:
            assert set(MAIN[state]) & set(step.stops), f"{move} lets the clock of {state} run on"


def test_only_a_supervisor_signs_off_a_major_danger():
    closing = {step.move for step in STEPS if step.target is State.SIGNED_OFF and "not_major" not in step.guards}
    assert closing == {Move.SIGN_OFF, Move.PASS_REVIEW}
    for step in STEPS:
        if step.move in closing:
            assert "supervising" in step.guards
            needs = {str(need) for need in needs_of(step, Level.MAJOR)}
            assert {"on_site", "officers", "photo_before", "photo_after"} <= needs


def test_nobody_who_rectified_closes():
    closing = [step for step in STEPS if step.target is State.SIGNED_OFF]
    for step in closing:
        names = {str(role) for role in step.excludes}
        assert {"owner", "rectifier"} <= names or "small_shop" in step.guards


def test_states_of_moves_are_found():
    assert sources_of([Move.ACCEPT, Move.SIGN_OFF]) == {State.AWAITING_ACCEPTANCE}
    assert {clock for clocks in MAIN.values() for clock in clocks} < set(Clock)
