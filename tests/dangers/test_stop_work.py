"""A stop of production: what must stop, who was told, what stands until a review on site lifts it."""

import pytest
from django.urls import reverse
from make import NOW, make_unit
from stories import DUE, assessed, codes, confirmed, fresh, photo, step, stopped, treated

from zhiben.dangers.domain.kinds import ClosureGround, Extent, State
from zhiben.dangers.models import AssistanceRequest, Evacuation, Lookback, StopOrder, Watch
from zhiben.dangers.services.watching import watch
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.notices.models import Message
from zhiben.orgs.domain.kinds import UnitKind


def workshop(cast):
    return make_unit(cast.site, UnitKind.WORKSHOP, "打磨车间", enterprise=cast.enterprise)


def officers(cast):
    return (cast.zhao.person.pk, cast.li.person.pk)


def told(player, danger):
    return set(
        Message.objects.filter(person=player.person, subject=f"danger/{danger.pk}").values_list("kind", flat=True)
    )


def test_a_part_is_named_as_workshop_and_equipment_and_a_whole_needs_no_words(cast):
    danger = stopped(cast, scope="", workshop=workshop(cast).pk, equipment="2号抛光机")
    order = StopOrder.objects.get()
    assert (order.extent, order.workshop.name, order.equipment) == ("part", "打磨车间", "2号抛光机")
    assert danger.is_stop_ordered
    stopped(cast, extent=Extent.WHOLE, scope="", description="除尘失效")
    assert StopOrder.objects.latest("pk").extent == "whole"


def test_a_part_without_a_name_and_a_workshop_of_others_are_refused(cast):
    danger = confirmed(cast, "major")
    order = {"owner": cast.gong.person.pk, "due_on": DUE}
    with pytest.raises(Invalid, match="needs-scope"):
        step(danger, "stop_order", cast.zhao, extent=Extent.PART, **order)
    elsewhere = cast.other_enterprise.registered_site.pk
    with pytest.raises(Invalid, match="workshop-not-on-site"):
        step(danger, "stop_order", cast.zhao, extent=Extent.PART, workshop=elsewhere, **order)
    assert not fresh(danger.pk).is_stop_ordered


def test_only_who_may_order_stops_orders_one(cast):
    danger = confirmed(cast, "major")
    with pytest.raises(NotAllowed):
        step(danger, "stop_order", cast.wang, scope="全厂", owner=cast.gong.person.pk, due_on=DUE)


def test_people_withdrawn_are_on_record_as_often_as_it_happens(cast):
    danger = stopped(cast)
    danger = step(danger, "evacuate", cast.wang, withdrawn=14, report="断电，拉警戒线")
    danger = step(danger, "evacuate", cast.zhao, withdrawn=0, report="复核无人")
    assert [(one.people, one.measures) for one in Evacuation.objects.order_by("pk")] == [
        (14, "断电，拉警戒线"),
        (0, "复核无人"),
    ]
    with pytest.raises(Invalid, match="needs-withdrawn"):
        step(danger, "evacuate", cast.wang, report="断电")


def test_assistance_is_asked_once_at_a_time_and_what_came_of_it_is_kept(cast):
    danger = confirmed(cast, "major")
    danger = step(danger, "ask_assistance", cast.wang, addressee="锦江区人民政府", reason="疏散周边居民")
    with pytest.raises(Conflict, match="assistance-pending"):
        step(danger, "ask_assistance", cast.wang, addressee="锦江区人民政府", reason="再次")
    danger = step(danger, "answer_assistance", cast.zhao, report="已组织疏散")
    with pytest.raises(Conflict, match="no-assistance-pending"):
        step(danger, "answer_assistance", cast.zhao, report="又一次")
    assert AssistanceRequest.objects.get().answer == "已组织疏散"


def test_an_assessment_takes_a_conclusion_and_a_file_and_a_bad_one_opens_nothing(cast):
    danger = treated(cast, stopped(cast))
    with pytest.raises(Invalid, match="needs-conclusion"):
        step(danger, "assess_stop", cast.wang, assessor="专家组", report="合格", proofs=(photo(danger, "assessment"),))
    with pytest.raises(Invalid, match="needs-assessment"):
        step(danger, "assess_stop", cast.wang, assessor="专家组", report="合格", conclusion=True)
    danger = assessed(danger, cast.wang, fit=False, report="除尘仍不合格")
    with pytest.raises(Conflict, match="stop-not-assessed"):
        step(danger, "apply_to_resume", cast.wang, report="申请")
    assessed(danger, cast.wang, report="已合格")
    order = StopOrder.objects.get()
    assert (order.status, order.is_fit, order.conclusion) == ("assessed", True, "已合格")


