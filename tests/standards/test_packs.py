"""A region's own packs: two others review, then it holds from a day inside the region, and nowhere else."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from make import DAY, NOW, grant, make_account, make_person
from stage import world

from zhiben.dangers.models import CandidateClause, Suspicion
from zhiben.dangers.public import Channel, NewDanger, report_danger
from zhiben.dangers.selectors.editions import clauses_between
from zhiben.dangers.services.populations import judge_population
from zhiben.journal.public import history
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.law.clause_history import clause_history
from zhiben.law.likening import Change
from zhiben.law.standards import held, standards
from zhiben.orgs.selectors.access import actor_of
from zhiben.standards.models import Pack, PackVersion
from zhiben.standards.pack_starts import STARTS
from zhiben.standards.public import NewFact, judge_enterprise, record_facts
from zhiben.standards.regional import editions_at, editions_for, kin_of
from zhiben.standards.services.packs import (
    adopt_pack,
    review_pack,
    start_pack,
    submit_pack,
    withdraw_pack,
    write_draft,
)
from zhiben.standards.services.surveying import survey_population
from zhiben.standards.surveyed import counts, surveyed_for

pytestmark = pytest.mark.django_db
SLUG, EDITION = "county-extra", "county-extra-v1"
TEXT = STARTS["standards"].replace("{slug}", SLUG)
COUNT = "special_ops_uncertified_count"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def qian(cast):
    """A second officer of the county, who reviews with li."""
    person = make_person("钱复核", department=cast.department)
    account = make_account("qian", person)
    grant(account, "officer", cast.tree.county)
    return actor_of(account, now=NOW)


@world
def draft(cast):
    return start_pack(cast.tree.county, "standards", SLUG, TEXT, actor=cast.zhao.actor, now=NOW)


def passed(draft, *actors):
    submit_pack(SLUG, draft.number, seen=draft.changes, actor=actor_of(draft.written_by, now=NOW), now=NOW)
    for actor in actors:
        review_pack(SLUG, draft.number, digest=draft.digest, is_passed=True, words="", actor=actor, now=NOW)


@pytest.fixture
def adopted(cast, qian, draft):
    passed(draft, cast.li.actor, qian)
    return adopt_pack(SLUG, 1, DAY, digest=draft.digest, actor=cast.zhao.actor, now=NOW)


def test_two_who_did_not_write_it_must_pass_it(cast, qian, draft):
    passed(draft, cast.li.actor)
    with pytest.raises(Conflict, match="pack:not-reviewed"):
        adopt_pack(SLUG, 1, DAY, digest=draft.digest, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="pack:own-text"):
        review_pack(SLUG, 1, digest=draft.digest, is_passed=True, words="", actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="pack:reviewed-already"):
        review_pack(SLUG, 1, digest=draft.digest, is_passed=True, words="", actor=cast.li.actor, now=NOW)
    review_pack(SLUG, 1, digest=draft.digest, is_passed=True, words="", actor=qian, now=NOW)
    assert adopt_pack(SLUG, 1, DAY, digest=draft.digest, actor=cast.zhao.actor, now=NOW).state == "adopted"


def test_an_account_without_a_person_is_nobody_who_could_review(cast, draft):
    nobody = make_account("nobody")
    grant(nobody, "officer", cast.tree.county)
    passed(draft, cast.li.actor)
    actor = actor_of(nobody, now=NOW)
    with pytest.raises(Conflict, match="pack:person-needed"):
        review_pack(SLUG, 1, digest=draft.digest, is_passed=True, words="", actor=actor, now=NOW)


def test_who_wrote_in_it_later_counts_no_more_as_reviewer(cast, qian, draft):
    passed(draft, cast.li.actor)
    review_pack(SLUG, 1, digest=draft.digest, is_passed=False, words="第1条不清", actor=qian, now=NOW)
    again = write_draft(SLUG, TEXT + "# 2\n", seen=1, actor=qian, now=NOW)
    back = write_draft(SLUG, TEXT, seen=again.changes, actor=cast.zhao.actor, now=NOW)
    submit_pack(SLUG, 1, seen=back.changes, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="pack:own-text"):
        review_pack(SLUG, 1, digest=back.digest, is_passed=True, words="", actor=qian, now=NOW)


def test_what_is_in_review_stays_as_it_is(cast, draft):
    passed(draft)
    with pytest.raises(Conflict, match="pack:in-review"):
        write_draft(SLUG, TEXT, seen=1, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="pack:already-changed"):
        review_pack(SLUG, 1, digest="other", is_passed=True, words="", actor=cast.li.actor, now=NOW)


def test_two_writers_at_once_do_not_overwrite_each_other(cast, draft):
    write_draft(SLUG, TEXT + "# a\n", seen=1, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="pack:already-changed"):
        write_draft(SLUG, TEXT + "# b\n", seen=1, actor=cast.zhao.actor, now=NOW)


def test_a_text_with_problems_is_kept_and_goes_no_further(cast, draft):
    again = write_draft(SLUG, "id: [", seen=1, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Invalid, match="pack:has-problems"):
        submit_pack(SLUG, 1, seen=again.changes, actor=cast.zhao.actor, now=NOW)
    other = write_draft(SLUG, TEXT.replace(SLUG, "other-id"), seen=2, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Invalid, match="pack:has-problems"):
        submit_pack(SLUG, 1, seen=other.changes, actor=cast.zhao.actor, now=NOW)


@pytest.mark.parametrize("slug", ["gongmao-2023", "", "Ärger", "a" * 60, "x' or 1=1", "new", "-a", "../../x"])
def test_an_id_is_nobodys_else_and_plain(cast, slug):
    with pytest.raises((Conflict, Invalid)):
        start_pack(cast.tree.county, "standards", slug, TEXT, actor=cast.zhao.actor, now=NOW)
    assert Pack.objects.count() == 0


def test_only_a_region_has_packs_and_only_who_may_begins_one(cast):
    with pytest.raises(Invalid, match="pack:not-a-region"):
        start_pack(cast.site, "standards", SLUG, TEXT, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(NotAllowed):
        start_pack(cast.tree.other_county, "standards", SLUG, TEXT, actor=cast.zhao.actor, now=NOW)


def test_strangers_find_no_pack(cast, draft):
    for step in (
        lambda: write_draft(SLUG, TEXT, seen=1, actor=cast.zhang.actor, now=NOW),
        lambda: submit_pack(SLUG, 1, seen=1, actor=cast.zhang.actor, now=NOW),
        lambda: review_pack(SLUG, 1, digest="", is_passed=True, words="", actor=cast.zhang.actor, now=NOW),
        lambda: adopt_pack(SLUG, 1, DAY, digest="", actor=cast.zhang.actor, now=NOW),
        lambda: withdraw_pack(SLUG, 1, DAY, reason="x", actor=cast.zhang.actor, now=NOW),
    ):
        with pytest.raises(NotFound):
            step()


def test_it_judges_inside_the_region_from_its_day_on_and_nowhere_else(cast, adopted):
    for enterprise, actor in ((cast.enterprise, cast.wang.actor), (cast.contractor, cast.chen.actor)):
        record_facts(enterprise.pk, [NewFact(COUNT, 2, DAY - timedelta(days=9))], actor=actor, now=NOW)

    def judged(enterprise, actor, day=DAY):
        return {one.standard: one for one in judge_enterprise(enterprise.pk, day=day, actor=actor, now=NOW)}

    inside = judged(cast.enterprise, cast.wang.actor)
    assert inside[EDITION].verdict == "present"
    assert inside[EDITION].law_digest == adopted.digest
    assert EDITION not in judged(cast.contractor, cast.chen.actor)
    assert EDITION not in judged(cast.enterprise, cast.wang.actor, DAY - timedelta(days=1))
    with pytest.raises(NotFound):
        judge_enterprise(cast.contractor.pk, day=DAY, actor=cast.chen.actor, now=NOW, standards=[EDITION])
    assert EDITION not in standards()  # the law shipped is as it was


def test_a_population_is_judged_by_it_inside_the_region_only(cast, adopted):
    for enterprise, actor in ((cast.enterprise, cast.wang.actor), (cast.contractor, cast.chen.actor)):
        record_facts(enterprise.pk, [NewFact(COUNT, 2, DAY)], actor=actor, now=NOW)
    survey_population(now=NOW)
    (each,) = surveyed_for(cast.su.actor, standard=EDITION).clauses
    assert counts(each) == {"present": 1, "unknown": 0, "absent": 0}
    assert surveyed_for(cast.zhang.actor, standard=EDITION).clauses == ()


def test_the_command_counts_it_too(cast, adopted, capsys):
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 2, DAY)], actor=cast.wang.actor, now=NOW)
    call_command("standards", "determine", "--on", DAY.isoformat(), "--json")
    told = json.loads(capsys.readouterr().out)["clauses"]
    assert [(one["present"], one["unknown"]) for one in told if one["standard"] == EDITION] == [(1, 0)]


def test_the_next_version_replaces_it_from_its_own_day(cast, qian, adopted):
    second = write_draft(
        SLUG, TEXT.replace("> 0", "> 1").replace(": 1\n", ": 2\n"), seen=0, actor=cast.zhao.actor, now=NOW
    )
    assert second.number == 2
    passed(second, cast.li.actor, qian)
    later = DAY + timedelta(days=30)
    adopt_pack(SLUG, 2, later, digest=second.digest, actor=cast.zhao.actor, now=NOW)
    path = cast.enterprise.path
    assert [one.id for one in editions_at(path, later - timedelta(days=1))] == [EDITION]
    assert [one.id for one in editions_at(path, later)] == ["county-extra-v2"]
    assert PackVersion.objects.get(number=1).text == TEXT


@pytest.fixture
def second(cast, qian, adopted):
    """The version that follows in thirty days: one more than nought, and one clause more."""
    text = TEXT.replace("> 0", "> 1").replace(": 1\n", ": 2\n")
    more = "- ref: '2'\n  summary: {zh: 现场另有情形, en: Something else on site}\n  decidable: inspection\n"
    drafted = write_draft(SLUG, text.replace("examples:", f"{more}examples:"), seen=0, actor=cast.zhao.actor, now=NOW)
    passed(drafted, cast.li.actor, qian)
    return adopt_pack(SLUG, 2, DAY + timedelta(days=30), digest=drafted.digest, actor=cast.zhao.actor, now=NOW)


def test_a_clause_is_followed_through_the_versions_of_its_pack(client, cast, second):
    one, two = held(EDITION), held("county-extra-v2")
    stages = clause_history(one, one.clauses[0], kin_of(one))
    assert [(stage.standard.id, stage.clause.ref) for stage in stages] == [(EDITION, "1"), ("county-extra-v2", "1")]
    assert (stages[0].pair, stages[1].pair.change) == (None, Change.CHANGED)
    client.force_login(cast.su.account)
    page = client.get(reverse("standards:clause", args=[two.id, "1"])).content.decode()
    assert reverse("standards:clause", args=[EDITION, "1"]) in page
    page = client.get(reverse("standards:difference", args=[two.id])).content.decode()
    assert "Something else on site" in page or "现场另有情形" in page
    assert (
        reverse("standards:difference", args=[two.id])
        in client.get(reverse("standards:standard", args=[two.id])).content.decode()
    )
    client.force_login(cast.zhang.account)  # of the next county
    assert client.get(reverse("standards:difference", args=[two.id])).status_code == 404
    assert client.get(reverse("standards:difference", args=["gongmao-2023"]), {"from": EDITION}).status_code == 404


def test_an_open_suspicion_moves_on_to_the_next_version(cast, second):
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 3, DAY)], actor=cast.wang.actor, now=NOW)
    judge_population(cast.tree.county, asks=False, actor=cast.zhao.actor, now=NOW)
    row = Suspicion.unscoped.get(standard=EDITION)
    judge_population(cast.tree.county, asks=False, actor=cast.zhao.actor, now=NOW + timedelta(days=31))
    row.refresh_from_db()
    assert (row.answer, row.standard, row.clause) == ("open", "county-extra-v2", "1")


def test_words_of_a_danger_are_read_by_the_law_of_its_region(cast, second):
    told = [
        report_danger(
            NewDanger(
                unit_id=one.registered_site_id,
                description="特种作业人员无证上岗",
                found_on=DAY,
                channel=Channel.SELF_CHECK,
            ),
            actor=SYSTEM,
            now=NOW,
        )
        for one in (cast.enterprise, cast.other_enterprise)
    ]
    offered = [set(CandidateClause.objects.filter(danger=one.id).values_list("standard", "clause")) for one in told]
    assert (EDITION, "1") in offered[0]
    assert not {case for case in offered[1] if case[0].startswith(SLUG)}
    turned = clauses_between(cast.zhao.actor, cast.tree.county, DAY, DAY + timedelta(days=31))
    assert [(one.before.id, one.after.id) for one in turned if one.before.region] == [(EDITION, "county-extra-v2")]


def test_it_is_withdrawn_from_a_day_on_only(cast, adopted):
    with pytest.raises(Invalid, match="pack:ends-in-the-past"):
        withdraw_pack(SLUG, 1, DAY - timedelta(days=1), reason="改", actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Invalid, match="pack:reason-needed"):
        withdraw_pack(SLUG, 1, DAY, reason=" ", actor=cast.zhao.actor, now=NOW)
    end = DAY + timedelta(days=10)
    withdraw_pack(SLUG, 1, end, reason="已有国家标准", actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="pack:not-in-force"):
        withdraw_pack(SLUG, 1, end, reason="x", actor=cast.zhao.actor, now=NOW)
    assert [one.id for one in editions_at(cast.enterprise.path, DAY)] == [EDITION]
    assert editions_at(cast.enterprise.path, end) == []


def test_it_never_begins_in_the_past(cast, qian, draft):
    passed(draft, cast.li.actor, qian)
    with pytest.raises(Invalid, match="pack:begins-in-the-past"):
        adopt_pack(SLUG, 1, DAY - timedelta(days=1), digest=draft.digest, actor=cast.zhao.actor, now=NOW)


def test_every_step_is_journalled(cast, adopted):
    withdraw_pack(SLUG, 1, DAY, reason="改", actor=cast.zhao.actor, now=NOW)
    codes = [entry.code for entry in history(f"pack/{SLUG}")]
    assert codes == [
        "pack:drafted",
        "pack:submitted",
        "pack:reviewed",
        "pack:reviewed",
        "pack:adopted",
        "pack:withdrawn",
    ]


def test_it_is_seen_where_it_concerns_somebody(cast, adopted):
    for player in (cast.su, cast.li, cast.wang, cast.gong):
        assert [one.id for one in editions_for(player.actor)] == [EDITION]
    for player in (cast.zhang, cast.he):
        assert editions_for(player.actor) == []
    assert held(EDITION).region == cast.tree.county.path
    for nonsense in ("county-extra-v2", "county-extra-v", "-v1", "county-extra-v99999999999"):
        assert held(nonsense) is None


def at(name, *args):
    return reverse(f"standards:{name}", args=args)


def test_the_whole_way_on_pages(client, cast, qian):
    client.force_login(cast.zhao.account)
    begun = {"unit": cast.tree.county.pk, "kind": "standards", "slug": SLUG}
    assert client.post(at("pack-new"), begun).url == at("pack-edit", SLUG)
    bad = TEXT.replace("decidable: facts", "decidable: maybe")
    told = client.post(
        at("pack-edit", SLUG), {"text": bad, "seen": 1, "do": "check"}, headers={"accept-language": "en"}
    )
    assert "needs one of facts, monitoring, inspection" in told.content.decode()
    assert PackVersion.objects.get().text != bad
    assert client.post(at("pack-edit", SLUG), {"text": TEXT.replace("\n", "\r\n"), "seen": 1}).status_code == 302
    assert PackVersion.objects.get().text == TEXT
    writing = client.get(at("pack-edit", SLUG)).content.decode()
    assert (" readonly" in writing, 'value="check"' in writing) == (False, True)
    assert client.post(at("pack-submit", SLUG, 1), {"seen": 2}).status_code == 302
    in_review = client.get(at("pack-edit", SLUG)).content.decode()
    assert (" readonly" in in_review, 'value="check"' in in_review) == (True, False)
    digest = PackVersion.objects.get().digest
    assert client.post(at("pack-review", SLUG, 1), {"digest": digest, "answer": "pass"}).status_code == 409
    for account in (cast.li.account, make_reviewer(cast)):
        client.force_login(account)
        assert client.post(at("pack-review", SLUG, 1), {"digest": digest, "answer": "pass"}).status_code == 302
    client.force_login(cast.zhao.account)
    assert client.post(at("pack-adopt", SLUG, 1), {"digest": digest, "since": "morgen"}).status_code == 422
    assert client.post(at("pack-adopt", SLUG, 1), {"digest": digest, "since": DAY.isoformat()}).status_code == 302
    assert client.get(at("pack-text", SLUG, 1)).content.decode() == TEXT
    assert client.get(at("standard", EDITION)).status_code == 200
    assert client.get(at("clause", EDITION, "1")).status_code == 200
    ended = {"until": DAY.isoformat(), "reason": "改"}
    assert client.post(at("pack-withdraw", SLUG, 1), ended).status_code == 302


def make_reviewer(cast):
    account = make_account("sun", make_person("孙复核", department=cast.department))
    grant(account, "inspector", cast.tree.county)
    return account


def test_strangers_get_404_on_every_page(client, cast, adopted):
    client.force_login(cast.zhang.account)
    for address in (at("pack", SLUG), at("pack-edit", SLUG), at("pack-text", SLUG, 1), at("standard", EDITION)):
        assert client.get(address).status_code == 404
    assert client.get(at("clause", EDITION, "1")).status_code == 404
    for name in ("submit", "review", "adopt", "withdraw"):
        told = {"since": DAY.isoformat(), "until": DAY.isoformat(), "reason": "x"}
        assert client.post(at(f"pack-{name}", SLUG, 1), told).status_code == 404


def test_key_items_stand_apart_from_clauses(client, cast, qian):
    text = STARTS["key_items"].replace("{slug}", "looks").replace("（检查事项）", "看吊具磨损")
    made = start_pack(cast.tree.county, "key_items", "looks", text, actor=cast.zhao.actor, now=NOW)
    submit_pack("looks", 1, seen=1, actor=cast.zhao.actor, now=NOW)
    for actor in (cast.li.actor, qian):
        review_pack("looks", 1, digest=made.digest, is_passed=True, words="", actor=actor, now=NOW)
    adopt_pack("looks", 1, DAY, digest=made.digest, actor=cast.zhao.actor, now=NOW)
    client.force_login(cast.li.account)
    found = client.get(at("list"), {"q": "吊具 磨损"}).context
    assert [item.ref for row in found["key_items"] for item in row["items"]] == ["1"]
    assert all("吊具磨损" not in row["clause"].summary.zh for row in found["clauses"])
    assert "看吊具磨损" in client.get(at("key-list", "looks")).content.decode()
    assert "looks" in client.get(at("standard", "gongmao-2023")).content.decode()
    judged = judge_enterprise(cast.enterprise.pk, day=DAY, actor=cast.wang.actor, now=NOW)
    assert {one.standard for one in judged} == {"gongmao-2023"}
    client.force_login(cast.zhang.account)
    assert client.get(at("key-list", "looks")).status_code == 404
    assert client.get(at("list"), {"q": "吊具 磨损"}).context["key_items"] == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_no_law_says_so(client, cast, adopted, language):
    client.force_login(cast.li.account)
    word = {"zh-hans": "不是法规", "en": "not law"}[language]
    for address in (at("standard", EDITION), at("clause", EDITION, "1"), f"{at('list')}?q=特种作业"):
        assert word in client.get(address, headers={"accept-language": language}).content.decode()
