"""A unit's open dangers by another day's law, on screen."""

from datetime import date

import pytest
from dangers.stories import reported
from django.urls import reverse
from make import NOW

from zhiben.dangers.models import CandidateClause, Suspicion
from zhiben.dangers.selectors.editions import clauses_between
from zhiben.law.likening import Change

pytestmark = pytest.mark.django_db
OLD, NEW = date(2023, 5, 14), date(2026, 3, 2)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def danger(cast):
    found = reported(cast)
    CandidateClause.objects.filter(danger=found).delete()
    for ref, answer in (("A2(2)", "chosen"), ("B1(1)", "offered"), ("A1(1)", "rejected")):
        CandidateClause.objects.create(danger=found, standard="gongmao-2017", clause=ref, answer=answer)
    CandidateClause.objects.create(danger=found, standard="gas-2023", clause="5(1)")
    return found


def address(unit):
    return reverse("dangers:editions", args=[unit.pk])


def test_clauses_with_another_edition_are_told_with_their_dangers(cast, danger):
    told = clauses_between(cast.li.actor, cast.tree.county, OLD, NEW)
    assert [one.pair.before.ref for one in told] == ["A2(2)", "B1(1)"], "chosen first; rejected and unchanged left out"
    chosen = told[0]
    assert (chosen.after.id, chosen.pair.after.ref, chosen.pair.change) == ("gongmao-2023", "12(2)", Change.CHANGED)
    assert (chosen.dangers, chosen.chosen, [one.id for one in chosen.samples]) == (1, 1, [danger.pk])


def test_two_days_of_one_edition_tell_nothing(cast, danger):
    assert clauses_between(cast.li.actor, cast.tree.county, date(2025, 1, 1), date(2025, 2, 1)) == []


def test_other_peoples_dangers_are_not_told(cast, danger):
    assert clauses_between(cast.zhang.actor, cast.tree.county, OLD, NEW) == []


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "其中 1 条已选定此条款"), ("en", "1 with this clause chosen")]
)
def test_the_page_shows_old_and_new_words(client, cast, danger, language, said):
    client.force_login(cast.li.account)
    shown = client.get(
        f"{address(cast.tree.county)}?from=2023-05-14&to=2026-03-02", headers={"accept-language": language}
    ).content.decode()
    assert said in shown
    assert "<del>" in shown
    assert danger.number in shown


def test_the_unit_leads_there_and_strangers_get_404(client, cast, danger):
    client.force_login(cast.li.account)
    shown = client.get(reverse("orgs:unit", args=[cast.tree.county.pk])).content.decode()
    assert address(cast.tree.county) in shown
    assert client.get(f"{address(cast.tree.county)}?from=soon").status_code == 422
    client.force_login(cast.zhang.account)
    assert client.get(address(cast.tree.county)).status_code == 404


def test_withdrawn_suspicions_stand_with_their_reason(client, cast):
    Suspicion.unscoped.create(
        unit=cast.site, path=cast.site.path, enterprise=cast.enterprise, industries_mask=cast.enterprise.industries_mask,
        standard="gongmao-2023", clause="3(2)", text="特种作业人员未持证", source="judging", key="k", answer="withdrawn",
        facts={"withdrawn": {"by_law": False, "facts": ["special_ops_uncertified_count"], "after": "absent"}},
        raised_on=NEW, raised_at=NOW, answered_at=NOW,
    )  # fmt: skip
    client.force_login(cast.li.account)
    shown = client.get(reverse("dangers:suspicions"), headers={"accept-language": "en"}).content.decode()
    assert "Withdrawn lately" in shown
    assert "Facts changed:" in shown
