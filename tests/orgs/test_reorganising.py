"""Splitting, merging and moving units: planned, agreed to, carried out step by step, taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from make import (
    DAY,
    NOW,
    grant,
    make_account,
    make_department,
    make_enterprise,
    make_jurisdiction,
    make_site,
    make_unit,
)

from zhiben.files.models import StoredFile
from zhiben.journal.models import Entry
from zhiben.journal.public import history
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.kernel.ids import segment
from zhiben.orgs.domain.reorganising import Plan, Receiver, ReorganisationKind
from zhiben.orgs.models import Department, Enterprise, Reorganisation, RoleGrant, Unit
from zhiben.orgs.public import actor_of, enterprises_for, unit_at, units_for
from zhiben.orgs.services import carrying
from zhiben.orgs.services.carrying import carry
from zhiben.orgs.services.moving import start_move, strayed_rows
from zhiben.orgs.services.reorganising import (
    agree_to_reorganisation,
    cancel_reorganisation,
    plan_reorganisation,
    resume_reorganisation,
    undoing,
)
from zhiben.orgs.tree import ANCESTOR_FIELDS

pytestmark = pytest.mark.django_db
MERGE, MOVE, SPLIT = ReorganisationKind.MERGE, ReorganisationKind.MOVE, ReorganisationKind.SPLIT


@pytest.fixture
def neighbour(cast):
    """A second township of the county, with a village and an enterprise of its own."""
    unit = make_unit(cast.tree.county, "township", "合江亭街道", "510104020")
    make_unit(unit, "village", "合江社区", "510104020001")
    make_enterprise(unit, "合江示例商贸有限公司")
    return unit


def merging(*sources, into=None, new=None):
    receiver = Receiver(unit=into.pk) if into else new
    moves = [(child, 0) for one in sources for child in one.children.values_list("pk", flat=True)]
    return Plan(MERGE, (receiver,), moves=tuple(moves), ends=tuple((one.pk, 0) for one in sources))


def planned(cast, plan, on=DAY, actor=None, **facts):
    return plan_reorganisation(plan, on=on, actor=actor or cast.admin.actor, now=NOW, **facts)


def agreed(cast, row):
    if row.state == "awaiting":
        row = agree_to_reorganisation(row.pk, actor=cast.security.actor, now=NOW)
    return row


def finished(row, limit=500, now=NOW):
    while carry(row.pk, now=now, limit=limit):
        pass
    row.refresh_from_db()
    assert row.state == "done", (row.problem, row.problem_facts)
    return row


def assert_whole():
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for unit in units.values():
        if unit.parent_id is None:
            continue
        parent = units[unit.parent_id]
        assert unit.path == f"{parent.path}{segment(unit.pk)}/"
        assert (unit.old_path, unit.depth) == ("", parent.depth + 1)
        for kind, column in ANCESTOR_FIELDS.items():
            assert getattr(unit, column) == (unit.pk if unit.kind == kind else getattr(parent, column))
    for enterprise in Enterprise.objects.select_related("registered_site"):
        assert enterprise.path == enterprise.registered_site.path
    assert strayed_rows() == {}


def kept_at(unit, enterprise=None):
    (row,) = StoredFile.unscoped.bulk_create([
        StoredFile(
            subject="danger/1", sha256="0" * 64, size=1, type="x", name="x", kept_at=NOW, shredded_at=NOW,
            unit=unit, path=unit.path, enterprise=enterprise,
        )
    ])  # fmt: skip
    return row


def test_two_townships_merge_and_nothing_is_orphaned(cast, neighbour):
    township = cast.tree.township
    own, office = kept_at(township), make_department(township, "街道应急办")
    row = agreed(cast, planned(cast, merging(township, into=neighbour), reason="川府函〔2026〕12号"))
    finished(row, limit=2)
    township.refresh_from_db()
    assert (township.until, township.merged_into) == (DAY, neighbour)
    assert not township.children.filter(until=None).exists()
    for unit in (cast.tree.village, cast.site, cast.second_site):
        unit.refresh_from_db()
        assert (unit.parent_id, unit.township_id) == (neighbour.pk, neighbour.pk)
    own.refresh_from_db()
    office.refresh_from_db()
    assert (own.unit, own.path) == (neighbour, neighbour.path)
    assert (office.unit, office.path) == (neighbour, neighbour.path)
    assert_whole()
    codes = set(Entry.objects.values_list("code", flat=True))
    assert {"reorganisation:planned", "unit:moved", "unit:handed-on", "unit:ended", "reorganisation:done"} <= codes
    assert [entry.on for entry in history(f"unit/{township.pk}") if entry.code == "unit:ended"] == [DAY]


def test_the_old_code_and_name_lead_to_the_heir(cast, neighbour):
    finished(agreed(cast, planned(cast, merging(cast.tree.township, into=neighbour))))
    assert unit_at("510104017") == neighbour
    alias = neighbour.aliases.get()
    assert (alias.name, alias.division_code, alias.until) == ("锦官驿街道", "510104017000", DAY)


def test_a_new_unit_may_bear_the_name_and_code_of_one_that_ends(cast, neighbour):
    new = Receiver(kind="township", name="锦官驿街道", division_code="510104017", parent=cast.tree.county.pk)
    row = finished(planned(cast, merging(cast.tree.township, neighbour, new=new)))
    made = Unit.objects.get(pk=row.made["0"])
    assert unit_at("510104017") == made == unit_at("510104020")
    assert set(made.children.values_list("name", flat=True)) >= {"水井坊社区居委会", "合江社区"}
    assert_whole()


def test_grants_go_on_and_reach_further_only_when_somebody_agrees_who_grants_roles(cast, neighbour):
    account = make_account("office")
    held = grant(account, "officer", cast.tree.township)
    zone = make_jurisdiction(cast.tree.county, cast.tree.township)
    row = planned(cast, merging(cast.tree.township, into=neighbour))
    assert (row.state, row.next_at) == ("awaiting", None)
    assert carry(row.pk, now=NOW) == 0
    with pytest.raises((NotAllowed, NotFound)):
        agree_to_reorganisation(row.pk, actor=cast.admin.actor, now=NOW)
    finished(agree_to_reorganisation(row.pk, actor=cast.security.actor, now=NOW))
    held.refresh_from_db()
    assert held.unit == neighbour
    assert list(zone.units.all()) == [neighbour]
    seen = {one.name for one in enterprises_for(actor_of(account, now=NOW))}
    assert {cast.enterprise.name, "合江示例商贸有限公司"} <= seen
    assert Entry.objects.filter(code="role:carried", subject=f"account/{account.pk}").count() == 1


def test_a_grant_that_holds_there_anyway_needs_no_agreement_and_is_not_doubled(cast, neighbour):
    account = make_account("office")
    grant(account, "officer", cast.tree.township)
    grant(account, "officer", neighbour)
    row = planned(cast, merging(cast.tree.township, into=neighbour))
    assert row.state == "waiting"
    finished(row)
    assert RoleGrant.objects.filter(account=account).count() == 1


def splitting(cast, *children, shares=True, name="新区街道"):
    receiver = Receiver(kind="township", name=name, division_code="510104099", parent=cast.tree.county.pk)
    shared = ((cast.tree.township.pk, 0),) if shares else ()
    return Plan(SPLIT, (receiver,), moves=tuple((child.pk, 0) for child in children), shares=shared)


def test_a_part_splits_off_and_who_looked_after_the_whole_still_sees_both(cast):
    account = make_account("office")
    grant(account, "officer", cast.tree.township)
    row = finished(planned(cast, splitting(cast, cast.tree.village, cast.second_site)))
    made = Unit.objects.get(pk=row.made["0"])
    assert {cast.tree.village, cast.second_site} == set(made.children.all())
    assert cast.site.parent_id == Unit.objects.get(pk=cast.site.pk).parent_id == cast.tree.township.pk
    assert Unit.objects.get(pk=cast.tree.township.pk).until is None
    assert {made, cast.tree.township} <= set(units_for(actor_of(account, now=NOW)))
    assert_whole()


def test_a_unit_that_splits_up_wholly_leaves_nothing_behind(cast):
    county, township = cast.tree.county, cast.tree.township
    own = kept_at(township)
    late = make_unit(township, "village", "后来的村")
    parts = tuple(Receiver(kind="township", name=name, parent=county.pk) for name in ("甲街道", "乙街道"))
    plan = Plan(SPLIT, parts, moves=((cast.tree.village.pk, 0), (cast.site.pk, 1)), ends=((township.pk, 1),))
    row = finished(planned(cast, plan))
    one, two = Unit.objects.get(pk=row.made["0"]), Unit.objects.get(pk=row.made["1"])
    assert set(one.children.all()) == {cast.tree.village}
    assert {cast.site, cast.second_site, late} == set(two.children.all())
    own.refresh_from_db()
    assert own.unit == two
    assert_whole()


def test_a_zone_moves_to_another_county_with_all_that_lies_in_it(cast):
    plan = Plan(MOVE, (Receiver(unit=cast.tree.other_county.pk),), moves=((cast.tree.township.pk, 0),))
    finished(planned(cast, plan))
    assert Unit.objects.get(pk=cast.site.pk).county_id == cast.tree.other_county.pk
    assert cast.enterprise in enterprises_for(cast.zhang.actor)
    assert_whole()


def test_it_begins_on_its_day_and_can_be_cancelled_until_then(cast):
    plan = Plan(MOVE, (Receiver(unit=cast.tree.other_county.pk),), moves=((cast.tree.township.pk, 0),))
    row = planned(cast, plan, on=DAY + timedelta(days=3))
    assert carry(row.pk, now=NOW) == 0
    assert cancel_reorganisation(row.pk, actor=cast.admin.actor, now=NOW).state == "cancelled"
    assert carry(row.pk, now=NOW + timedelta(days=4)) == 0
    again = planned(cast, plan, on=DAY + timedelta(days=3))
    finished(again, now=NOW + timedelta(days=3))
    with pytest.raises(Conflict, match="not-open"):
        cancel_reorganisation(again.pk, actor=cast.admin.actor, now=NOW)


def test_what_makes_no_sense_is_refused_with_its_reason(cast, neighbour):
    tree = cast.tree
    move = lambda unit, parent: Plan(MOVE, (Receiver(unit=parent.pk),), moves=((unit.pk, 0),))  # noqa: E731
    for plan, code in [
        (merging(tree.township, into=tree.other_county), "different-level"),
        (merging(tree.township, into=tree.township), "into-itself"),
        (move(tree.county, tree.township), "into-itself|move-into-itself"),
        (move(tree.township, tree.county), "already-there"),
        (move(tree.county, tree.other_county), "wrong-level"),
        (Plan(MERGE, (Receiver(unit=cast.second_site.pk),), ends=((cast.site.pk, 0),)), "not-a-region"),
        (Plan(MOVE, (Receiver(unit=tree.county.pk),)), "nothing-moves"),
        (
            merging(tree.township, new=Receiver(kind="county", name="甲", parent=tree.city.pk)),
            "different-level|wrong-level",
        ),
        (merging(tree.township, new=Receiver(kind="township", name=" ", parent=tree.county.pk)), "name-unusable"),
        (
            merging(
                tree.township,
                new=Receiver(kind="township", name="甲", division_code="510104020", parent=tree.county.pk),
            ),
            "code-taken",
        ),
    ]:
        with pytest.raises((Invalid, Conflict), match=code):
            planned(cast, plan)
    with pytest.raises(Invalid, match="too-far"):
        planned(cast, merging(tree.township, into=neighbour), on=DAY - timedelta(days=400))
    Unit.objects.filter(pk=neighbour.pk).update(since=DAY)
    with pytest.raises(Invalid, match="before-it-stood"):
        planned(cast, merging(tree.township, into=neighbour), on=DAY - timedelta(days=1))
    Unit.objects.filter(pk=neighbour.pk).update(until=DAY)
    with pytest.raises(Conflict, match="has-ended"):
        planned(cast, merging(tree.township, into=neighbour))
    assert not Reorganisation.objects.exists()


def test_who_may_not_change_both_sides_cannot_plan_and_strangers_find_nothing(cast, neighbour):
    account = make_account("keeper")
    grant(account, "keeper", cast.tree.county, "unit:view", "unit:edit")
    keeper = actor_of(account, now=NOW)
    with pytest.raises(NotFound):
        planned(cast, merging(cast.tree.township, into=cast.tree.other_township), actor=keeper)
    row = planned(cast, merging(cast.tree.township, into=neighbour), actor=keeper)
    other = make_account("other")
    grant(other, "keeper", cast.tree.other_county)
    for act in (cancel_reorganisation, resume_reorganisation, agree_to_reorganisation):
        with pytest.raises(NotFound):
            act(row.pk, actor=actor_of(other, now=NOW), now=NOW)
    with pytest.raises(NotAllowed):
        planned(cast, merging(cast.tree.township, into=neighbour), actor=cast.zhao.actor)


def test_two_at_once_on_the_same_units_are_refused_and_others_go_on(cast, neighbour):
    third = make_unit(cast.tree.county, "township", "三圣街道")
    planned(cast, merging(cast.tree.township, into=neighbour))
    for plan in (
        merging(cast.tree.township, into=third),  # ends twice
        merging(neighbour, into=third),  # takes apart what the first stands on
        Plan(MOVE, (Receiver(unit=cast.tree.other_county.pk),), moves=((cast.tree.village.pk, 0),)),  # inside it
        Plan(MOVE, (Receiver(unit=cast.tree.other_county.pk),), moves=((cast.tree.county.pk, 0),)),
    ):
        with pytest.raises((Conflict, Invalid), match=r"crosses-another|wrong-level"):
            planned(cast, plan)
    assert planned(cast, merging(third, into=neighbour)).state in {"waiting", "awaiting"}


def test_a_move_in_the_way_is_waited_for(cast, neighbour):
    row = agreed(cast, planned(cast, merging(cast.tree.township, into=neighbour)))
    move = start_move(cast.tree.village.pk, cast.tree.other_township.pk, actor=SYSTEM, now=NOW)
    carry(row.pk, now=NOW)
    row.refresh_from_db()
    assert row.state in {"waiting", "running"}
    assert row.next_at > NOW
    while not carrying.continue_move(move.pk, actor=SYSTEM, now=NOW).finished:
        pass
    finished(row, now=NOW + timedelta(minutes=1))


def test_what_is_refused_on_its_way_stands_still_and_goes_on_when_put_right(cast):
    new = Receiver(kind="township", name="新街道", parent=cast.tree.county.pk)
    row = planned(cast, merging(cast.tree.township, new=new))
    Unit.objects.filter(pk=cast.tree.county.pk).update(until=DAY)
    carry(row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.problem) == ("stuck", "reorganisation:has-ended")
    Unit.objects.filter(pk=cast.tree.county.pk).update(until=None)
    finished(resume_reorganisation(row.pk, actor=cast.admin.actor, now=NOW))


@pytest.mark.parametrize("killed_after", range(1, 24, 3))
def test_killed_at_any_step_it_goes_on_where_it_stood(cast, neighbour, killed_after, monkeypatch):
    kept_at(cast.tree.township)
    row = agreed(cast, planned(cast, merging(cast.tree.township, into=neighbour)))
    steps, take = [], carrying._Step.take

    def dies(self):
        steps.append(1)
        done = take(self)
        if len(steps) == killed_after:
            raise SystemExit  # after the work, before the commit
        return done

    monkeypatch.setattr(carrying._Step, "take", dies)
    try:
        carry(row.pk, now=NOW, limit=1)
    except SystemExit:
        monkeypatch.setattr(carrying._Step, "take", take)
    finished(row, limit=1)
    assert_whole()
    assert Entry.objects.filter(code="unit:ended").count() == 1


def standing():
    """Where everything hangs: units, and what hangs on them."""
    return (
        set(Unit.objects.filter(until=None).values_list("pk", "path", "division_code")),
        set(Department.objects.values_list("pk", "path")),
        set(StoredFile.unscoped.values_list("pk", "path")),
        set(RoleGrant.objects.values_list("account", "role", "unit", "enterprise")),
    )


@pytest.mark.parametrize("how", ["merge", "merge into a new one", "split", "move"])
def test_it_is_taken_back_by_another_one(cast, neighbour, how):
    account = make_account("office")
    grant(account, "officer", cast.tree.township)
    for unit in (cast.tree.township, neighbour):
        kept_at(unit)
        make_department(unit, f"{unit.name}应急办")
    before = standing()
    new = Receiver(kind="township", name="新街道", division_code="510104099", parent=cast.tree.county.pk)
    plan = {
        "merge": merging(cast.tree.township, into=neighbour),
        "merge into a new one": merging(cast.tree.township, neighbour, new=new),
        "split": splitting(cast, cast.tree.village),
        "move": Plan(MOVE, (Receiver(unit=cast.tree.other_county.pk),), moves=((cast.tree.township.pk, 0),)),
    }[how]
    row = finished(agreed(cast, planned(cast, plan)))
    assert standing() != before
    back = agreed(cast, planned(cast, undoing(row), undoes=row.pk))
    finished(back)
    assert standing() == before
    assert_whole()
    with pytest.raises(Conflict, match="undone-already"):
        undoing(row)
    assert timezone.is_aware(back.finished_at)


def test_sites_come_along_however_many_and_small_batches_do_not_matter(cast, neighbour):
    for number in range(12):
        make_site(cast.enterprise, cast.tree.township, f"分厂{number}")
    finished(agreed(cast, planned(cast, merging(cast.tree.township, into=neighbour))), limit=3)
    assert Unit.objects.filter(parent=neighbour, kind="site").count() == 15
    assert_whole()
