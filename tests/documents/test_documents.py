"""Documents: drafted without a number, signed once, numbered without gaps, served; drafts seen on the issuing side only."""

from datetime import timedelta

import pytest
from django.db import transaction
from letters import draft, facts_of, issue, stored
from make import DAY, NOW, make_department

from zhiben.documents.models import Register, Signature
from zhiben.documents.public import (
    DocumentState,
    discard_draft,
    document_for,
    documents_of,
    draft_document,
    issue_documents,
    record_service,
)
from zhiben.journal import public as journal
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.orgs.public import enterprise_place, unit_place

pytestmark = pytest.mark.django_db


def test_a_draft_has_no_number_and_an_issued_document_keeps_its_own(cast):
    one = draft(cast)
    assert stored(one).number == ""
    assert issue(cast, one) == "锦江区应急管理局责改〔2026〕1号"
    assert stored(one).state == DocumentState.ISSUED
    assert stored(one).issued_on == DAY


def test_numbers_run_without_gaps_by_office_series_and_year(cast):
    second = make_department(cast.tree.county, "锦江区住建局", ["construction"])
    cast.zhao.person.department = second
    numbers = [issue(cast, draft(cast)) for _ in range(2)]
    cast.zhao.person.save()
    theirs = issue(cast, draft(cast, department_id=second.pk))
    next_year = issue(cast, draft(cast, department_id=second.pk), now=NOW + timedelta(days=365))
    assert numbers == ["锦江区应急管理局责改〔2026〕1号", "锦江区应急管理局责改〔2026〕2号"]
    assert [theirs, next_year] == ["锦江区住建局责改〔2026〕1号", "锦江区住建局责改〔2027〕1号"]


def test_a_number_that_was_drawn_and_not_used_is_given_back(cast):
    one, two = draft(cast), draft(cast)
    with transaction.atomic():
        issue(cast, one)
        transaction.set_rollback(True)
    assert issue(cast, two).endswith("〔2026〕1号")
    assert Register.objects.get().last == 1


def test_it_is_signed_once_and_by_oneself(cast):
    one = draft(cast)
    with pytest.raises(NotAllowed, match="document:sign-yourself"):
        issue_documents([one], signer_account_id=cast.zhao.account.pk, actor=cast.li.actor, now=NOW)
    issue(cast, one)
    with pytest.raises(Conflict, match="document:no-draft"):
        issue(cast, one)
    assert Signature.objects.get().person == cast.zhao.person


def test_who_belongs_to_another_office_does_not_sign(cast):
    one = draft(cast)
    cast.li.person.department = cast.other_department
    cast.li.person.save()
    with pytest.raises(NotAllowed, match="document:other-office"):
        issue(cast, one, by=cast.li)


def test_a_batch_is_signed_one_by_one_and_all_or_none(cast):
    drafts = [draft(cast) for _ in range(3)]
    numbers = issue_documents(drafts, signer_account_id=cast.zhao.account.pk, actor=cast.zhao.actor, now=NOW)
    assert [number[-2] for number in numbers] == ["1", "2", "3"]
    assert Signature.objects.count() == 3
    more = draft(cast)
    with pytest.raises(Conflict):
        issue_documents([more, drafts[0]], signer_account_id=cast.zhao.account.pk, actor=cast.zhao.actor, now=NOW)
    assert stored(more).state == DocumentState.DRAFT


def test_a_draft_is_discarded_with_a_reason_and_never_issued(cast):
    one = draft(cast)
    with pytest.raises(Invalid, match="document:reason-needed"):
        discard_draft(one, reason=" ", actor=cast.zhao.actor, now=NOW)
    discard_draft(one, reason="重复", actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="document:no-draft"):
        issue(cast, one)


def test_the_enterprise_sees_what_was_issued_and_never_the_draft(cast):
    one = draft(cast)
    with pytest.raises(NotFound):
        document_for(cast.zhou.actor, one)
    assert documents_of("danger/1", cast.zhou.actor) == []
    issue(cast, one)
    assert document_for(cast.zhou.actor, one).pk == one
    assert [row.id for row in documents_of("danger/1", cast.zhou.actor)] == [one]


def test_a_stranger_cannot_tell_it_exists(cast):
    one = draft(cast)
    issue(cast, one)
    for stranger in (cast.zhang, cast.he):
        with pytest.raises(NotFound):
            document_for(stranger.actor, one)


def test_an_enterprise_issues_its_own_papers_and_the_county_sees_no_draft_of_it(cast):
    place = enterprise_place(cast.enterprise)
    one = draft(cast, by=cast.zhou, place=place, department_id=None)
    with pytest.raises(NotFound):
        document_for(cast.zhao.actor, one)
    assert issue(cast, one, by=cast.zhou) == "成都示例机械有限公司责改〔2026〕1号"
    assert document_for(cast.zhao.actor, one).issuer == cast.enterprise


def test_service_names_who_received_it_how_and_when(cast):
    one = draft(cast)
    told = {"person": "周总", "channel": "hand", "day": DAY, "note": "", "actor": cast.zhao.actor, "now": NOW}
    with pytest.raises(Conflict, match="document:not-issued"):
        record_service(one, **told)
    issue(cast, one)
    with pytest.raises(Invalid, match="document:unknown-channel"):
        record_service(one, **told | {"channel": "pigeon"})
    with pytest.raises(Invalid, match="document:served-outside"):
        record_service(one, **told | {"day": DAY + timedelta(days=1)})
    record_service(one, **told)
    record_service(one, **told | {"person": "王安全", "channel": "post"}, proxy_for="周总")
    assert stored(one).state == DocumentState.SERVED
    assert stored(one).served_on == DAY
    assert [row.proxy_for for row in stored(one).services.order_by("pk")] == ["", "周总"]


def test_the_journal_tells_every_step_and_what_was_signed(cast):
    one = draft(cast)
    issue(cast, one)
    entries = history(f"document/{one}")
    assert [entry.code for entry in entries] == ["document:drafted", "document:issued"]
    assert entries[1].body["digest"] == Signature.objects.get().digest
    assert entries[1].chain == f"enterprise:{cast.enterprise.pk}"


def test_another_rooms_step_records_its_lines_with_its_own(cast):
    lines = []
    with transaction.atomic():
        draft_document(
            "order:rectify", subject="danger/1", place=unit_place(cast.site), department_id=cast.department.pk,
            enterprise_id=None, recipient="甲", facts=facts_of(), actor=cast.zhao.actor, now=NOW, lines=lines,
        )  # fmt: skip
        journal.record(lines, actor=cast.zhao.actor, now=NOW)
    assert [line.event.code for line in lines] == ["document:drafted"]


def test_facts_that_the_kind_does_not_declare_are_our_bug(cast):
    with pytest.raises(TypeError, match="colour"):
        draft(cast, facts=facts_of(colour="红"))
