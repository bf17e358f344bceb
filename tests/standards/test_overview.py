"""A unit's determinations at a glance: what is present, unknown and absent, and nobody's beyond one's reach."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from make import DAY, NOW, grant, make_account, make_enterprise

from zhiben.clocks.models import Job
from zhiben.kernel.errors import NotAllowed
from zhiben.orgs.selectors.access import actor_of
from zhiben.standards.models import Survey, SurveyClause
from zhiben.standards.public import NewFact, judge_enterprise, record_facts
from zhiben.standards.services.surveying import ask_for_survey, survey_due, survey_population
from zhiben.standards.surveyed import by_standard, counts, ones, surveyed_for

pytestmark = pytest.mark.django_db
COUNT = "special_ops_uncertified_count"
CLAUSE = {"standard": "gongmao-2023", "clause": "3(2)"}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def surveyed(cast):
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 2, DAY)], actor=cast.wang.actor, now=NOW)
    record_facts(cast.other_enterprise.pk, [NewFact(COUNT, 0, DAY)], actor=cast.he.actor, now=NOW)
    return survey_population(now=NOW)


def told(actor, **only):
    (each,) = surveyed_for(actor, **(only or CLAUSE)).clauses
    return dict(counts(each))


def at(name, **query):
    return reverse(f"standards:{name}", query=query)


def test_everybody_sees_their_own_part_of_the_tree(cast, surveyed):
    assert told(cast.su.actor) == {"present": 1, "unknown": 1, "absent": 1}
    assert told(cast.zhao.actor) == {"present": 1, "unknown": 0, "absent": 0}
    assert told(cast.zhang.actor) == {"present": 0, "unknown": 1, "absent": 1}
    assert told(cast.wang.actor) == {"present": 1, "unknown": 0, "absent": 0}


def test_a_grant_for_some_industries_or_matters_sees_no_others(cast, surveyed):
    narrow, matter = make_account("narrow"), make_account("matter")
    grant(narrow, "narrow", cast.tree.province, "determination:view", industries=["light_industry"])
    grant(matter, "matter", cast.tree.province, "determination:view", matters=["fire"])
    seen = surveyed_for(actor_of(narrow, now=NOW))
    assert seen.ids(seen.inside) == [cast.other_enterprise.pk]
    assert surveyed_for(actor_of(matter, now=NOW)).size == 0


def test_the_overview_says_what_judging_each_alone_says(cast, surveyed):
    for enterprise, actor in ((cast.enterprise, cast.wang.actor), (cast.other_enterprise, cast.he.actor)):
        alone = {
            (made.standard, each["clause"]): each["verdict"]
            for made in judge_enterprise(enterprise.pk, day=DAY, actor=actor, now=NOW)
            for each in made.clauses
        }
        for each in surveyed_for(actor).clauses:
            assert counts(each)[alone.pop((each.standard, each.clause))] == 1
        assert alone == {}


def test_an_enterprise_counts_once_for_a_standard_where_it_is_worst(cast, surveyed):
    (joined,) = [one for one in by_standard(surveyed_for(cast.su.actor).clauses) if one.standard == "gongmao-2023"]
    assert counts(joined) == {"present": 1, "unknown": 2, "absent": 0}
    assert joined.judged < joined.asked
    assert ones(joined.applies) == 3


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_unknowns_beside_hits_and_says_of_when(client, cast, surveyed, language):
    client.force_login(cast.zhao.account)
    answer = client.get(at("overview"), headers={"accept-language": language})
    (row,) = [row for row in answer.context["rows"] if row["id"] == "gongmao-2023"]
    assert row["counts"] == {"present": 1, "unknown": 0, "absent": 0}
    assert answer.context["open"] >= 20
    assert DAY.isoformat() in answer.content.decode()
    within = client.get(at("overview", standard="gongmao-2023"))
    assert within.context["clauses"][0]["ref"] == "3(2)"


def test_a_number_opens_its_enterprises(client, cast, surveyed):
    client.force_login(cast.su.account)
    shown = client.get(at("overview", standard="gongmao-2023")).context["clauses"][0]
    for verdict, name in (("present", cast.enterprise.name), ("absent", cast.other_enterprise.name)):
        answer = client.get(shown["links"][verdict])
        assert [row["name"] for row in answer.context["rows"]] == [name]
        assert answer.context["total"] == shown["counts"][verdict]
    dust = {"standard": "gongmao-2023", "clause": "11(1)"}
    elsewhere = client.get(at("affected", verdict="not-applicable", **dust)).context
    assert cast.enterprise.name not in {row["name"] for row in elsewhere["rows"]}
    assert elsewhere["total"] == 2


def test_every_number_of_the_page_is_as_long_as_its_list(client, cast, surveyed):
    client.force_login(cast.su.account)
    for query in ({"standard": "gongmao-2023"}, {}):
        context = client.get(at("overview", **query)).context
        for verdict in ("present", "unknown"):
            assert client.get(context["links"][verdict]).context["total"] == context[verdict]
    for row in context["rows"]:
        for verdict, n in row["counts"].items():
            assert client.get(row["links"][verdict]).context["total"] == n


def test_a_unit_narrows_and_a_strange_one_is_not_found(client, cast, surveyed):
    client.force_login(cast.su.account)
    assert client.get(at("overview", unit=cast.tree.other_county.path)).context["surveyed"].size == 2
    client.force_login(cast.zhao.account)
    for address in (at("overview", unit=cast.tree.other_county.path), at("overview", unit="/x'/")):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", [{"verdict": "x"}, {"verdict": "present", "clause": "3(2)"}])
def test_a_list_of_nothing_is_not_found(client, cast, surveyed, query):
    client.force_login(cast.su.account)
    assert client.get(at("affected", **query)).status_code == 404


def test_a_clause_tells_who_is_affected(client, cast, surveyed):
    client.force_login(cast.zhao.account)
    address = reverse("standards:clause", args=["gongmao-2023", "3(2)"])
    rows = {row["verdict"]: row["n"] for row in client.get(address).context["affected"]["rows"]}
    assert rows == {"present": 1, "unknown": 0, "absent": 0, "not-applicable": 0}
    client.force_login(cast.gong.account)  # may not see determinations
    assert client.get(address).context["affected"] is None
    assert client.get(at("overview")).status_code == 404


def test_without_a_survey_the_page_says_so(client, cast):
    client.force_login(cast.zhao.account)
    assert client.get(at("overview")).context["surveyed"] is None
    assert client.get(at("affected", verdict="present")).context["surveyed"] is None


def test_it_is_made_anew_when_something_changed_at_most_once_an_hour(cast, surveyed):
    later = NOW + timedelta(hours=2)
    assert survey_due(later) == 0
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 0, DAY)], actor=cast.wang.actor, now=later)
    assert survey_due(NOW + timedelta(minutes=30)) == 0
    assert survey_due(later) == 1
    assert Job.objects.filter(kind="determination:survey").count() == 1
    survey_population(now=later)
    assert survey_due(later + timedelta(hours=2)) == 0
    make_enterprise(cast.tree.township)
    assert survey_due(later + timedelta(hours=2)) == 1
    assert survey_due(NOW + timedelta(days=1, hours=3)) == 1  # another day, another law


def test_old_surveys_go(cast, surveyed):
    for hour in range(1, 4):
        survey_population(now=NOW + timedelta(hours=hour))
    assert Survey.objects.count() == 2
    assert set(SurveyClause.objects.values_list("survey", flat=True)) == set(
        Survey.objects.values_list("pk", flat=True)
    )


def test_who_may_judge_may_have_it_made_anew(client, cast):
    client.force_login(cast.su.account)
    assert client.post(at("overview")).status_code == 403
    client.force_login(cast.zhao.account)
    for _ in range(2):
        assert client.post(at("overview")).status_code == 302
    assert Job.objects.filter(kind="determination:survey").count() == 1
    with pytest.raises(NotAllowed):
        ask_for_survey(actor=cast.su.actor, now=NOW)


def test_a_standard_of_which_topics_only_are_held_says_so_here_as_in_the_library(client, cast, monkeypatch):
    later = datetime(2026, 11, 20, 4, tzinfo=UTC)  # AQ 3067-2026 holds from September
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    make_enterprise(cast.tree.county, "示例化工有限公司", industries=("chemicals",))
    survey_population(now=later)
    client.force_login(cast.zhao.account)
    shown = client.get(at("overview"), headers={"accept-language": "en"})
    assert "chem-2026" in {row["id"] for row in shown.context["rows"]}
    assert "topics only" in shown.content.decode()
