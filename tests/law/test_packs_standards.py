"""The determination standards as packs: complete, well formed, and the right edition on every day."""

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.law import rules, store
from zhiben.law.checking import problems
from zhiben.law.facts import fact, industries, read, vocabulary, widened
from zhiben.law.rule_reader import parse
from zhiben.law.standards import (
    clause,
    clauses_in_force,
    edition,
    editions,
    editions_on,
    facts_asked,
    standard,
    standards,
    standards_for,
)


def test_every_pack_passes_the_check():
    assert problems() == ()


def test_all_standards_were_carried_over_whole():
    clauses = [each for known in standards().values() for each in known.clauses]
    assert (len(standards()), len(clauses), len(vocabulary())) == (40, 940, 655)
    assert Counter(each.decidable for each in clauses) == {"facts": 463, "monitoring": 133, "inspection": 344}
    assert Counter(each.is_whole for each in clauses if each.rule) == {True: 470, False: 126}
    assert sum(each.verify for each in clauses) == 155
    assert sum(each.checked == 2 for each in clauses) == 161


def test_what_cannot_clear_is_marked():
    cannot = {known.id for known in standards().values() if not known.may_clear}
    assert {"fire-2025", "chem-2026", "coal-2015", "water-conservancy-2017", "railway-trial"} <= cannot
    assert cannot.isdisjoint({"gongmao-2023", "coal-2026", "fire-2017", "power-2026"})


RULED = [each for known in standards().values() for each in known.clauses if each.rule]


def test_every_rule_is_unknown_without_facts():
    assert [each.seen for each in RULED if rules.evaluate(parse(each.rule), {}) is not None] == []


def _values(name):
    """Values worth trying for a fact."""
    known = fact(name)
    if known.kind == "truth":
        return [True, False]
    if known.kind == "text":
        return known.unit.removeprefix("enum ").split("|")
    return [0, 1, 2, 3, 1000, 5, 90]


def _reached(node):
    """Try facts one after the other, keeping those that leave the rule open; return the answers met."""
    reached, still_open = set(), [{}]
    for name in rules.names(node):
        tried = [{**facts, name: value} for facts in still_open for value in _values(name)]
        answers = [rules.evaluate(node, facts) for facts in tried]
        reached |= set(answers) - {None}
        still_open = [facts for facts, answer in zip(tried, answers, strict=True) if answer is None][:2000] or [{}]
    return reached


def test_every_rule_can_hold_and_can_fail():
    assert [each.seen for each in RULED if _reached(parse(each.rule)) != {True, False}] == []


@pytest.mark.parametrize(
    ("family", "day", "expected"),
    [
        ("gongmao", "2017-11-30", "gongmao-2017"),
        ("gongmao", "2023-05-14", "gongmao-2017"),
        ("gongmao", "2023-05-15", "gongmao-2023"),
        ("coal", "2020-12-31", "coal-2015"),
        ("coal", "2021-01-01", "coal-2020"),
        ("coal", "2026-06-30", "coal-2020"),
        ("coal", "2026-07-01", "coal-2026"),
        ("fire", "2025-10-31", "fire-2017"),
        ("fire", "2025-11-01", "fire-2025"),
        ("noncoal", "2022-08-31", "noncoal-2017"),
        ("noncoal", "2022-09-01", "noncoal-2022"),
        ("chem", "2026-09-29", "chem-2017"),
        ("chem", "2026-09-30", "chem-2026"),
        ("construction", "2024-12-13", "construction-2024"),
    ],
)
def test_the_edition_of_the_day(family, day, expected):
    assert edition(family, date.fromisoformat(day)).id == expected
    assert edition(expected, date.fromisoformat(day)).id == expected


def test_an_edition_is_not_used_outside_its_days():
    with pytest.raises(Conflict, match="standard:not-in-force") as refused:
        edition("gongmao-2017", date(2023, 5, 15))
    assert refused.value.facts["in_force"] == ["gongmao-2023"]


