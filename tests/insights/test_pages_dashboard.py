"""The dashboard and the clearing ledger: whose figures, which figures, and where each number leads."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from boards import some_dangers
from django.http import QueryDict
from django.urls import reverse
from make import DAY, NOW, grant, make_account, make_jurisdiction
from stage import world

from zhiben.dangers.public import count_dangers_for
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.web.query import asked
from zhiben.insights.board import board_of
from zhiben.insights.domain.measures import Cell, Cut, What
from zhiben.insights.figures import Subjects, by_level, totals
from zhiben.insights.ledger import By
from zhiben.insights.models import Dimension
from zhiben.insights.selectors import part_for
from zhiben.insights.tallies import Counted, add
from zhiben.insights.templatetags.figures import percent
from zhiben.insights.web import dashboard as page
from zhiben.kernel.errors import NotFound
from zhiben.orgs.selectors.access import actor_of

pytestmark = pytest.mark.django_db
DASHBOARD, CLEARING = "/dashboard/", "/clearing/"


@pytest.fixture
def now(monkeypatch):
    """Let the pages be opened on the day of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@world
def dangers(cast):
    some_dangers(cast)


def board(actor, wanted=""):
    return board_of(part_for(actor, wanted), DAY)


def test_the_top_of_the_reach_is_shown_where_nothing_is_asked_for(cast):
    assert part_for(cast.li.actor).unit == cast.tree.county
    assert part_for(cast.su.actor).unit == cast.tree.province
    assert part_for(cast.wang.actor).enterprise == cast.enterprise


def test_a_stranger_cannot_tell_that_a_unit_exists(cast):
    for wanted in (cast.tree.county.path, "510104", cast.site.path, "999999"):
        with pytest.raises(NotFound) as refused:
            part_for(cast.zhang.actor, wanted)
        assert refused.value.code == "unit:not-found"


def test_an_enterprise_sees_its_own_sites_and_no_county(cast):
    assert part_for(cast.wang.actor, cast.site.path).unit == cast.site
    with pytest.raises(NotFound):
        part_for(cast.wang.actor, cast.tree.township.path)


def test_a_board_counts_what_is_open_and_what_happened(cast, dangers):
    shown = board(cast.li.actor)
    assert (shown.open.now, shown.open.before, shown.major.now) == (4, 4, 1)
    assert (shown.found.now, shown.signed_off.now) == (1, 1)
    assert shown.months[-1].found == 1
    assert shown.months[-2].found == 4
    assert [child.unit for child in shown.children] == [cast.tree.township]
    assert shown.children[0].grade == "larger"
    assert shown.plan.open_now == 1
    assert shown.ages[0].signed_off == 1


def test_every_level_of_the_tree_agrees(cast, dangers):
    tree = cast.tree
    for unit in (tree.province, tree.city, tree.county, tree.township):
        shown = board(cast.su.actor, unit.path)
        assert (shown.open.now, shown.major.now) == (4, 1), unit.name
        assert sum(child.open.now for child in shown.children) == 4, unit.name
    assert board(cast.wang.actor).open.now == 4


def test_worst_come_first_and_the_colour_says_why(cast):
    high, low = (0, cast.tree.province.pk, cast.tree.city.pk), cast.tree.county.pk
    other = cast.tree.other_county.pk
    major, general = Cell(0, 1, 1, 1), Cell(0, 1, 1, 2)
    for slug, number in {"major": 1, "general": 2}.items():
        Dimension.objects.create(kind="level", slug=slug, number=number)
    day = DAY - timedelta(days=9)
    add(
        [
            Counted(What.OPEN, high, (low,), general, day, 9, day),
            Counted(What.OPEN, high, (other,), major, day, 1, day),
            Counted(What.OVERDUE, high, (other,), major, day, 1, day),
        ],
        now=NOW,
    )
    children = board(cast.su.actor, cast.tree.city.path).children
    assert [(child.unit, child.grade) for child in children] == [
        (cast.tree.other_county, "major"),
        (cast.tree.county, "low"),
    ]


def test_a_grant_for_one_industry_sees_only_its_figures(cast, dangers):
    account = make_account("metal")
    grant(account, "viewer", cast.tree.county, industries=["metallurgy"])
    shown = board(actor_of(account, now=NOW))
    assert shown.open.now == 0
    assert shown.plan is None
    grant(account, "viewer", cast.tree.county, industries=["machinery"])
    assert board(actor_of(account, now=NOW)).open.now == 4


def test_grants_limited_by_two_dimensions_show_no_figures(client, cast, dangers, now):
    account = make_account("both")
    grant(account, "viewer", cast.tree.county, industries=["machinery"], matters=["fire"])
    assert part_for(actor_of(account, now=NOW)).is_mixed
    client.force_login(account)
    for address in (DASHBOARD, CLEARING):
        answer = client.get(address, headers={"accept-language": "en"})
        assert "These figures cannot be shown" in answer.content.decode()


def test_a_zone_starts_at_its_first_unit_and_offers_the_others(cast):
    zone = make_jurisdiction(cast.tree.county, cast.tree.township, cast.tree.other_township)
    account = make_account("zone")
    grant(account, "viewer", zone)
    actor = actor_of(account, now=NOW)
    part = part_for(actor)
    assert part.unit == cast.tree.township
    names = {choice["name"] for choice in page.picker(actor, part)["choices"]}
    assert names == {cast.tree.township.name, cast.tree.other_township.name}


