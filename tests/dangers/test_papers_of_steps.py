"""Documents of listing, extension, resumption and closure: each at its step, once for each occasion, in both languages."""

from datetime import timedelta

import pytest
from letters import issue, stored
from make import DAY, NOW
from stories import DUE, assessed, ordered, photo, rectifying, step, stopped, treated
from test_listing_supervision import LIMIT, handed_in, listed, reviewed, second  # noqa: F401 -- a fixture

from zhiben.dangers.domain.listing import PublicationKind
from zhiben.dangers.domain.papers import OF_ENTERPRISE, Paper
from zhiben.dangers.models import Listing
from zhiben.dangers.selectors.papers import papers_for
from zhiben.dangers.services.papers import draft_paper
from zhiben.dangers.services.publications import draft_publication, release_publication
from zhiben.documents.domain.kinds import KINDS
from zhiben.documents.domain.shipped import shipped_source, template_of
from zhiben.documents.public import render, withdraw_document
from zhiben.documents.selectors.filling import flow_for
from zhiben.kernel.errors import Conflict

pytestmark = pytest.mark.django_db


def drafted(danger, paper, by, now=NOW):
    return stored(draft_paper(danger.pk, paper, actor=by.actor, now=now))


def text_of(document, language="zh"):
    flow = flow_for(document, language)
    said = [flow["title"], flow["recipient"], *(block.get("text", "") for block in flow["blocks"])]
    return "\n".join([*said, *(cell for block in flow["blocks"] for row in block.get("rows", ()) for cell in row)])


def published(cast, danger, kind, by, releaser):
    row = draft_publication(
        Listing.objects.get(danger=danger).pk, kind, place="打磨车间", text="除尘系统缺陷", actor=by.actor, now=NOW
    )
    release_publication(row.pk, actor=releaser.actor, now=NOW)


def test_a_listing_is_told_in_a_notice_with_its_order_its_limit_and_its_last_day_to_ask(cast):
    danger = listed(cast)
    assert Paper.LISTING in papers_for(cast.zhao.actor, danger)
    assert papers_for(cast.wang.actor, danger) == []
    one = drafted(danger, Paper.LISTING, cast.zhao)
    assert (one.recipient, one.facts["order"]) == (cast.enterprise.name, "挂牌〔2026〕1号")
    assert one.facts["limit_on"] == {"day": LIMIT.isoformat()}
    assert "县级挂牌督办" in text_of(one)
    assert "county level" in text_of(one, "en")


def test_what_was_issued_is_not_drafted_again_unless_it_was_withdrawn(cast):
    danger = listed(cast)
    one = drafted(danger, Paper.LISTING, cast.zhao)
    issue(cast, one.pk)
    assert Paper.LISTING not in papers_for(cast.zhao.actor, danger)
    with pytest.raises(Conflict, match="danger:no-such-paper"):
        drafted(danger, Paper.LISTING, cast.zhao)
    withdraw_document(one.pk, reason="文号有误", actor=cast.zhao.actor, now=NOW)
    assert issue(cast, drafted(danger, Paper.LISTING, cast.zhao).pk).endswith("挂牌〔2026〕2号")


def test_a_new_listing_calls_for_a_new_notice(cast):
    danger = listed(cast)
    issue(cast, drafted(danger, Paper.LISTING, cast.zhao).pk)
    danger = step(danger, "withdraw_listing", cast.zhao, reason="不应挂牌")
    assert Paper.UNLISTING in papers_for(cast.zhao.actor, danger)
    later = NOW + timedelta(days=2)
    danger = step(danger, "list", cast.zhao, now=later, due_on=LIMIT, order="挂牌〔2026〕2号")
    assert Paper.LISTING in papers_for(cast.zhao.actor, danger)
    assert Paper.UNLISTING not in papers_for(cast.zhao.actor, danger)


def test_review_and_removal_have_their_record_and_their_notice(cast, second):  # noqa: F811
    danger = reviewed(cast, second, handed_in(cast, listed(cast)))
    assert Paper.LISTING_REVIEW in papers_for(cast.zhao.actor, danger)
    assert Paper.DELISTING not in papers_for(cast.zhao.actor, danger)
    record = drafted(danger, Paper.LISTING_REVIEW, cast.zhao)
    assert record.facts["acceptors"] == ["赵监管", "孙监管"]
    assert record.facts["review"] == "合格"
    danger = step(danger, "delist", second, order="摘牌〔2026〕1号")
    notice = drafted(danger, Paper.DELISTING, cast.zhao)
    assert notice.facts["ended_on"] == {"day": DAY.isoformat()}
    assert "解除挂牌督办" in text_of(notice)


