"""Tables of divisions come into the tree, twice without doubling, broken ones not at all."""

import gzip
import io
import json
import lzma
from datetime import timedelta

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from make import DAY, NOW

from zhiben.config import command
from zhiben.journal.models import Entry
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Invalid, NotAllowed, NotFound
from zhiben.orgs.domain.divisions import Problem, Row, branch, read_table
from zhiben.orgs.models import Account, Unit, UnitAlias
from zhiben.orgs.public import actor_of, unit_at
from zhiben.orgs.services import divisions
from zhiben.orgs.services.divisions import SHIPPED, import_divisions

HEAD = "code12,name,level,parent12\n"
SICHUAN = "510000000000,四川省,1,\n510100000000,成都市,2,510000000000\n510104000000,锦江区,3,510100000000\n"


@pytest.fixture
def bring(tmp_path):
    def bring(text, name="table.csv", actor=SYSTEM, **options):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_divisions(file, actor=actor, now=NOW, **options)

    return bring


@pytest.mark.django_db
def test_the_whole_country_comes_in_and_a_second_time_changes_nothing():
    report = import_divisions(SHIPPED, actor=SYSTEM, now=NOW)
    assert (report.read, report.made, report.problems) == (44_703, 44_703, [])
    kinds = [Unit.objects.filter(kind=kind).count() for kind in ("nation", "province", "city", "county", "township")]
    assert kinds == [1, 31, 342, 2978, 41352]
    again = import_divisions(SHIPPED, actor=SYSTEM, now=NOW)
    assert (again.made, again.renamed, again.recoded, again.unchanged) == (0, 0, 0, 44_703)
    assert (again.elsewhere, again.gone) == ([], [])
    assert Unit.objects.count() == 44_704
    assert Entry.objects.filter(code="division:imported").count() == 1
    for code in ("441900", "442000", "460400"):  # a city that is its own county
        city, county = Unit.objects.filter(division_code=code.ljust(12, "0")).order_by("depth")
        assert (city.kind, county.kind, county.parent) == ("city", "county", city)
        assert county.children.count() > 10
        assert (county.city_id, county.county_id) == (city.pk, county.pk)
    township = Unit.objects.get(division_code="510104017000")
    assert [unit_at(path).name for path in (township.path, "5101", "510104017")] == [
        "锦官驿街道",
        "成都市",
        "锦官驿街道",
    ]
    assert township.path.startswith(unit_at("510104").path)
    assert township.depth == 4


