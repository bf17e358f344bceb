"""The official documents of a danger: drafted from what is on record, by the side that issues them."""

import pytest
from callers import Caller
from letters import issue, stored
from make import NOW
from stories import DUE, awaiting, confirmed, fresh, ordered, photo, rectifying, step, stopped

from zhiben.dangers.domain.papers import Paper
from zhiben.dangers.selectors.papers import papers_for
from zhiben.dangers.services.beside import answer_clause
from zhiben.dangers.services.papers import draft_paper
from zhiben.documents.public import discard_draft, render
from zhiben.kernel.errors import Conflict, NotFound

pytestmark = pytest.mark.django_db


def drafted(danger, paper, by):
    return stored(draft_paper(danger.pk, Paper(paper), actor=by.actor, now=NOW))


def accepted(cast, **facts):
    return step(awaiting(cast, **facts), "accept", cast.wang)


def test_each_state_calls_for_its_papers_and_only_on_the_side_that_issues_them(cast):
    assert papers_for(cast.wang.actor, rectifying(cast, description="甲")) == []
    assert papers_for(cast.li.actor, ordered(cast)) == [Paper.RECTIFY]
    assert papers_for(cast.wang.actor, ordered(cast, description="乙")) == []
    assert papers_for(cast.zhao.actor, stopped(cast, description="丁")) == [Paper.RECTIFY, Paper.STOP]
    assert papers_for(cast.wang.actor, accepted(cast, description="戊")) == [Paper.ACCEPTANCE]
    assert papers_for(cast.gong.actor, accepted(cast, description="己")) == []


def test_an_order_says_what_was_ordered_and_the_clauses_that_a_person_chose(cast):
    danger = ordered(cast, description="抛光车间除尘系统未设置泄爆装置，未采取预防火花措施")
    row = danger.candidates.order_by("-score").first()
    answer_clause(danger.pk, row.standard, row.clause, "chosen", actor=cast.li.actor, now=NOW)
    paper = drafted(danger, "order:rectify", cast.li)
    assert paper.facts["due_on"] == {"day": DUE.isoformat()}
    assert paper.recipient == cast.enterprise.name
    assert [one["zh"].count(row.clause) for one in paper.facts["basis"]] == [1]
    assert paper.department == cast.department


def test_a_second_draft_of_a_kind_waits_for_the_first(cast):
    danger = ordered(cast)
    first = drafted(danger, "order:rectify", cast.li)
    with pytest.raises(Conflict, match="danger:paper-drafted"):
        drafted(danger, "order:rectify", cast.zhao)
    discard_draft(first.pk, reason="期限有误", actor=cast.li.actor, now=NOW)
    assert issue(cast, drafted(danger, "order:rectify", cast.zhao).pk).endswith("责改〔2026〕1号")


def test_a_paper_that_its_state_does_not_call_for_is_refused(cast):
    with pytest.raises(Conflict, match="danger:no-such-paper"):
        drafted(confirmed(cast), "order:rectify", cast.li)
    with pytest.raises(NotFound):
        drafted(confirmed(cast, description="丙"), "order:rectify", cast.zhang)


def test_the_record_of_acceptance_names_what_was_done_by_whom_and_the_evidence(cast):
    paper = drafted(accepted(cast), "record:acceptance", cast.wang)
    assert paper.issuer == cast.enterprise
    assert paper.facts["report"] == "已更换"
    assert paper.facts["acceptors"] == ["王安全"]
    assert {one["en"] for one in paper.facts["evidence"]} == {"photo before", "photo after"}


def test_a_supervisors_sign_off_is_told_in_a_notice(cast):
    danger = awaiting(cast, is_ordered=True)
    officers = (cast.li.person.pk, cast.zhao.person.pk)
    proofs = (photo(danger, "photo_before"), photo(danger))
    danger = step(danger, "sign_off", cast.zhao, on_site=True, officers=officers, proofs=proofs)
    assert papers_for(cast.zhao.actor, danger) == [Paper.ACCEPTANCE, Paper.SIGN_OFF]
    paper = drafted(danger, "notice:sign-off", cast.zhao)
    assert issue(cast, paper.pk).endswith("销〔2026〕1号")
    assert set(paper.facts["acceptors"]) == {"李检查", "赵监管"}


def test_a_transfer_goes_to_the_other_department_with_its_reason(cast):
    danger = step(confirmed(cast), "transfer", cast.zhao, department=cast.other_department.pk, reason="属邻县管辖")
    paper = drafted(fresh(danger.pk), "letter:transfer", cast.zhao)
    assert paper.recipient == cast.other_department.name
    assert paper.facts["reason"] == "属邻县管辖"


def test_every_paper_of_a_stop_prints(cast):
    danger = stopped(cast)
    for paper in (Paper.RECTIFY, Paper.STOP):
        one = drafted(danger, paper, cast.zhao)
        assert render(one.pk, form="pdf", language="zh-hans").startswith(b"%PDF")
        assert render(one.pk, form="docx", language="en").startswith(b"PK")
    assert stored(one.pk).facts["scope"] == "1号生产线"


def test_the_page_offers_drafts_and_lists_what_there_is(client, cast):
    danger = ordered(cast)
    client.force_login(cast.zhao.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "Draft: Order to rectify by a limit" in client.get(f"/dangers/{danger.pk}/").text
    answer = client.post(f"/dangers/{danger.pk}/document/", {"paper": "order:rectify"})
    assert answer.url.startswith("/documents/")
    page = client.get(f"/dangers/{danger.pk}/").text
    assert answer.url in page
    assert "Draft: Order to rectify by a limit" not in page
    client.force_login(cast.wang.account)
    assert answer.url not in client.get(f"/dangers/{danger.pk}/").text
    assert client.post(f"/dangers/{danger.pk}/document/", {"paper": "x"}).status_code == 404


def test_a_program_reads_what_a_danger_calls_for_and_drafts_it(cast):
    danger = ordered(cast)
    zhao, path = Caller(cast.zhao), f"/dangers/{danger.pk}/documents"
    assert [one["kind"] for one in zhao.get(path).json()["may_draft"]] == ["order:rectify"]
    made = zhao.post(path, {"kind": "order:rectify"})
    assert (made.status_code, made.json()["state"], made.json()["number"]) == (201, "draft", "")
    assert [one["id"] for one in zhao.get(path).json()["items"]] == [made.json()["id"]]
    assert zhao.post(path, {"kind": "notice:delisting"}).status_code == 409
    assert Caller(cast.wang).get(path).json() == {"items": [], "may_draft": []}
    assert Caller(cast.zhang).get(path).status_code == 404
    assert Caller(cast.zhang).post(path, {"kind": "order:rectify"}).status_code == 404