def test_several_days_in_one_reading_equal_one_at_a_time():
    cells = [Cell(1, 1, 2, 1), Cell(2, 1, 1, 2)]
    days = [date(2024, 12, 30), date(2025, 1, 1), date(2025, 2, 28), date(2025, 3, 1), date(2026, 5, 1)]
    add([Counted(What.OPEN, (0, 5), (50,), cell, day, 1, day) for cell in cells for day in days[:4]], now=NOW)
    subjects = Subjects((0, 5), (50,))
    for cut in Cut:
        for day, found in zip(days, by_level(subjects, days, cut=cut), strict=True):
            expected = {}
            for (unit, what, cell), n in totals(subjects, day, cut=cut).items():
                key = (unit, what, cell & 0xFF)
                expected[key] = expected.get(key, 0) + n
            assert {k: n for k, n in found.items() if n} == {k: n for k, n in expected.items() if n}, (cut, day)


def test_only_the_wanted_numbers_of_a_dimension_are_read():
    day = date(2025, 3, 1)
    add([Counted(What.OPEN, (0,), (50,), Cell(industry, 1, 1, 1), day, 1, day) for industry in (1, 2)], now=NOW)
    for subjects in (Subjects((0,)), Subjects((), (50,))):
        (found,) = by_level(subjects, [day], dimensions=frozenset({2}))
        assert sum(found.values()) == 1
        assert by_level(subjects, [day], dimensions=frozenset()) == [{}]


def test_who_is_not_signed_in_is_led_to_the_sign_in(client, db):
    for address in (DASHBOARD, CLEARING):
        assert client.get(address).url.startswith("/accounts/login/")


@pytest.mark.parametrize("address", [DASHBOARD, CLEARING])
def test_who_lacks_the_permission_or_the_reach_gets_404(client, cast, address):
    client.force_login(cast.gong.account)
    assert client.get(address).status_code == 404
    client.force_login(cast.zhang.account)
    assert client.get(address, {"unit": cast.tree.county.path}).status_code == 404


@pytest.mark.usefixtures("dangers", "now")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("by", [by.value for by in By])
def test_the_ledger_is_shown_by_each_cut(client, cast, by, language):
    client.force_login(cast.li.account)
    answer = client.get(CLEARING, {"by": by, "from": "2026-01-01"}, headers={"accept-language": language})
    assert answer.status_code == 200
    numbers = [[cell["n"] for cell in row["cells"]] for row in answer.context["rows"]]
    assert sum(row[1] for row in numbers) == 5
    assert all(row[0] + row[1] + row[2] + row[3] - row[4] - row[5] - row[6] == row[7] for row in numbers)


def test_the_ledger_of_an_enterprise_is_that_of_its_sites(client, cast, dangers, now):
    client.force_login(cast.zhou.account)
    rows = client.get(CLEARING, {"from": "2026-01-01"}).context["rows"]
    assert [(row["name"], row["cells"][7]["n"]) for row in rows] == [(cast.site.name, 4)]


@pytest.mark.parametrize("query", [{"from": "gestern"}, {"from": "2026-03-02", "to": "2026-03-01"}])
def test_days_that_cannot_be_read_are_refused(client, cast, query):
    client.force_login(cast.li.account)
    assert client.get(CLEARING, query).status_code == 422


def test_the_answer_and_ten_rows_at_most_and_few_queries(client, cast, dangers, now, django_assert_max_num_queries):
    client.force_login(cast.li.account)
    with django_assert_max_num_queries(30):
        answer = client.get(reverse("insights:dashboard"), headers={"accept-language": "en"})
    told = answer.content.decode()
    assert "4 hidden dangers are open" in told
    assert "as many as yesterday" in told
    assert len(answer.context["rows"]) == 1


def test_every_number_opens_its_records(client, cast, dangers, now, monkeypatch):
    monkeypatch.setattr("zhiben.insights.web.records.LIST", "notices:list")  # any page that is surely built
    client.force_login(cast.li.account)
    context = client.get(DASHBOARD).context
    assert all(stat.href for stat in context["stats"])
    place = cast.tree.county.path.replace("/", "%2F")
    assert context["stats"][1].href == f"/messages/?unit={place}&state=open&level=major"
    assert context["chart"]["urls"][-1] == f"/messages/?unit={place}&found_from=2026-03-01&found_to=2026-03-02"
    assert context["rows"][0]["open_url"].startswith("/messages/?unit=")


def listed(actor, address):
    """How many dangers the list shows that a number leads to."""
    narrowed = asked(QueryDict(address.partition("?")[2]), actor, Mover(actor)).filters
    return count_dangers_for(actor, narrowed)


@pytest.mark.parametrize("who", ["li", "zhou"])
def test_every_number_equals_what_its_list_shows(client, cast, dangers, now, who):
    player = getattr(cast, who)
    client.force_login(player.account)
    context = client.get(DASHBOARD).context
    told = [(stat.value, stat.href) for stat in context["stats"][:5]]
    told += zip(context["chart"]["series"][1]["values"], context["chart"]["urls"], strict=True)
    for row in context["rows"]:
        told += [(row["child"].open.now, row["open_url"]), (row["child"].major, row["major_url"])]
    for by in By:
        ledger = client.get(CLEARING, {"by": by.value, "from": "2026-01-01"}).context
        told += [(c["n"], c["url"]) for row in ledger["rows"] for c in row["cells"] if c["url"]]
        told += [(c["n"], c["url"]) for c in ledger["total"] if c["url"]]
    assert len(told) > 30
    assert [(n, address) for n, address in told if listed(player.actor, address) != n] == []


def test_percentages_never_round_up_to_the_whole():
    assert [percent(Fraction(n, 10000)) for n in (0, 9999, 10000, 5005)] == ["0 %", "99.9 %", "100 %", "50 %"]
    assert percent(None) == "–"