def test_an_edition_without_a_first_day_is_listed_and_never_judged():
    for name in ("railway-2026", "railway-trial", "elderly-care-2026", "grain-milling", "agri-machinery-trial"):
        assert name in standards()
        with pytest.raises(Conflict, match="standard:never-judged"):
            edition(name, date(2026, 11, 22))


def test_an_unknown_standard_names_near_ones():
    with pytest.raises(NotFound) as refused:
        edition("gongmoa", date(2024, 1, 1))
    assert "gongmao" in refused.value.facts["near"]
    with pytest.raises(NotFound):
        standard("no-such")
    with pytest.raises(NotFound, match="clause:unknown"):
        clause("gongmao-2023", "99")


@given(st.integers(0, 4000).map(lambda offset: date(2016, 1, 1) + timedelta(days=offset)))
def test_no_family_has_two_editions_on_one_day(day):
    holding = editions_on(day)
    assert len({known.family for known in holding}) == len(holding)


def test_later_editions_follow_without_a_gap():
    for known in standards().values():
        for later in known.superseded_by:
            assert standard(later).effective == known.repealed


def test_editions_stand_in_order():
    assert [known.id for known in editions("coal")] == ["coal-2015", "coal-2020", "coal-2026"]
    assert [known.id for known in editions("elderly-care")] == ["elderly-care-2023", "elderly-care-2026"]


def test_standards_follow_the_industries():
    assert [known.id for known in standards_for({"coal_mine"}, date(2026, 7, 1))] == ["coal-2026"]
    assert [known.id for known in standards_for({"metal_smelting"}, date(2024, 1, 1))] == ["gongmao-2023"]
    assert widened({"metal_smelting"}) == {"metal_smelting", "metallurgy", "nonferrous"}
    with pytest.raises(Invalid, match="unknown-industry"):
        standards_for({"coal"}, date(2026, 7, 1))


def test_clauses_bind_by_group():
    refs = {each.ref for each in clauses_in_force({"metallurgy"}, date(2024, 1, 1))}
    assert "4(1)" in refs
    assert "3(1)" in refs
    assert not any(ref.startswith(("5(", "11(", "12(")) for ref in refs)


def test_what_must_be_known_to_judge_an_enterprise():
    asked = facts_asked({"ammonia_refrigeration"}, date(2024, 1, 1))
    assert [each.ref for each in asked["quick_freezer_room_workers_count"]] == ["12(2)"]
    assert "water_cooling_alarm_missing_count" not in asked
    assert "seen:noncoal-2022/2(10)" in facts_asked({"noncoal_mine_openpit"}, date(2024, 1, 1))


def test_quick_freezers_joined_by_and_in_2017_and_by_or_in_2023():
    old = parse(clause("gongmao-2017", "A2(2)").rule)
    new = parse(clause("gongmao-2023", "12(2)").rule)
    crowded = {"quick_freezer_separate_room": True, "quick_freezer_room_workers_count": 10}
    alone = {"quick_freezer_separate_room": False, "quick_freezer_room_workers_count": 9}
    both = {"quick_freezer_separate_room": False, "quick_freezer_room_workers_count": 10}
    assert [rules.evaluate(old, facts) for facts in (crowded, alone, both)] == [False, False, True]
    assert [rules.evaluate(new, facts) for facts in (crowded, alone, both)] == [True, True, True]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("safety_licence_valid", 1),
        ("safety_licence_valid", "true"),
        ("quick_freezer_room_workers_count", -1),
        ("quick_freezer_room_workers_count", 2.5),
        ("quick_freezer_room_workers_count", True),
        ("tailings_class", 6),
        ("slope_angle_deg", "45"),
    ],
)
def test_a_fact_of_the_wrong_type_is_refused_by_name(name, value):
    with pytest.raises(Invalid) as refused:
        read(name, value)
    assert refused.value.facts["field"] == name
    assert refused.value.facts["reason"]
    assert read(name, refused.value.facts["example"]) is not None


def test_what_is_not_a_number_is_unknown():
    assert read("slope_angle_deg", float("nan")) is None
    assert read("slope_angle_deg", float("inf")) is None
    assert read("slope_angle_deg", None) is None


