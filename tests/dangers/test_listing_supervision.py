"""Listed supervision: listed by an order under a region's terms, extended, reviewed and removed by two people."""

from datetime import timedelta

import pytest
from cast import Player
from dangers.stories import codes, confirmed, fresh, photo, rectifying, step
from django.db import IntegrityError, transaction
from make import DAY, NOW, grant, make_account, make_person

from zhiben.clocks.public import current_deadlines
from zhiben.dangers.domain.kinds import Flag, State
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models import Listing
from zhiben.dangers.public import Filters, count_dangers_for, listed_counts
from zhiben.dangers.services.list_clock import sweep_listings
from zhiben.dangers.services.regional import draft_rules, switch_on
from zhiben.journal.selectors.reading import history
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.law.listings import Authority
from zhiben.notices.models import Message

pytestmark = pytest.mark.django_db
LIMIT = DAY + timedelta(60)


def days(n):
    return NOW + timedelta(days=n)


@pytest.fixture
def second(cast) -> Player:
    """A second officer of the same department."""
    person = make_person("孙监管", department=cast.department)
    account = make_account("sun", person)
    grant(account, "officer", cast.tree.county)
    return Player(account, person)


def adopted(cast, template, body=None):
    rules = draft_rules(
        RulesKind.LISTING, cast.tree.county, body or {}, template=template, basis="", actor=cast.zhao.actor, now=NOW
    )
    return switch_on(rules.pk, DAY, version=1, actor=cast.zhao.actor, now=NOW)


def listed(cast, due_on=LIMIT, **facts):
    danger = rectifying(cast, "major", **facts)
    return step(danger, "list", cast.zhao, due_on=due_on, order="挂牌〔2026〕1号")


def handed_in(cast, danger, now=NOW):
    proofs = (photo(danger, "photo_before"), photo(danger, "photo_after"))
    return step(danger, "submit", cast.gong, now=now, report="已整改", proofs=proofs)


def reviewed(cast, second, danger, by=None, now=NOW):
    officers = (cast.zhao.person.pk, second.person.pk)
    return step(danger, "review_listing", by or cast.zhao, now=now, on_site=True, officers=officers, report="合格")


def deadlines(subject):
    return {kind: row for (_, kind), row in current_deadlines([subject]).items()}


def test_an_order_of_the_supervising_department_lists_a_major_danger(cast):
    danger = listed(cast)
    listing = Listing.objects.get()
    assert (danger.is_listed, danger.state, danger.due_on, danger.due_set_by) == (True, "rectifying", LIMIT, "order")
    assert (listing.authority, listing.department, listing.order) == ("county", cast.department, "挂牌〔2026〕1号")
    assert danger.flags.filter(flag=Flag.LISTED, is_up=True).count() == 1
    assert {"danger:flagged", "danger:stepped"} <= set(codes(danger))


def test_only_major_ones_by_the_supervising_department_with_an_order(cast):
    general, major = rectifying(cast), rectifying(cast, "major", description="泄爆装置失效")
    with pytest.raises(Conflict, match="danger:not-major"):
        step(general, "list", cast.zhao, due_on=LIMIT, order="挂牌〔2026〕1号")
    with pytest.raises(Invalid, match="danger:needs-order"):
        step(major, "list", cast.zhao, due_on=LIMIT)
    with pytest.raises(NotAllowed):
        step(major, "list", cast.wang, due_on=LIMIT, order="自己挂")
    with pytest.raises(Conflict, match="danger:is-listed"):
        step(listed(cast, description="又一件"), "list", cast.zhao, due_on=LIMIT, order="挂牌〔2026〕2号")


def test_the_limit_is_no_longer_than_the_level_of_the_authority_allows(cast):
    danger = confirmed(cast, "major")
    with pytest.raises(Invalid, match="listing:limit-too-long") as told:
        step(danger, "list", cast.zhao, due_on=DAY + timedelta(93), order="挂牌〔2026〕1号")
    assert told.value.facts["longest"] == "2026-06-02"


