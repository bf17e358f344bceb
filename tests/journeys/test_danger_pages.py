"""The loop as people walk it on the pages, each with their own sign-in, in both languages."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from make import grant as grant_role
from make import make_account, make_person
from PIL import Image

from zhiben.dangers.models import Danger
from zhiben.kernel.ids import uuid7
from zhiben.orgs.models import Account

pytestmark = pytest.mark.django_db
LANGUAGES = {
    "zh-hans": {"done": "已办理", "closed": "已办结。"},
    "en": {"done": "Done", "closed": "Nothing more is to be done."},
}


def picture(name="photo.jpg"):
    stream = BytesIO()
    Image.new("RGB", (8, 6), (10, 90, 200)).save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")


class Browser:
    """One person at a time, pressing only what the page offers them."""

    def __init__(self, client, language):
        self.client, self.language = client, language

    def sign_in(self, account: Account):
        self.client.force_login(account)
        return self

    def open(self, address):
        answer = self.client.get(address, headers={"accept-language": self.language})
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    def press(self, address, move, **given):
        """Send the form of a step, if the page has it; return the page one is led to."""
        page = self.open(address)
        form = re.search(rf'<form method="post" action="({re.escape(address)}{move}/)".*?</form>', page, re.DOTALL)
        assert form, f"no form for {move}"
        version = re.search(r'name="version" value="(\d+)"', form[0])[1]
        wanted = set(re.findall(r'name="(\w+)"', form[0]))
        assert set(given) <= wanted, f"{move} does not ask for {set(given) - wanted}"
        answer = self.client.post(form[1], {"version": version, **given}, headers={"accept-language": self.language})
        assert answer.status_code == 302, answer.content.decode()[:3000]
        return self.open(answer.url)

    def report(self, cast, text):
        sent = {
            "unit": cast.site.pk,
            "description": text,
            "place": "2号车间",
            "uid": str(uuid7()),
            "photos": [picture()],
        }
        answer = self.client.post("/dangers/report/", sent)
        assert answer.status_code == 302
        return answer.url.removesuffix("reported/")


@pytest.fixture(params=sorted(LANGUAGES))
def browser(request, client):
    return Browser(client, request.param)


def in_days(days):
    return (timezone.localdate() + timedelta(days)).isoformat()


def test_a_general_danger_from_the_worker_to_another_persons_acceptance(cast, browser):
    words = LANGUAGES[browser.language]
    browser.sign_in(cast.gong.account)
    danger = browser.report(cast, "配电箱无门")
    browser.sign_in(cast.wang.account)
    assert "配电箱无门" in browser.open("/")
    assert words["done"] in browser.press(danger, "confirm", level="general")
    browser.press(danger, "assign", owner=cast.gong.person.pk, due_on=in_days(9))
    browser.sign_in(cast.gong.account)
    assert "配电箱无门" in browser.open("/")
    page = browser.press(danger, "submit", report="已装门", photo_after=[picture("after.jpg")])
    assert 'action="' + danger + 'accept/"' not in page  # who rectified it does not accept it
    browser.sign_in(cast.wang.account)
    assert words["closed"] in browser.press(danger, "accept", report="已查看")
    row = Danger.unscoped.get()
    assert (row.state, row.is_self_accepted) == ("signed_off", False)
    story = browser.open(danger)
    assert story.index("已查看") < story.index("已装门") < story.rindex("龚工")


def test_a_major_danger_with_report_plan_and_sign_off_on_site(cast, browser):
    browser.sign_in(cast.gong.account)
    danger = browser.report(cast, "除尘系统未设置锁气卸灰装置")
    browser.sign_in(cast.wang.account)
    browser.press(danger, "confirm", level="major")
    browser.press(danger, "report_major", report="已书面报告区应急管理局和职工大会")
    plan = dict.fromkeys(("goal", "measures", "funds", "people", "time_limit", "safety", "interim"), "已安排")
    proofs = {
        f"part_{part}": [picture(f"{part}.jpg")]
        for part in ("responsibility", "measures", "funds", "time_limit", "plan")
    }
    page = browser.press(danger, "fill_plan", **plan, **proofs)
    assert "5 / 5" in page
    browser.press(danger, "assign", owner=cast.gong.person.pk, due_on=in_days(20))
    browser.sign_in(cast.gong.account)
    browser.press(danger, "submit", report="已加装", photo_after=[picture("after.jpg")])
    browser.sign_in(cast.wang.account)
    assert f'action="{danger}accept/"' not in browser.open(danger)  # a major one is the supervisors' to sign off
    browser.sign_in(cast.zhao.account)
    officers = [cast.zhao.person.pk, cast.li.person.pk]
    browser.press(danger, "sign_off", on_site="on", officers=officers, report="现场已运行")
    row = Danger.unscoped.get()
    assert (row.state, row.level, row.is_as_planned) == ("signed_off", "major", True)
    assert "李检查" in browser.open(danger)


def test_a_stop_order_on_its_way_to_resumption(cast, browser):
    browser.sign_in(cast.li.account)
    danger = browser.report(cast, "粉尘涉爆车间未停产整改")
    browser.press(danger, "confirm", level="major")
    browser.sign_in(cast.zhao.account)
    browser.press(
        danger,
        "stop_order",
        reason="有爆炸危险",
        extent="part",
        scope="打磨车间",
        due_on=in_days(15),
        order="停〔2026〕3号",
    )
    browser.sign_in(cast.wang.account)
    assert "打磨车间" in browser.open(danger)
    browser.press(danger, "submit", report="已改造", photo_after=[picture()])
    browser.press(
        danger,
        "assess_stop",
        assessor="示例评估机构",
        report="符合要求",
        by_agency="on",
        conclusion="yes",
        assessment_file=[picture()],
    )
    browser.press(danger, "apply_to_resume", report="申请恢复生产")
    browser.sign_in(cast.zhao.account)
    officers = [cast.zhao.person.pk, cast.li.person.pk]
    browser.press(danger, "pass_review", on_site="on", officers=officers)
    row = Danger.unscoped.get()
    assert (row.state, row.is_stop_ordered) == ("signed_off", False)


def test_sent_back_it_says_why_and_goes_on(cast, browser):
    browser.sign_in(cast.gong.account)
    danger = browser.report(cast, "护栏缺失")
    browser.sign_in(cast.wang.account)
    browser.press(danger, "confirm", level="general")
    browser.press(danger, "assign", owner=cast.gong.person.pk, due_on=in_days(9))
    browser.sign_in(cast.gong.account)
    browser.press(danger, "submit", report="已装")
    browser.sign_in(cast.wang.account)
    assert "焊接不牢" in browser.press(danger, "return", reason="焊接不牢")
    assert Danger.unscoped.get().state == "rectifying"


def test_the_whole_way_is_nowhere_for_strangers(cast, client):
    browser = Browser(client, "en").sign_in(cast.gong.account)
    danger = browser.report(cast, "护栏缺失")
    outsider = make_account("outsider", make_person("外人"))
    grant_role(outsider, "officer", cast.tree.other_county)
    for account in (cast.zhang.account, cast.he.account, outsider):
        client.force_login(account)
        for address in (danger, f"{danger}reported/"):
            assert client.get(address).status_code == 404
        for address in (f"{danger}confirm/", f"{danger}clause/", f"{danger}void/"):
            assert client.post(address, {"level": "general", "reason": "x", "version": "1"}).status_code == 404
        assert "护栏缺失" not in client.get("/dangers/?q=护栏").content.decode()
        assert "护栏缺失" not in client.get("/").content.decode()