def test_an_unknown_fact_names_near_ones():
    with pytest.raises(NotFound) as refused:
        read("safety_license_valid", True)
    assert "safety_licence_valid" in refused.value.facts["near"]


def test_the_law_knows_no_django():
    told = (
        "import sys, pkgutil, importlib, zhiben.law\n"
        "for each in pkgutil.iter_modules(zhiben.law.__path__): importlib.import_module(f'zhiben.law.{each.name}')\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in {'django', 'ninja', 'allauth'}))"
    )
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_high_risk_industries_are_marked():
    assert industries()["coal_mine"].is_high_risk
    assert not industries()["textile"].is_high_risk


class TestTheArtefact:
    @pytest.fixture
    def packs(self, tmp_path, monkeypatch):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        folder = tmp_path / "law" / "packs"
        folder.mkdir(parents=True)
        (folder / "one.yaml").write_text("{day: 2025-01-01, text: 一}\n", "utf-8")
        return folder

    def test_it_is_kept_and_read_again(self, packs):
        assert store.load(packs) == {"one": {"day": "2025-01-01", "text": "一"}}
        place = store.places(packs)[0]
        before = place.stat().st_ino
        assert store.load(packs) == {"one": {"day": "2025-01-01", "text": "一"}}
        assert place.stat().st_ino == before

    def test_an_edited_pack_is_seen_even_with_the_old_times(self, packs):
        path = packs / "one.yaml"
        times = path.stat()
        store.load(packs)
        path.write_text("{day: 2025-01-02, text: 二}\n", "utf-8")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert store.load(packs)["one"]["text"] == "二"
        (packs / "two.yaml").write_text("{}\n")
        assert set(store.load(packs)) == {"one", "two"}

    @pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe\x00", b"x" * 2000])
    def test_a_damaged_one_is_made_again(self, packs, damage):
        expected = store.load(packs)
        place = store.places(packs)[0]
        whole = place.read_bytes()
        place.write_bytes(damage or whole[:-5])
        assert store.load(packs) == expected
        assert place.read_bytes() == whole

    def test_where_the_package_cannot_be_written_the_cache_of_the_user_serves(self, packs, monkeypatch):
        beside, cached = store.places(packs)
        real = store.write
        monkeypatch.setattr(store, "write", lambda path, content: path != beside and real(path, content))
        store.load(packs)
        assert not beside.exists()
        assert cached.exists()

    def test_where_nothing_can_be_written_memory_serves(self, packs, monkeypatch):
        monkeypatch.setattr(store, "write", lambda path, content: False)
        assert store.load(packs)["one"]["text"] == "一"

    def test_a_place_that_is_no_folder_is_only_not_written(self, tmp_path):
        (tmp_path / "file").write_text("x")
        assert store.write(tmp_path / "file" / "below", b"x") is False

    def test_many_processes_may_compile_at_once(self, packs):
        told = (
            "import sys; from pathlib import Path; from zhiben.law import store\n"
            f"print(store.load(Path({str(packs)!r}))['one']['text'])"
        )
        runs = [subprocess.Popen([sys.executable, "-c", told], stdout=subprocess.PIPE, text=True) for _ in range(4)]
        assert [run.communicate()[0].strip() for run in runs] == ["一"] * 4
        assert [path.name for path in packs.parent.iterdir() if path.is_file()] == [store.FILE]

    def test_a_full_disk_leaves_no_trace(self, tmp_path, monkeypatch):
        def full(self, content):
            self.touch()
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("pathlib.Path.write_bytes", full)
        assert store.write(tmp_path / "packs.json", b"x") is False
        assert list(tmp_path.iterdir()) == []

    def test_a_key_that_yaml_reads_as_a_truth_is_refused(self, packs):
        (packs / "two.yaml").write_text("on: 2025-01-01\n")
        with pytest.raises(ValueError, match="quote that key"):
            store.load(packs)


def test_the_number_of_a_document_is_told_in_both_languages():
    for known in standards().values():
        assert not re.search("[一-鿿]", known.number.en), f"{known.id} needs document_en"
        assert known.number.zh == known.document
    assert standards()["gongmao-2023"].number.en == "MEM Order No. 10"
