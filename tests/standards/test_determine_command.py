"""`zhiben standards determine` on real records: as each enterprise is judged alone, nothing written."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from make import DAY, NOW

from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law.judge import judge_all
from zhiben.orgs.models import Enterprise
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.models import Determination
from zhiben.standards.public import NewFact, record_facts
from zhiben.standards.selectors import judged_by

COUNT = "special_ops_uncertified_count"


@pytest.fixture
def cast(cast):
    with scoped(Scope(everything=True)):
        old = DAY - timedelta(days=30)
        record_facts(cast.enterprise.pk, [NewFact(COUNT, 0, old)], actor=SYSTEM, now=NOW)
        record_facts(cast.enterprise.pk, [NewFact(COUNT, 2, DAY)], actor=SYSTEM, now=NOW)
        yield cast


def told(capsys, *arguments):
    call_command("standards", "determine", "--json", *arguments)
    return json.loads(capsys.readouterr().out)


def alone(day):
    counted = Counter()
    for enterprise in Enterprise.objects.all():
        for one in judge_all(judged_by(SYSTEM, enterprise, day=day), day):
            counted.update((one.standard.id, each.clause, str(each.verdict)) for each in one.clauses)
    return counted


@pytest.mark.parametrize("later", [0, -10, 400])
def test_the_counts_are_those_of_judging_each_enterprise_alone(cast, capsys, later):
    day = DAY + timedelta(days=later)
    answered = told(capsys, "--on", day.isoformat())
    assert answered["judged"] == Enterprise.objects.count() > 1
    found = Counter()
    for each in answered["clauses"]:
        for verdict in ("present", "absent", "unknown"):
            found[each["standard"], each["clause"], verdict] += each[verdict]
    assert +found == alone(day)
    assert not Determination.unscoped.exists()


def test_each_enterprise_tells_its_clauses_and_what_settled_them(cast, capsys):
    answered = told(capsys, "--on", DAY.isoformat(), "--enterprises", "--standard", "gongmao-2023")
    mine = next(each for each in answered["enterprises"] if each["enterprise"] == cast.enterprise.pk)
    assert {"standard": "gongmao-2023", "clause": "3(2)", "verdict": "present", "facts": [COUNT]} in mine["clauses"]


def test_a_unit_holds_only_what_hangs_below_it(cast, capsys):
    answered = told(capsys, "--unit", cast.enterprise.path, "--on", DAY.isoformat())
    assert answered["judged"] == Enterprise.objects.filter(path__startswith=cast.enterprise.path).count()


def test_a_unit_or_a_standard_that_does_not_exist_is_refused(cast):
    with pytest.raises((CommandError, NotFound)):
        call_command("standards", "determine", "--unit", "999999")
    with pytest.raises((CommandError, NotFound)):
        call_command("standards", "determine", "--standard", "no-such")


@pytest.mark.parametrize(
    ("language", "heads"), [("zh_CN.UTF-8", "存在\t不存在\t尚不能判定"), ("en_US.UTF-8", "present\tabsent\tcannot")]
)
def test_the_columns_are_named_in_the_terminals_language(cast, capsys, monkeypatch, language, heads):
    monkeypatch.setenv("LC_ALL", language)
    call_command("standards", "determine", "--on", DAY.isoformat())
    first, *rows = capsys.readouterr().out.splitlines()
    assert heads in first
    assert rows
    assert {len(row.split("\t")) for row in (first, *rows)} == {5}


@pytest.mark.parametrize("word", ["determine", "what-if"])
def test_what_is_no_day_is_refused_as_everything_else_is(word):
    with pytest.raises(Invalid, match="command:wrong-day") as refused:
        call_command("standards", word, "--on", "2026-13-01")
    assert (refused.value.facts["field"], refused.value.facts["value"]) == ("--on", "2026-13-01")
