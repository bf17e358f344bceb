"""Dangers on the API: found, filtered, reported, moved, proved."""

from datetime import timedelta
from uuid import uuid4

import pytest
from callers import Caller
from dangers.stories import DUE, awaiting, confirmed, photo, rectifying, reported, step
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from make import DAY

from zhiben.dangers.domain.kinds import Level
from zhiben.dangers.models import Danger, Evidence
from zhiben.dangers.rest.shapes import DangerRow
from zhiben.files.models import StoredFile
from zhiben.journal.selectors.reading import history

PDF = b"%PDF-1.4\n%%EOF\n"


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [row["number"] for row in answer.json()["items"]]


def report(cast, **facts):
    told = {"unit": cast.site.pk, "description": "灭火器过期", "found_on": DAY.isoformat(), "channel": "self_check"}
    return told | facts


def test_the_rows_of_a_list_are_as_declared(cast):
    rectifying(cast)
    reported(cast, description="消防通道堵塞")
    rows = Caller(cast.li).get("/dangers").json()["items"]
    assert len(rows) == 2
    for row in rows:
        assert set(row) == set(DangerRow.model_fields)
        assert DangerRow.model_validate(row).model_dump(mode="json") == row


def test_pages_follow_each_other_without_gap_or_repeat(cast):
    made = [reported(cast, description=f"隐患{n}", found_on=DAY - timedelta(days=n % 3)).number for n in range(7)]
    caller, seen, after = Caller(cast.li), [], ""
    while True:
        answer = caller.get("/dangers", limit=3, after=after)
        seen += numbers(answer)
        after = answer.json()["next"]
        if after is None:
            break
    assert len(seen) == 7
    assert set(seen) == set(made)


def test_filters_narrow_the_list(cast):
    major = confirmed(cast, "major", description="有限空间未审批")
    general = rectifying(cast, description="配电箱未接地", found_on=DAY - timedelta(days=9))
    caller = Caller(cast.li)
    both = {major.number, general.number}
    cases = [
        ({"level": "major"}, {major.number}),
        ({"state": "rectifying"}, {general.number}),
        ({"state": ["rectifying", "confirmed"]}, both),
        ({"q": "配电箱"}, {general.number}),
        ({"found_from": DAY}, {major.number}),
        ({"found_to": DAY - timedelta(days=9)}, {general.number}),
        ({"found_to": DAY - timedelta(days=10)}, set()),
        ({"unit": "510104"}, both),
        ({"unit": cast.tree.other_county.path}, set()),
        ({"enterprise": cast.enterprise.pk}, both),
        ({"enterprise": cast.other_enterprise.pk}, set()),
        ({"owner": cast.gong.person.pk}, {general.number}),
        ({"overdue": "true"}, set()),
        ({"channel": "inspection"}, set()),
        ({"matter": "no-such"}, set()),
    ]
    for query, wanted in cases:
        assert set(numbers(caller.get("/dangers", **query))) == wanted, query


def test_a_stranger_sees_none_of_it(cast):
    danger = reported(cast)
    stranger = Caller(cast.zhang)
    assert numbers(stranger.get("/dangers")) == []
    for path in ("", "/moves", "/history", "/files"):
        assert stranger.get(f"/dangers/{danger.pk}{path}").status_code == 404
    assert stranger.get(f"/dangers/uid/{danger.uid}").status_code == 404
    assert stranger.post(f"/dangers/{danger.pk}/moves", {"move": "confirm", "level": "general"}).status_code == 404


def test_a_unit_that_is_none_is_not_an_empty_list(cast):
    assert Caller(cast.li).get("/dangers", unit="999999").json()["code"] == "unit:not-found"


@pytest.mark.parametrize("after", ["nonsense", "WyJ4IiwxXQ", "WzFd"])
def test_a_cursor_that_is_none_is_refused(cast, after):
    answer = Caller(cast.li).get("/dangers", after=after)
    assert (answer.status_code, answer.json()["code"]) == (422, "page:unknown-cursor")


def test_a_report_comes_in_once_by_its_uid(cast):
    caller, uid = Caller(cast.gong), str(uuid4())
    first = caller.post("/dangers", report(cast, uid=uid))
    again = caller.post("/dangers", report(cast, uid=uid))
    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert first.json()["uid"] == uid
    assert first.json() | {"is_new": False} == again.json()
    assert Danger.unscoped.count() == 1