def test_each_deadline_names_its_template_or_clause(cast):
    adopted(cast, "qingdao")
    danger = listed(cast)
    found = deadlines(f"danger/{danger.pk}")
    assert (found["list_report"].day, found["list_report"].order) == (DAY + timedelta(3), "cn/qingdao-listing")
    assert (found["list_publish"].day, found["list_publish"].set_by) == (DAY + timedelta(7), "law")
    default = listed(cast, description="另一件", by=cast.wang)
    assert deadlines(f"danger/{default.pk}")["list_publish"].order == "cn/qingdao-listing"


def test_without_rules_of_the_region_the_default_holds_and_is_a_setting(cast):
    danger = listed(cast)
    found = deadlines(f"danger/{danger.pk}")
    assert "list_report" not in found
    assert (found["list_publish"].set_by, found["list_publish"].order) == ("self", "挂牌督办默认流程（设计）")


def test_a_region_changes_a_number_of_its_template(cast):
    adopted(cast, "default", {"changed": {"publish": {"county": 2}}})
    danger = listed(cast)
    found = deadlines(f"danger/{danger.pk}")["list_publish"]
    assert (found.day, found.order) == (DAY + timedelta(2), "本地区规则")


def test_an_extension_is_asked_working_days_before_and_answered_in_the_days_of_the_terms(cast):
    adopted(cast, "qingdao")
    danger = listed(cast)
    ask_until = Listing.objects.get().ask_until
    wanted = LIMIT + timedelta(30)
    late = NOW + (ask_until - DAY) + timedelta(1)
    with pytest.raises(Conflict, match="listing:extension-too-late"):
        step(danger, "ask_extension", cast.wang, now=late, due_on=wanted, force_majeure=True)
    asked = step(danger, "ask_extension", cast.wang, due_on=wanted, force_majeure=True)
    answer = deadlines(f"danger/{danger.pk}")["answer"]
    assert (answer.day, answer.order) == (DAY + timedelta(14), "cn/qingdao-listing")
    granted = step(asked, "decide_extension", cast.zhao, granted=True)
    listing = Listing.objects.get()
    assert (granted.due_on, listing.limit_on) == (wanted, wanted)
    assert listing.ask_until > ask_until


def test_review_and_removal_are_two_peoples_acts(cast, second):
    danger = reviewed(cast, second, handed_in(cast, listed(cast)))
    with pytest.raises(NotAllowed, match="listing:reviewer-removes-nothing"):
        step(danger, "delist", cast.zhao, order="摘牌〔2026〕1号")
    danger = step(danger, "delist", second, order="摘牌〔2026〕1号")
    listing = Listing.objects.get()
    assert (danger.is_listed, danger.state, listing.state) == (False, State.AWAITING_ACCEPTANCE, "removed")
    assert (listing.reviewed_by, listing.ended_by) == (cast.zhao.account, second.account)
    signed = step(danger, "sign_off", cast.zhao, on_site=True, officers=(cast.zhao.person.pk, second.person.pk))
    assert signed.state == State.SIGNED_OFF