def test_a_publication_says_only_what_a_second_person_released(cast, second):  # noqa: F811
    danger = listed(cast, description="值班员龚工离岗，除尘系统缺陷")
    assert Paper.LISTING_PUBLISHED not in papers_for(cast.zhao.actor, danger)
    published(cast, danger, PublicationKind.LISTING, cast.zhao, second)
    one = drafted(danger, Paper.LISTING_PUBLISHED, cast.zhao)
    assert one.recipient == ""
    assert "除尘系统缺陷" in text_of(one)
    assert "龚工" not in text_of(one) + text_of(one, "en") + str(one.facts)


def test_an_extension_is_asked_for_by_the_enterprise_and_answered_by_the_department(cast):
    danger = ordered(cast)
    late = NOW + timedelta(days=15)
    wanted = DUE + timedelta(days=10)
    danger = step(danger, "ask_extension", cast.zhou, now=late, due_on=wanted, force_majeure=True, reason="洪水停电")
    assert papers_for(cast.zhou.actor, danger) == [Paper.EXTENSION_ASKED]
    asked = drafted(danger, Paper.EXTENSION_ASKED, cast.zhou, late)
    assert (asked.issuer, asked.recipient) == (cast.enterprise, cast.department.name)
    assert Paper.EXTENSION not in papers_for(cast.zhao.actor, danger)
    danger = step(danger, "decide_extension", cast.zhao, now=late, granted=True, reason="情况属实")
    answer = drafted(danger, Paper.EXTENSION, cast.zhao, late)
    assert "同意延期，整改期限延长至2026年4月1日" in text_of(answer)
    assert "不同意" not in text_of(answer)


def test_resumption_is_applied_for_and_granted_on_paper(cast):
    danger = assessed(treated(cast, stopped(cast)), cast.wang)
    assert Paper.RESUME_ASKED in papers_for(cast.zhou.actor, danger)
    application = drafted(danger, Paper.RESUME_ASKED, cast.zhou)
    assert application.facts["conclusion"] == "治理到位"
    assert "停〔2026〕2号" in text_of(application)
    danger = step(danger, "apply_to_resume", cast.wang, proofs=(photo(danger, "application"),))
    officers = (cast.zhao.person.pk, cast.li.person.pk)
    danger = step(danger, "pass_review", cast.zhao, on_site=True, officers=officers, reason="现场合格")
    assert Paper.STOP not in papers_for(cast.zhao.actor, danger)
    notice = drafted(danger, Paper.RESUMPTION, cast.zhao)
    assert "准予恢复停产范围内的生产经营活动" in text_of(notice)
    assert "李检查、赵监管" in text_of(notice) or "赵监管、李检查" in text_of(notice)


def test_closure_is_asked_of_the_government_and_its_decision_told(cast):
    danger = rectifying(cast, "major")
    danger = step(danger, "request_closure", cast.zhao, ground="unsafe", reason="不具备安全生产条件")
    letter = drafted(danger, Paper.CLOSURE_ASKED, cast.zhao)
    assert letter.recipient == "锦江区人民政府"
    assert Paper.CLOSURE not in papers_for(cast.zhao.actor, danger)
    danger = step(danger, "answer_closure", cast.zhao, granted=True, reason="予以关闭")
    notice = drafted(danger, Paper.CLOSURE, cast.zhao)
    assert notice.facts["decision"] == "予以关闭"
    assert Paper.CLOSURE_ASKED not in papers_for(cast.zhao.actor, danger)


def test_a_refused_closure_is_not_told_as_a_decision_to_close(cast):
    danger = step(rectifying(cast, "major"), "request_closure", cast.zhao, ground="unsafe")
    danger = step(danger, "answer_closure", cast.zhao, granted=False)
    assert not {Paper.CLOSURE, Paper.CLOSURE_ASKED} & set(papers_for(cast.zhao.actor, danger))


def test_every_kind_of_paper_has_wording_in_both_languages_and_a_series_of_its_own_or_says_why(cast):
    kinds = [KINDS[paper] for paper in Paper]
    templates = {kind.code: template_of(shipped_source(kind.template), kind) for kind in kinds}
    assert all(template.title.zh and template.title.en for template in templates.values())
    assert all(templates[str(paper)].verify for paper in OF_ENTERPRISE)  # what the law asks is not ours to word


def test_the_longest_of_them_prints(cast):
    document = drafted(listed(cast), Paper.LISTING, cast.zhao)
    assert render(document.pk, form="pdf", language="zh-hans").startswith(b"%PDF")
    assert render(document.pk, form="docx", language="en").startswith(b"PK")


def test_the_page_of_listings_drafts_and_shows_its_documents(client, cast):
    danger = listed(cast)
    client.force_login(cast.zhao.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "Notice of listed supervision" in client.get("/dangers/listed/").text
    address = client.post(f"/dangers/{danger.pk}/document/", {"paper": "notice:listing"}).url
    page = client.get("/dangers/listed/").text
    assert address in page
    assert 'value="notice:listing"' not in page
    client.force_login(cast.wang.account)
    assert address not in client.get("/dangers/listed/").text