@pytest.mark.django_db
def test_one_prefecture_comes_with_what_is_above_it(bring):
    report = import_divisions(SHIPPED, under="5101", actor=SYSTEM, now=NOW)
    assert report.made == Unit.objects.exclude(kind="nation").count() > 200
    assert Unit.objects.get(kind="province").name == "四川省"
    assert Unit.objects.get(kind="city").name == "成都市"
    with pytest.raises(Invalid, match="code-not-in-it"):
        import_divisions(SHIPPED, under="9999", actor=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_villages_of_a_file_of_their_own_hang_on_their_townships(bring):
    bring(HEAD + SICHUAN + "510104017000,锦官驿街道,4,510104000000\n")
    village = "code12,name,parent12\n510104017001,水井坊社区居委会,510104017000\n"
    assert bring(village).made == 1
    assert Unit.objects.get(kind="village").parent.name == "锦官驿街道"
    assert bring(village).unchanged == 1


@pytest.mark.django_db
def test_a_dry_run_tells_and_writes_nothing(bring):
    assert bring(HEAD + SICHUAN, dry_run=True).made == 3
    assert Unit.objects.exclude(kind="nation").count() == 0
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_another_name_leaves_the_former_one_as_an_alias(bring):
    bring(HEAD + SICHUAN)
    path = unit_at("510104").path
    assert bring(HEAD + SICHUAN.replace("锦江区", "东城区")).renamed == 1
    unit = unit_at("510104")
    assert (unit.name, unit.path) == ("东城区", path)
    alias = UnitAlias.objects.get()
    assert (alias.name, alias.until) == ("锦江区", DAY)
    assert list(Entry.objects.order_by("id").values_list("code", flat=True))[-2:] == [
        "unit:renamed",
        "division:imported",
    ]


@pytest.mark.django_db
def test_another_code_for_the_same_place_keeps_the_unit_and_the_former_code_leads_to_it(bring):
    bring(HEAD + SICHUAN)
    county = unit_at("510104")
    report = bring(HEAD + SICHUAN.replace("510104", "510199"))
    assert (report.made, report.recoded, report.gone) == (0, 1, [])
    assert unit_at("510199") == unit_at("510104") == county
    assert UnitAlias.objects.get().division_code == "510104000000"


@pytest.mark.django_db
def test_a_recoded_and_renamed_place_is_known_by_the_laws_list_of_retired_codes(bring):
    above = "320000000000,江苏省,1,\n320600000000,南通市,2,320000000000\n"
    bring(HEAD + above + "320684000000,海门市,3,320600000000\n320682000000,如皋市,3,320600000000\n")
    place = unit_at("320684")
    report = bring(HEAD + above + "320614000000,海门区,3,320600000000\n320682000000,如皋市,3,320600000000\n")
    assert (report.made, report.recoded, report.gone) == (0, 1, [])
    assert unit_at("320614") == unit_at("320684") == place
    assert Unit.objects.get(pk=place.pk).name == "海门区"


@pytest.mark.django_db
def test_what_the_table_no_longer_has_is_told_and_left_alone(bring):
    bring(HEAD + SICHUAN + "510105000000,青羊区,3,510100000000\n")
    report = bring(HEAD + SICHUAN)
    assert report.gone == ["510105000000"]
    assert unit_at("510105").until is None


@pytest.mark.django_db
def test_a_unit_that_hangs_elsewhere_is_told_not_moved(bring):
    bring(HEAD + SICHUAN + "510200000000,乙市,2,510000000000\n")
    report = bring(HEAD + SICHUAN.replace("3,5101", "3,5102") + "510200000000,乙市,2,510000000000\n")
    assert report.elsewhere == ["510104000000"]
    assert unit_at("510104").parent == unit_at("5101")


BROKEN = [
    ("51010400000,短,3,510100000000", "code12", "division:code-malformed"),
    ("5101040000００,全角,3,510100000000", "code12", "division:code-malformed"),
    ("010104000000,零头,3,010100000000", "code12", "division:code-malformed"),
    ("510106000000,,3,510100000000", "name", "division:name-unusable"),
    ("510106000000,坏\x00名,3,510100000000", "name", "division:name-unusable"),
    (f"510106000000,{'长' * 201},3,510100000000", "name", "division:name-unusable"),
    ("510106000000,某区,9,510100000000", "level", "division:level-unknown"),
    ("510106000000,某区,,510100000000", "level", "division:level-unknown"),
    ("510106000000,某区,3,519900000000", "parent12", "division:parent-unknown"),
    ("510106000000,某区,3,110000000000", "parent12", "division:parent-in-another-province"),
    ("510106000000,某区,3,", "parent12", "division:parent-malformed"),
    ("510106000000,某区,2,510106000000", "parent12", "division:parent-unknown"),
    ("520000000000,贵州省,1,510000000000", "parent12", "division:parent-malformed"),
    ("510104000000,又一个,3,510100000000", "code12", "division:repeated"),
    ("510106000000", "level", "division:level-unknown"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "column", "code"), BROKEN)
def test_a_broken_row_is_told_by_its_number_and_keeps_the_table_out(bring, row, column, code):
    report = bring(HEAD + SICHUAN + row + "\n")
    assert [(p.row, p.column, p.code) for p in report.problems] == [(5, column, code)]
    assert report.read == 4
    assert Unit.objects.exclude(kind="nation").count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        ("甲,乙\n1,2\n", "a.csv", "columns-missing"),
        ("", "a.csv", "columns-missing"),
        (b"\xff\xfe\x00\xd8", "a.csv", "not-text|columns-missing"),
        (HEAD + '510000000000,"四川', "a.csv", "not-a-table"),
        (HEAD + "510000000000," + "长" * 200_000, "a.csv", "not-a-table"),
        (b"not packed", "a.csv.xz", "unreadable"),
        (lzma.compress(b"x" * 1000)[:40], "a.csv.xz", "unreadable"),
        (gzip.compress(b"x" * 1000, mtime=0)[:25], "a.csv.gz", "unreadable"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(bring, content, name, code):
    with pytest.raises(Invalid, match=code):
        bring(content, name)


@pytest.mark.django_db
def test_a_file_that_unpacks_without_end_is_refused(bring, monkeypatch):
    monkeypatch.setattr(divisions, "LARGEST", 1000)
    with pytest.raises(Invalid, match="too-large"):
        bring(lzma.compress(b"x" * 100_000), "a.csv.xz")
    monkeypatch.undo()
    monkeypatch.setattr("zhiben.orgs.domain.divisions.MOST_ROWS", 3)
    with pytest.raises(Invalid, match="too-long"):
        bring(HEAD + SICHUAN)
    with pytest.raises(Invalid, match="unreadable"):
        import_divisions(SHIPPED.parent / "nowhere.csv", actor=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_spreadsheets_encodings_are_read(bring):
    assert bring((HEAD + SICHUAN).encode("gb18030")).made == 3
    assert bring((HEAD + SICHUAN).replace("\n", "\r\n").encode("utf-8-sig")).unchanged == 3


def test_only_who_may_edit_the_whole_tree_imports(cast, bring):
    for player in (cast.zhao, cast.security, cast.wang):
        with pytest.raises(NotAllowed):
            bring(HEAD + SICHUAN, actor=player.actor)
    assert bring(HEAD + "520000000000,贵州省,1,\n", actor=cast.admin.actor).made == 1


@given(st.text(alphabet="0123456789,四川省\n\r\"' \x00", max_size=300))
def test_no_text_breaks_the_reader(text):
    try:
        rows, problems = read_table((HEAD + text).splitlines(keepends=True))
    except Invalid:
        return
    assert all(isinstance(row, Row) for row in rows)
    assert all(isinstance(problem, Problem) and problem.row > 1 for problem in problems)


def test_a_branch_holds_what_is_above_and_below_only():
    more = "510105000000,青羊区,3,510100000000\n510104017000,街道,4,510104000000\n"
    above, rows = branch(read_table((HEAD + SICHUAN + more).splitlines())[0], "510104000000")
    assert [row.name for row in above] == ["四川省", "成都市"]
    assert [row.name for row in rows] == ["锦江区", "街道"]


@pytest.mark.django_db
def test_a_branch_says_nothing_of_what_lies_beside_it(bring):
    bring(HEAD + SICHUAN + "510105000000,青羊区,3,510100000000\n520000000000,贵州省,1,\n")
    report = bring(HEAD + SICHUAN, under="510104")
    assert (report.gone, report.recoded, report.unchanged) == ([], 0, 3)


@pytest.mark.django_db
def test_the_command_imports_lists_and_makes_accounts(capsys, tmp_path, monkeypatch):
    file = tmp_path / "a.csv"
    file.write_text(HEAD + SICHUAN, encoding="utf-8")
    call_command("orgs", "import", str(file), "--json")
    assert json.loads(capsys.readouterr().out)["made"] == 3
    call_command("orgs", "list", "--kind", "county", "--limit", "1", "--json")
    county = unit_at("510104")
    assert json.loads(capsys.readouterr().out) == [
        {"path": county.path, "code": "510104000000", "name": "锦江区", "kind": "county"}
    ]
    call_command("orgs", "list", "--under", "5101")
    assert len(capsys.readouterr().out.splitlines()) == 2
    monkeypatch.setattr("sys.stdin", io.StringIO("Qs8-langes-Wort\n"))
    call_command("orgs", "account", "chief", "--role", "security_admin")
    chief = actor_of(Account.objects.get(username="chief"), now=NOW)
    assert [grant.path for grant in chief.grants] == ["/1/"]
    capsys.readouterr()
    file.write_text(HEAD + "x,y,z,w\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("orgs", "import", str(file))
    assert "row 2" in capsys.readouterr().err
    with pytest.raises(NotFound, match="unit:not-found"):
        call_command("orgs", "list", "--under", "999999")


@pytest.mark.parametrize("limit", ["-1", "x", "9" * 19, "٣"])
def test_a_limit_that_is_no_number_is_refused_in_a_sentence(limit, db, capsys):
    assert command.run(["zhiben", "orgs", "list", f"--limit={limit}", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["code"] == "command:wrong-count"
    assert "run the command again" in told["message"]
    assert "Go back" not in told["message"]


def test_the_day_of_an_import_is_the_day_in_shanghai(db, tmp_path):
    file = tmp_path / "a.csv"
    late = NOW.replace(hour=17) - timedelta(days=1)  # one in the morning of the 2nd
    for text in (SICHUAN, SICHUAN.replace("锦江区", "东城区")):
        file.write_text(HEAD + text, encoding="utf-8")
        import_divisions(file, actor=SYSTEM, now=late)
    assert late.date() < DAY
    assert UnitAlias.objects.get().until == DAY