def test_the_database_holds_the_two_people_apart(cast, second):
    reviewed(cast, second, handed_in(cast, listed(cast)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.update(state="removed", ended_on=DAY, ended_by=cast.zhao.account)


def test_removal_needs_a_review_with_photos_and_a_record(cast, second):
    danger = listed(cast)
    handed = step(danger, "submit", cast.gong, report="已整改", proofs=(photo(danger, "photo_after"),))
    with pytest.raises(Conflict, match="listing:not-reviewed"):
        step(handed, "delist", second, order="摘牌〔2026〕1号")
    with pytest.raises(Invalid, match="danger:needs-photo-before"):
        reviewed(cast, second, handed)
    officers = (cast.zhao.person.pk, second.person.pk)
    with pytest.raises(Invalid, match="danger:needs-report"):
        step(
            handed, "review_listing", cast.zhao, on_site=True, officers=officers,
            proofs=(photo(danger, "photo_before"),),
        )  # fmt: skip


def test_what_is_listed_is_not_signed_off_voided_or_made_general(cast, second):
    danger = handed_in(cast, listed(cast))
    officers = (cast.zhao.person.pk, second.person.pk)
    with pytest.raises(Conflict, match="danger:is-listed"):
        step(danger, "sign_off", cast.zhao, on_site=True, officers=officers)
    with pytest.raises(Conflict, match="danger:is-listed"):
        step(danger, "change_level", cast.zhao, level="general")


def test_sent_back_it_is_reviewed_anew(cast, second):
    danger = reviewed(cast, second, handed_in(cast, listed(cast)))
    step(danger, "return", cast.zhao)
    assert (Listing.objects.get().state, Listing.objects.get().reviewed_by) == ("standing", None)


def test_a_listing_made_in_error_is_withdrawn_with_its_reason(cast):
    danger = listed(cast)
    with pytest.raises(Invalid, match="danger:needs-reason"):
        step(danger, "withdraw_listing", cast.zhao, reason=" ")
    assert not step(danger, "withdraw_listing", cast.zhao, reason="等级认定有误").is_listed
    assert Listing.objects.get().end_reason == "等级认定有误"
    assert "list_publish" not in deadlines(f"danger/{danger.pk}")


def test_reporting_upwards_stops_its_clock(cast):
    adopted(cast, "qingdao")
    danger = step(listed(cast), "report_listing", cast.zhao, report="已报市安委办")
    assert "list_report" not in deadlines(f"danger/{danger.pk}")


def test_the_removal_must_be_published_even_after_sign_off(cast, second):
    danger = reviewed(cast, second, handed_in(cast, listed(cast)))
    danger = step(danger, "delist", second, order="摘牌〔2026〕1号")
    step(danger, "sign_off", cast.zhao, on_site=True, officers=(cast.zhao.person.pk, second.person.pk))
    listing = Listing.objects.get()
    assert deadlines(f"listing/{listing.pk}")["delist_publish"].day == DAY + timedelta(7)
    assert sweep_listings(days(6)) == 0
    assert sweep_listings(days(7)) == 1
    assert sweep_listings(days(7)) == 0
    assert sweep_listings(days(8)) == 1
    kinds = Message.objects.filter(person=second.person).values_list("kind", flat=True)
    assert {"danger:reminded", "danger:lapsed"} <= set(kinds)


def test_listed_counts_by_level_for_any_days(cast, second):
    danger = reviewed(cast, second, handed_in(cast, listed(cast)), now=days(5))
    step(danger, "delist", second, now=days(10), order="摘牌〔2026〕1号")
    listed(cast, description="另一件")
    path = cast.tree.county.path
    now = listed_counts(path, DAY, DAY + timedelta(30))
    assert (now[Authority.COUNTY].listed, now[Authority.COUNTY].removed, now[Authority.COUNTY].standing) == (2, 1, 1)
    early = listed_counts(path, DAY, DAY + timedelta(5))[Authority.COUNTY]
    assert (early.listed, early.removed, early.standing, early.late) == (2, 0, 2, 0)
    assert listed_counts(path, DAY, LIMIT + timedelta(1))[Authority.COUNTY].late == 1
    assert listed_counts(cast.tree.other_county.path, DAY, LIMIT)[Authority.COUNTY].standing == 0
    assert count_dangers_for(cast.zhao.actor, Filters(flag="listed")) == 1


def test_the_journal_tells_the_listing_with_its_order(cast):
    danger = listed(cast)
    told = [entry for entry in history(f"danger/{danger.pk}") if entry.body.get("move") == "list"]
    assert told[0].body["facts"]["order"] == "挂牌〔2026〕1号"
    assert fresh(danger.pk).is_listed
    assert SYSTEM.is_system