@pytest.mark.parametrize("way", ["path", "pk"])
def test_the_unit_of_a_report_is_named_by_path_or_number(cast, way):
    assert Caller(cast.gong).post("/dangers", report(cast, unit=getattr(cast.site, way))).status_code == 201


def test_a_report_from_outside_is_not_taken(cast):
    answer = Caller(cast.zhang).post("/dangers", report(cast))
    assert (answer.status_code, answer.json()["code"]) == (404, "unit:not-found")


def test_a_slip_in_a_fields_name_is_refused(cast):
    answer = Caller(cast.gong).post("/dangers", report(cast, descripton="x"))
    assert answer.status_code == 422
    assert answer.json()["facts"]["errors"][0]["field"].endswith("descripton")


def test_a_danger_is_told_with_all_that_lies_beside_it(cast):
    danger = awaiting(cast, "major")
    body = Caller(cast.li).get(f"/dangers/{danger.pk}").json()
    assert body["state"] == "awaiting_acceptance"
    assert {one["kind"] for one in body["evidence"]} == {"photo_before", "photo_after"}
    assert {one["role"] for one in body["participants"]} >= {"finder", "confirmer", "owner", "rectifier"}
    assert [one["channel"] for one in body["sources"]] == ["self_check"]
    assert len(body["five"]) == 5
    current = [one for one in body["deadlines"] if one["is_current"]]
    assert current
    assert all(one["basis"]["zh"] and one["basis"]["en"] for one in current)
    assert {"sign_off", "return"} <= {one["move"] for one in body["moves"]}
    assert Caller(cast.li).get(f"/dangers/uid/{danger.uid}").json() == body


def test_the_steps_say_what_they_need_and_what_stands_against_them(cast):
    danger = reported(cast, by=cast.wang)
    offers = {one["move"]: one for one in Caller(cast.wang).get(f"/dangers/{danger.pk}/moves").json()}
    assert offers["confirm"]["is_open"]
    assert offers["confirm"]["to_give"] == ["level"]
    step(danger, "confirm", cast.zhou, level=Level.GENERAL)
    step(danger, "assign", cast.zhou, owner=cast.gong.person.pk, due_on=DUE)
    step(danger, "submit", cast.gong, report="已更换")
    blocked = {one["move"]: one for one in Caller(cast.wang).get(f"/dangers/{danger.pk}/moves").json()}
    assert not blocked["accept"]["is_open"]
    assert blocked["accept"]["reasons"] == ["danger:separation-of-duties"]


def test_a_danger_is_taken_through_its_loop(cast):
    made = Caller(cast.gong).post("/dangers", report(cast)).json()
    path, wang, li = f"/dangers/{made['id']}/moves", Caller(cast.wang), Caller(cast.li)
    assert wang.post(path, {"move": "confirm", "level": "general"}).json()["state"] == "confirmed"
    due = (timezone.localdate() + timedelta(days=5)).isoformat()
    step = {"move": "assign", "owner": cast.gong.person.pk, "due_on": due}
    assert wang.post(path, step).json() == {"id": made["id"], "state": "rectifying", "version": 3}
    assert Caller(cast.gong).post(path, {"move": "submit", "report": "已更换"}).status_code == 200
    refused = Caller(cast.gong).post(path, {"move": "accept"})
    assert refused.status_code == 403
    assert wang.post(path, {"move": "accept"}).json()["state"] == "signed_off"
    codes = [one["code"] for one in li.get(f"/dangers/{made['id']}/history").json()]
    assert codes[0] == "danger:found"
    assert "danger:signed-off" in codes


def test_what_a_step_lacks_is_named(cast):
    danger = reported(cast)
    answer = Caller(cast.wang).post(f"/dangers/{danger.pk}/moves", {"move": "confirm"})
    assert (answer.status_code, answer.json()["code"]) == (422, "danger:needs-level")
    assert answer.json()["facts"]["field"] == "level"