def test_a_standing_stop_blocks_every_way_out_and_one_act_lifts_it(cast):
    danger = treated(cast, stopped(cast))
    with pytest.raises(Conflict, match="stop-order-stands"):
        step(danger, "sign_off", cast.zhao, on_site=True, officers=officers(cast))
    danger = assessed(danger, cast.wang)
    danger = step(danger, "apply_to_resume", cast.wang, report="申请恢复生产")
    danger = step(danger, "pass_review", cast.zhao, on_site=True, officers=officers(cast))
    assert (danger.state, danger.is_stop_ordered) == (State.SIGNED_OFF, False)
    assert StopOrder.objects.get().status == "resumed"
    assert Lookback.unscoped.filter(danger=danger, state="open").count() == 2
    assert codes(danger).count("danger:signed-off") == 1


def test_stopped_again_keeps_what_must_stop_unless_told_anew(cast):
    danger = treated(cast, stopped(cast, workshop=workshop(cast).pk))
    danger = assessed(danger, cast.wang)
    danger = step(danger, "apply_to_resume", cast.wang, report="申请")
    step(danger, "fail_review", cast.zhao, on_site=True, officers=officers(cast), outcome="again", due_on=DUE)
    first, second = StopOrder.objects.order_by("pk")
    assert (second.follows, second.workshop, second.scope) == (first, first.workshop, first.scope)


def test_closure_is_asked_on_a_ground_and_a_refusal_takes_the_mark_down(cast):
    danger = stopped(cast)
    with pytest.raises(Invalid, match="needs-ground"):
        step(danger, "request_closure", cast.zhao)
    danger = step(danger, "request_closure", cast.zhao, ground=ClosureGround.UNSAFE, reason="整改后仍不具备条件")
    assert danger.is_closure_requested
    danger = step(danger, "answer_closure", cast.zhao, granted=False, reason="责令继续整改")
    assert (danger.is_closure_requested, danger.is_stop_ordered) == (False, True)
    with pytest.raises(Conflict, match="closure-not-requested"):
        step(danger, "answer_closure", cast.zhao, granted=True)
    facts = [entry.body["facts"] for entry in history(f"danger/{danger.pk}") if entry.code == "danger:stepped"]
    assert facts[-2]["ground"] == "unsafe"


def test_a_stop_is_announced_to_heads_department_and_whoever_watches(cast):
    danger = confirmed(cast, "major")
    watch(danger=danger.pk, actor=cast.su.actor, now=NOW)
    watch(enterprise=cast.enterprise.pk, actor=cast.gong.actor, now=NOW)
    step(danger, "stop_order", cast.zhao, scope="全厂", owner=cast.gong.person.pk, due_on=DUE)
    assert "danger:stop-ordered" in told(cast.zhou, danger)
    assert "danger:watched" in told(cast.li, danger)
    assert "danger:watched" in told(cast.su, danger)
    assert "danger:watched" in told(cast.gong, danger)
    assert told(cast.zhao, danger) & {"danger:watched", "danger:stop-ordered"} == set()
    assert told(cast.zhang, danger) == set()


def test_who_may_no_longer_see_it_is_told_nothing(cast):
    danger = confirmed(cast, "major")
    Watch.objects.create(person=cast.zhang.person, danger=danger, since=NOW)
    step(danger, "stop_order", cast.zhao, scope="全厂", owner=cast.gong.person.pk, due_on=DUE)
    assert told(cast.zhang, danger) == set()


def test_watching_twice_is_watching_and_strangers_watch_nothing(cast):
    danger = confirmed(cast)
    for _ in range(2):
        watch(danger=danger.pk, actor=cast.su.actor, now=NOW)
    assert Watch.objects.count() == 1
    watch(danger=danger.pk, on=False, actor=cast.su.actor, now=NOW)
    assert Watch.objects.count() == 0
    with pytest.raises(NotFound):
        watch(danger=danger.pk, actor=cast.zhang.actor, now=NOW)
    with pytest.raises(NotFound):
        watch(enterprise=cast.enterprise.pk, actor=cast.he.actor, now=NOW)


def test_the_pages_tell_of_the_stop_and_offer_to_watch(cast, client):
    danger = stopped(cast, equipment="2号抛光机")
    client.force_login(cast.su.account)
    page = client.get(reverse("dangers:detail", args=[danger.pk]), headers={"accept-language": "en"}).content.decode()
    assert "A stop stands." in page
    assert "2号抛光机" in page
    answer = client.post(reverse("dangers:watch"), {"danger": danger.pk, "on": "1"})
    assert (answer.status_code, Watch.objects.get().danger_id) == (302, danger.pk)
    assert client.post(reverse("dangers:watch"), {}).status_code == 422
    assert Watch.objects.count() == 1
    listed = client.get(reverse("dangers:list"), headers={"accept-language": "en"}).content.decode()
    assert "stopped" in listed
    firm = client.get(reverse("orgs:enterprise", args=[cast.enterprise.pk]), headers={"accept-language": "en"})
    assert "2号抛光机" in firm.content.decode()
    client.force_login(cast.zhang.account)
    assert client.post(reverse("dangers:watch"), {"danger": danger.pk, "on": "1"}).status_code == 404
