"""What rooms registered is named by the grammar and told in both languages."""

import re

import pytest

from zhiben.clocks.domain.kinds import JOBS, SWEEPS, Sweep, register_sweep
from zhiben.notices.domain.kinds import KINDS, write

NAME = re.compile(r"[a-z-]+:[a-z_-]+")


@pytest.mark.parametrize("name", sorted({*SWEEPS, *JOBS, *KINDS}))
def test_names_follow_the_grammar(name):
    assert NAME.fullmatch(name)


@pytest.mark.parametrize("kind", JOBS.values(), ids=lambda kind: kind.name)
def test_every_kind_of_job_is_told_in_both_languages(kind):
    assert kind.label.zh
    assert kind.label.en
    assert kind.label.zh != kind.label.en


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_notice_can_be_written_in_both_languages_with_its_facts_and_without(kind):
    facts = dict.fromkeys(kind.placeholders, "X")
    for language in ("zh-hans", "en"):
        title, body = write(kind, facts, language)
        assert title
        assert "{" not in title + body
        assert write(kind, {}, language)


def test_two_sweeps_under_one_name_are_a_mistake():
    with pytest.raises(TypeError):
        register_sweep(Sweep("file:remove", lambda now: 0))