def test_whoever_was_faster_is_told_by_409(cast):
    danger = confirmed(cast)
    answer = Caller(cast.wang).post(
        f"/dangers/{danger.pk}/moves", {"move": "assign", "owner": cast.gong.person.pk, "due_on": "2099-01-01",
                                        "version": 1},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (409, "danger:already-moved")


def upload(caller, danger, name="报告.pdf", content=PDF, **fields):
    fields = {"kind": "report", **fields}
    return caller.upload(f"/dangers/{danger.pk}/files", file=SimpleUploadedFile(name, content), **fields)


def test_a_file_is_laid_beside_a_danger_and_comes_back_as_it_was(cast, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    danger, caller = reported(cast), Caller(cast.gong)
    answer = upload(caller, danger)
    assert answer.status_code == 201, answer.content
    kept = answer.json()
    assert (kept["name"], kept["purpose"], kept["size"]) == ("报告.pdf", "report", len(PDF))
    assert Evidence.objects.get().kind == "report"
    assert [one["id"] for one in caller.get(f"/dangers/{danger.pk}/files").json()] == [kept["id"]]
    assert caller.get(f"/files/{kept['id']}").json() == kept
    content = caller.get(f"/files/{kept['id']}/content")
    assert b"".join(content.streaming_content) == PDF
    assert content["Content-Disposition"].startswith("attachment")
    assert "sandbox" in content["Content-Security-Policy"]
    codes = [entry.code for entry in history(f"danger/{danger.pk}")]
    assert codes[-2:] == ["file:kept", "danger:evidence-added"]


def test_a_file_with_an_id_of_the_clients_comes_once(cast, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    danger, caller, id_ = reported(cast), Caller(cast.gong), str(uuid4())
    first, again = (upload(caller, danger, id=id_) for _ in range(2))
    assert first.json() == again.json()
    assert first.json()["id"] == id_
    assert (StoredFile.unscoped.count(), Evidence.objects.count()) == (1, 1)
    other = upload(caller, danger, content=PDF + b"%", id=id_)
    assert (other.status_code, other.json()["code"]) == (409, "file:id-taken")


def test_a_form_with_a_key_is_known_by_what_it_holds(cast, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    danger, caller = reported(cast), Caller(cast.gong)
    caller.headers["Idempotency-Key"] = "photo-1"
    first, again = (upload(caller, danger) for _ in range(2))
    assert again["Idempotent-Replay"] == "true"
    assert first.json() == again.json()
    assert StoredFile.unscoped.count() == 1
    assert upload(caller, danger, content=PDF + b"%").status_code == 409


def test_a_file_already_laid_may_be_named_with_a_step(cast, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    danger = rectifying(cast)
    file = upload(Caller(cast.gong), danger).json()["id"]
    step = {"move": "submit", "proofs": [{"kind": "report", "file": file}] * 2}
    assert Caller(cast.gong).post(f"/dangers/{danger.pk}/moves", step).status_code == 200
    assert Evidence.objects.count() == 1


def test_a_file_of_another_danger_proves_nothing(cast):
    danger, other = rectifying(cast), reported(cast, description="护栏松动")
    proof = photo(other)
    step = {"move": "submit", "report": "已更换", "proofs": [{"kind": "photo_after", "file": str(proof.file)}]}
    answer = Caller(cast.gong).post(f"/dangers/{danger.pk}/moves", step)
    assert (answer.status_code, answer.json()["code"]) == (422, "danger:file-not-on-danger")


@pytest.mark.parametrize("who", ["zhang", "he"])
def test_a_stranger_keeps_no_file_here_and_cannot_tell_the_danger_exists(cast, who):
    answer = upload(Caller(getattr(cast, who)), reported(cast))
    assert (answer.status_code, answer.json()["code"]) == (404, "danger:not-found")
    assert not StoredFile.unscoped.exists()


def test_who_only_looks_keeps_no_file(cast):
    assert upload(Caller(cast.su), reported(cast)).status_code == 403


def test_a_file_of_a_kind_that_is_not_taken_is_refused(cast):
    answer = upload(Caller(cast.gong), reported(cast), name="x.exe", content=b"MZ\0\0")
    assert (answer.status_code, answer.json()["code"]) == (422, "file:type-not-allowed")


def test_a_file_too_large_is_refused_by_its_own_status(cast, settings, tmp_path):
    settings.FILES_ROOT, settings.FILES_MAX_BYTES = tmp_path, 10
    answer = upload(Caller(cast.gong), reported(cast))
    assert (answer.status_code, answer.json()["code"]) == (413, "file:too-large")
