"""Measures that helped before: whose are proposed, in which order, what is kept under a name."""

import pytest
from callers import Caller
from django.urls import reverse
from make import NOW
from stories import awaiting, confirmed, reported, signed_off, step
from test_two_at_once import at_once, crowd  # noqa: F401 -- a fixture

from zhiben.dangers.domain.moves import Plan
from zhiben.dangers.models import Danger, KeptMeasure, TreatmentPlan
from zhiben.dangers.selectors.measures import Whence, kept_measures_for, measure_named, measures_for
from zhiben.dangers.services.beside import answer_clause
from zhiben.dangers.services.measures import keep_measure, remove_measure
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.orgs.services.forgetting import forget_person

pytestmark = pytest.mark.django_db
CLAUSE = ("工贸-2023", "4.1")


def closed(cast, measures, *, clause=False, **facts):
    """An earlier danger with these measures, signed off."""
    danger = signed_off(cast, "general", **facts)
    TreatmentPlan.objects.create(danger=danger, measures=measures, at=NOW)
    if clause:
        choose(cast, danger)
    return danger


def choose(cast, danger):
    answer_clause(danger.pk, *CLAUSE, "chosen", actor=cast.zhao.actor, now=NOW)


def planned(cast, measures="更换并登记", **facts):
    danger = confirmed(cast, **facts)
    return step(danger, "fill_plan", cast.wang, plan=Plan(measures=measures))


def kept(by, danger, name="常用", **told):
    return keep_measure(danger.pk, name, actor=by.actor, now=NOW, **told)


def shown(cast, danger, by=None):
    return [(one.text, str(one.whence), one.same_clause) for one in measures_for((by or cast.wang).actor, danger.pk)]


def test_kept_ones_then_the_same_clause_then_the_same_kind_own_before_others(cast):
    closed(cast, "同类旧措施", description="灭火器过期")
    closed(cast, "同条款旧措施", description="护栏", clause=True)
    elsewhere = closed(cast, "别家措施", description="灭火器欠压")
    Danger.unscoped.filter(pk=elsewhere.pk).update(enterprise=cast.contractor)
    danger = reported(cast, description="灭火器丢失")
    choose(cast, danger)
    keep_measure(danger.pk, "模板", "模板措施", actor=cast.wang.actor, now=NOW)
    assert shown(cast, danger) == [
        ("模板措施", "kept", True),
        ("同条款旧措施", "own", True),
        ("同类旧措施", "own", False),
    ]
    assert shown(cast, danger, cast.li)[-1] == ("别家措施", "scope", False)


def test_only_signed_off_ones_with_words_and_each_wording_once(cast):
    closed(cast, "更换 灭火器")
    closed(cast, "更换灭火器", description="灭火器丢失")
    closed(cast, "", description="灭火器欠压")
    open_one = awaiting(cast, description="灭火器失效")
    TreatmentPlan.objects.create(danger=open_one, measures="还没验收", at=NOW)
    assert [text for text, _, _ in shown(cast, reported(cast, description="灭火器锈蚀"))] == ["更换灭火器"]


def test_nothing_that_the_reader_may_not_see_is_proposed(cast):
    hidden = closed(cast, "外县措施", description="灭火器")
    Danger.unscoped.filter(pk=hidden.pk).update(
        path=cast.other_enterprise.path, enterprise=cast.other_enterprise, unit=cast.other_enterprise.registered_site
    )
    danger = reported(cast)
    assert shown(cast, danger) == shown(cast, danger, cast.li) == []
    with pytest.raises(NotFound, match="danger:not-found"):
        measures_for(cast.zhang.actor, danger.pk)
    plan = TreatmentPlan.objects.get(danger=hidden)
    with pytest.raises(NotFound, match="measure:not-found"):
        measure_named(cast.wang.actor, danger.pk, f"plan-{plan.pk}")


def test_measures_of_a_plan_are_kept_for_its_clause_and_matter_and_shared(cast):
    danger = planned(cast)
    choose(cast, danger)
    mine = kept(cast.wang, danger, is_shared=True)
    assert (mine.text, mine.standard, mine.clause, mine.matter) == ("更换并登记", *CLAUSE, danger.matter)
    assert list(kept_measures_for(cast.zhou.actor)) == [mine]
    assert not kept_measures_for(cast.li.actor).exists()
    assert history(f"measure/{mine.pk}")[0].chain == f"enterprise:{cast.enterprise.pk}"
    with pytest.raises(Conflict, match="measure:name-taken"):
        kept(cast.wang, danger)
    with pytest.raises(NotFound, match="measure:not-found"):
        remove_measure(mine.pk, actor=cast.zhou.actor, now=NOW)
    remove_measure(mine.pk, actor=cast.wang.actor, now=NOW)
    assert not KeptMeasure.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\x00"])
