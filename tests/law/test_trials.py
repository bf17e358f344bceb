"""Law as it might be: what takes whose place, and what is refused with place and reason."""

from dataclasses import replace
from datetime import date

import pytest

from zhiben.kernel.errors import Invalid, NotFound, Refusal
from zhiben.law.standards import of_region, standard
from zhiben.law.trials import trial

DAY = date(2026, 3, 2)
COUNT = "gongmao-2023/3(2)/special_ops_uncertified_count"


def clause_of(tried, ref):
    return next(each for each in tried.after[0].clauses if each.ref == ref)


def test_a_number_is_put_in_and_nothing_of_the_packs_is_touched():
    tried = trial(DAY, changes=[f"{COUNT}=3"])
    assert "3" in clause_of(tried, "3(2)").rule
    assert tried.before == (standard("gongmao-2023"),)
    assert standard("gongmao-2023").clauses == tried.before[0].clauses
    assert clause_of(tried, "3(2)").rule != next(e for e in tried.before[0].clauses if e.ref == "3(2)").rule
    assert all(old == new for old, new in tried.turned[0].clauses())


def test_several_changes_of_one_edition_are_one_draft():
    tried = trial(DAY, changes=[f"{COUNT}=3", "gongmao-2023/3(2)/whole=false"])
    assert len(tried.turned) == 1
    assert not clause_of(tried, "3(2)").is_whole


def test_a_rule_is_put_in_whole():
    tried = trial(
        DAY, changes=["gongmao-2023/3(2)/rule=special_ops_uncertified_count > 1 and safety_device_failed_count > 0"]
    )
    assert clause_of(tried, "3(2)").facts == ("special_ops_uncertified_count", "safety_device_failed_count")


def test_a_draft_takes_the_place_of_the_edition_before_it():
    draft = replace(standard("gongmao-2023"), id="gongmao-2027", effective=None)
    tried = trial(DAY, drafts=[draft])
    assert (tried.before[0].id, tried.after[0].id) == ("gongmao-2023", "gongmao-2027")
    coming = trial(DAY, drafts=[standard("coal-2026")])
    assert coming.before[0].id.startswith("coal-")


@pytest.mark.parametrize(
    "text",
    [
        "", "gongmao-2023", "gongmao-2023/3(2)=3", f"{COUNT}", f"{COUNT}=", f"{COUNT}=abc", f"{COUNT}=-1", f"{COUNT}=NaN",
        f"{COUNT}=1e400", "gongmao-2023/3(2)/seam_gas_pressure_mpa=1", "gongmao-2023/3(2)/whole=maybe",
        "gongmao-2023/3(2)/rule=unheard_of > 1", "gongmao-2023/3(2)/rule=special_ops_uncertified_count",
        "gongmao-2023/3(2)/rule=__import__('os')", "gongmao-2023/99/rule=true", "no-such/1/whole=true",
        "fire-2017/composite:crowded/at_least=0",
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(text):
    with pytest.raises(Refusal) as refused:
        trial(DAY, changes=[text])
    assert refused.value.facts


def test_nothing_or_the_same_twice_is_refused():
    with pytest.raises(Invalid, match="trial:nothing"):
        trial(DAY)
    with pytest.raises(Invalid, match="trial:twice"):
        trial(DAY, drafts=[standard("gongmao-2023")], changes=[f"{COUNT}=3"])
    with pytest.raises(NotFound):
        trial(DAY, changes=["gongmao-2099/3(2)/whole=true"])


def test_a_draft_of_a_region_takes_the_place_of_the_version_in_force_and_has_its_reach():
    text = replace(standard("gongmao-2023"), id="jinjiang", family="jinjiang")
    holding = of_region(text, number=1, since=DAY, until=None, region="/1/b/", digest="x")
    tried = trial(DAY, drafts=[text], holding=[standard("gongmao-2023"), holding])
    assert tried.before == (holding,)
    assert tried.after[0].region == "/1/b/"
