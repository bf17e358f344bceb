"""Makers of documents for the tests: a kind of their own room, drafted and issued by the county's people."""

from make import DAY, NOW

from zhiben.documents.models import Document
from zhiben.documents.public import draft_document, issue_document
from zhiben.orgs.public import unit_place

HOSTILE = '#eval("1+1") $x$ *粗* _斜_ @ref <b>&amp; \\n {number} “引” \' ` ~ //注 /*注*/ \u202e\u200b\x07'


def facts_of(**changes):
    facts = {
        "danger_number": "510104-20260302-1",
        "description": "除尘系统未设置锁气卸灰装置",
        "place": "打磨车间",
        "found_on": DAY,
        "level": "重大事故隐患",
        "responsible": "成都示例机械有限公司",
        "basis": "",
        "due_on": DAY,
    }
    return facts | changes


def draft(cast, by=None, **changes):
    """A draft of the county's department to the enterprise."""
    told = {
        "subject": "danger/1", "place": unit_place(cast.site), "department_id": cast.department.pk,
        "enterprise_id": cast.enterprise.pk, "recipient": cast.enterprise.name, "facts": facts_of(),
    }  # fmt: skip
    return draft_document("order:rectify", **(told | changes), actor=(by or cast.zhao).actor, now=NOW)


def issue(cast, document_id, by=None, now=NOW):
    signer = by or cast.zhao
    return issue_document(document_id, signer_account_id=signer.account.pk, actor=signer.actor, now=now)


def stored(document_id):
    return Document.unscoped.get(pk=document_id)