def test_a_name_is_short_and_plain(cast, name):
    with pytest.raises(Invalid, match="measure:"):
        kept(cast.wang, planned(cast), name)


def test_who_may_not_rectify_keeps_nothing_and_a_plan_without_words_neither(cast):
    danger = reported(cast)
    with pytest.raises(Invalid, match="measure:needs-text"):
        kept(cast.wang, danger)
    with pytest.raises(NotAllowed):
        kept(cast.su, danger)
    with pytest.raises(NotFound):
        kept(cast.zhang, danger)


def test_what_somebody_kept_goes_with_their_personal_data(cast):
    kept(cast.gong, planned(cast), is_shared=True)
    forget_person(cast.gong.person.pk, name="龚工", reason="本人要求", actor=cast.security.actor, now=NOW)
    assert not KeptMeasure.objects.exists()


@pytest.fixture
def ask(client):
    def asked(player, address, data=None, language="en", **headers):
        client.force_login(player.account)
        send = client.get if data is None else client.post
        return send(address, data, headers={"accept-language": language, **headers}, follow=True)

    return asked


def test_on_the_pages_they_fill_the_form_and_hostile_words_stay_text(cast, ask):
    earlier = closed(cast, "<b onclick=x>停用</b>")
    danger = confirmed(cast, description="灭火器丢失")
    fragment = ask(cast.wang, reverse("dangers:measures", args=[danger.pk]), **{"HX-Request": "true"}).content.decode()
    assert "<b onclick" not in fragment
    assert 'data-fill="fill_plan_measures"' in fragment
    ref = f"plan-{TreatmentPlan.objects.get(danger=earlier).pk}"
    page = ask(cast.wang, reverse("dangers:detail", args=[danger.pk]) + f"?use={ref}").content.decode()
    assert "&lt;b onclick=x&gt;停用&lt;/b&gt;</textarea>" in page
    assert ask(cast.wang, reverse("dangers:detail", args=[danger.pk]) + "?use=plan-0").status_code == 404
    step(danger, "fill_plan", cast.wang, plan=Plan(measures="更换"))
    keep = reverse("dangers:measure-keep", args=[danger.pk])
    assert ask(cast.wang, keep, {"name": "更换类", "is_shared": "1"}).status_code == 200
    whole = ask(cast.zhou, reverse("dangers:measures", args=[danger.pk]), None, "zh-hans").content.decode()
    assert "整改措施模板" in whole
    mine = KeptMeasure.objects.get()
    remove = reverse("dangers:measure-remove", args=[mine.pk])
    assert ask(cast.zhang, remove, {}).status_code == 404
    assert ask(cast.wang, remove, {"danger": danger.pk}).status_code == 200


def test_the_api_has_the_same(cast):
    closed(cast, "更换灭火器")
    danger, caller = planned(cast, description="灭火器丢失"), Caller(cast.wang)
    assert [one["whence"] for one in caller.get(f"/dangers/{danger.pk}/measures").json()] == [str(Whence.OWN)]
    made = caller.post(f"/dangers/{danger.pk}/measures", {"name": "更换"})
    assert made.status_code == 201, made.content
    assert [one["text"] for one in caller.get("/measures").json()] == ["更换并登记"]
    assert Caller(cast.zhang).get(f"/dangers/{danger.pk}/measures").status_code == 404
    number = made.json()["id"]
    assert Caller(cast.zhou).post(f"/measures/{number}/remove").status_code == 404
    assert caller.post(f"/measures/{number}/remove").status_code == 204


def test_of_two_who_keep_under_one_name_at_once_one_does(crowd):  # noqa: F811 -- the fixture
    danger = planned(crowd)
    actor = crowd.wang.actor
    answers = at_once(*[lambda: keep_measure(danger.pk, "同名", actor=actor, now=NOW)] * 3)
    assert sum(isinstance(answer, KeptMeasure) for answer in answers) == 1
    assert all(isinstance(answer, Conflict) for answer in answers if not isinstance(answer, KeptMeasure))
