"""Reporting on a page: where, what, photos; sent twice it is one; what happens next is said. Suspicions beside it."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from make import DAY, NOW, grant, make_account, make_person
from PIL import Image
from stories import codes, fresh, reported, told

from zhiben.dangers.models import Danger, Evidence, Suspicion
from zhiben.dangers.services.report import report_danger
from zhiben.dangers.services.suspicions import NewSuspicion, raise_suspicions
from zhiben.files.public import files_of
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.ids import uuid7
from zhiben.orgs.models import Enterprise
from zhiben.orgs.scope import Scope, scoped

pytestmark = pytest.mark.django_db
REPORT = "/dangers/report/"


def picture(name="现场.jpg"):
    stream = BytesIO()
    Image.new("RGB", (8, 6), (200, 30, 30)).save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")


@pytest.fixture
def as_(client):
    def signed_in(player):
        client.force_login(player.account)
        return client

    return signed_in


def form(cast, **given):
    return {"unit": cast.site.pk, "description": "灭火器过期", "place": "东侧仓库", "uid": str(uuid7()), **given}


def test_the_own_site_is_chosen_beforehand(cast, as_):
    page = as_(cast.gong).get(REPORT).content.decode()
    assert re.search(rf'name="unit" value="{cast.site.pk}" checked', page)
    assert f'value="{cast.second_site.pk}"' in page
    assert cast.other_enterprise.name not in page


def test_a_report_with_photos_is_one_act_and_says_what_happens_next(cast, as_):
    client = as_(cast.gong)
    answer = client.post(REPORT, form(cast, photos=[picture(), picture("b.jpg")]))
    danger = Danger.unscoped.get()
    assert answer.url == f"/dangers/{danger.pk}/reported/"
    assert codes(danger) == ["danger:found", "danger:evidence-added"]
    assert (danger.channel, danger.place_text, danger.unit_id) == ("self_check", "东侧仓库", cast.site.pk)
    page = client.get(answer.url, headers={"accept-language": "zh-hans"}).content.decode()
    assert danger.number in page
    assert "由企业安全管理人员核实并确定等级。" in page
    assert 'data-draft-done="report"' in page


def test_an_inspectors_report_is_an_inspection_and_waits_for_the_department(cast, as_):
    answer = as_(cast.li).post(REPORT, form(cast))
    assert Danger.unscoped.get().channel == "inspection"
    assert cast.department.name in as_(cast.li).get(answer.url).content.decode()


def test_sent_twice_it_is_one_danger_with_its_photos_once(cast, as_):
    client, sent = as_(cast.gong), form(cast)
    first = client.post(REPORT, {**sent, "photos": [picture()]})
    again = client.post(REPORT, {**sent, "photos": [picture()]})
    assert again.url == first.url + "?known=1"
    assert (Danger.unscoped.count(), Evidence.objects.count()) == (1, 1)


def test_the_same_told_by_another_joins_and_keeps_their_photo(cast, as_):
    as_(cast.gong).post(REPORT, form(cast, photos=[picture()]))
    answer = as_(cast.wang).post(REPORT, form(cast, photos=[picture("c.jpg")]))
    assert (Danger.unscoped.count(), Evidence.objects.count()) == (1, 2)
    assert "It was known already" in as_(cast.wang).get(answer.url, headers={"accept-language": "en"}).content.decode()


def test_a_refused_report_keeps_what_was_typed_and_no_file(cast, as_):
    client = as_(cast.gong)
    answer = client.post(
        REPORT, form(cast, description=" ", place="三楼", photos=[picture()]), headers={"accept-language": "en"}
    )
    assert answer.status_code == 422
    assert "三楼" in answer.content.decode()
    answer = client.post(
        REPORT, form(cast, photos=[SimpleUploadedFile("x.jpg", b"<svg>")]), headers={"hx-request": "true"}
    )
    assert answer.status_code == 422
    assert "<form" not in answer.content.decode()
    assert not Danger.unscoped.exists()
    with scoped(Scope(everything=True)):
        assert files_of("danger/1") == []


def test_a_place_outside_ones_reach_is_no_place(cast, as_):
    client = as_(cast.he)
    answer = client.post(REPORT, form(cast), headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "It is not said at which site" in answer.content.decode()
    assert client.get(f"{REPORT}places/?find=示例机械").content.decode().find(cast.enterprise.name) == -1
    assert not Danger.unscoped.exists()


def test_an_inspector_finds_the_enterprise_by_two_characters(cast, as_):
    page = as_(cast.li).get(f"{REPORT}places/?find=机械").content.decode()
    assert cast.enterprise.name in page
    assert cast.other_enterprise.name not in page


def test_a_contractor_on_anothers_site_reports_what_is_its_own_to_clear(cast, as_):
    as_(cast.chen).post(REPORT, form(cast))
    danger = Danger.unscoped.get()
    assert (danger.enterprise_id, danger.party_id) == (cast.enterprise.pk, cast.contractor.pk)


def test_strangers_do_not_see_what_was_reported(cast, as_):
    danger = reported(cast)
    assert as_(cast.zhang).get(f"/dangers/{danger.pk}/reported/").status_code == 404
    assert as_(cast.su).get(REPORT).status_code == 404


def suspicion(cast):
    new = NewSuspicion(
        unit_id=cast.site.pk,
        text="打磨间粉尘浓度异常",
        source="monitoring",
        key="k1",
        raised_on=DAY,
        matter="work_safety",
    )
    return raise_suspicions([new], actor=SYSTEM, now=NOW)[0]


def test_a_suspicion_becomes_a_danger_when_somebody_has_looked(cast, as_):
    number = suspicion(cast)
    page = as_(cast.wang).get("/dangers/suspicions/").content.decode()
    assert "打磨间粉尘浓度异常" in page
    answer = as_(cast.wang).post(reverse("dangers:suspicion-confirm", args=[number]), {"description": "打磨间积尘"})
    danger = Danger.unscoped.get()
    assert answer.url == f"/dangers/{danger.pk}/"
    assert (danger.description, danger.channel) == ("打磨间积尘", "determination")
    assert "打磨间粉尘浓度异常" not in as_(cast.wang).get("/dangers/suspicions/").content.decode()


def test_a_suspicion_is_dismissed_with_a_reason_only(cast, as_):
    number = suspicion(cast)
    url = reverse("dangers:suspicion-dismiss", args=[number])
    assert as_(cast.wang).post(url, {"reason": " "}).status_code == 422
    assert as_(cast.wang).post(url, {"reason": "传感器故障"}).status_code == 302
    assert as_(cast.wang).post(url, {"reason": "传感器故障"}).status_code == 409
    assert Suspicion.unscoped.get().answer == "dismissed"


def test_strangers_find_no_suspicion(cast, as_):
    number = suspicion(cast)
    for player in (cast.zhang, cast.he):
        assert "打磨间" not in as_(player).get("/dangers/suspicions/").content.decode()
        assert as_(player).post(reverse("dangers:suspicion-confirm", args=[number])).status_code == 404
    assert as_(cast.gong).post(reverse("dangers:suspicion-confirm", args=[number])).status_code == 404


def test_a_known_danger_answers_with_its_own_number(cast):
    first = report_danger(told(cast), actor=cast.gong.actor, now=NOW)
    assert fresh(first.id).number == first.number


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "还没有录入场所"), ("en", "has no site yet")])
def test_where_no_site_stands_yet_the_form_says_so_and_who_adds_it(client, cast, language, words):
    bare = Enterprise.objects.create(name="无场所企业")
    manager = make_account("manager", make_person("管安全", enterprise=bare))
    grant(manager, "safety_manager", bare)
    worker = make_account("hand", make_person("工友", enterprise=bare))
    grant(worker, "worker", bare)
    add = reverse("orgs:site-new", args=[bare.pk])
    for account, may in ((manager, True), (worker, False)):
        client.force_login(account)
        text = client.get(reverse("dangers:report"), headers={"accept-language": language}).text
        assert words in text
        assert "无场所企业" in text
        assert (add in text) is may
    client.force_login(manager)
    assert client.get(add).status_code == 200, "the link leads somewhere"


def test_an_officer_of_a_tree_without_sites_is_led_to_enter_an_enterprise(client, cast):
    officer = make_account("fresh")
    grant(officer, "officer", cast.tree.village)
    client.force_login(officer)
    answer = client.get(reverse("dangers:report"))
    assert answer.context["places"] == []
    assert reverse("orgs:enterprise-new") in answer.text
