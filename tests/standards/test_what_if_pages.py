"""A what-if on screen, over the wire and by command: reached, refused with place and reason, cut to what one may see."""

import json
from pathlib import Path

import pytest
from clocks.test_jobs import clock_from, run_all
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from make import DAY, NOW

from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law import store
from zhiben.standards.pack_starts import STARTS
from zhiben.standards.public import NewFact, record_facts
from zhiben.standards.services.packs import start_pack

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
COUNT = "special_ops_uncertified_count"
CHANGED = f"gongmao-2023/3(2)/{COUNT}=1"
PACK = (store.PACKS / "standards/gongmao-2023.yaml").read_text("utf-8")
HIGHER = PACK.replace(f"{COUNT} > 0", f"{COUNT} > 1", 1)
WRONG = PACK.replace(f"{COUNT} > 0", "no_such_fact > 0", 1)


@pytest.fixture
def web(client, cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 1, DAY)], actor=SYSTEM, now=NOW)

    def enter(player):
        client.force_login(player.account)
        return client

    return enter


def tried(web, **typed):
    return web.post(reverse("standards:what-if"), typed, headers=ENGLISH)


def test_a_changed_value_is_tried_and_told_by_unit_and_industry(web, cast):
    page = tried(web(cast.zhao), unit=cast.tree.county.path, changes=CHANGED).text
    assert "In 锦江区 <b>1</b> of 1 enterprises would change:" in page
    assert "no longer at <b>1</b>" in page
    assert cast.tree.township.name in page
    assert reverse("orgs:enterprise", args=[cast.enterprise.pk]) in page
    other = tried(web(cast.zhang), changes=CHANGED).text
    assert "<b>0</b> of" in other


def test_each_number_opens_the_enterprises_it_counts(web, cast):
    typed = {"unit": cast.tree.county.path, "changes": CHANGED}
    name, township = cast.enterprise.name, cast.tree.township
    for of in (f"unit:{township.pk}", "industry:machinery"):
        assert f'value="{of}:no_longer_present:0"' in tried(web(cast.zhao), **typed).text
        page = tried(web(cast.zhao), **typed, show=f"{of}:no_longer_present:0").text
        assert "No longer present" in page.split('id="who"')[1].split("</section>")[0]
        assert name in page.split('id="who"')[1].split("</section>")[0]
        assert (
            name
            not in tried(web(cast.zhao), **typed, show=f"{of}:newly_present:0")
            .text.split('id="who"')[1]
            .split("</section>")[0]
        )
    strange = ("unit:²:changed:0", "unit:1:changed:²", f"unit:{'9' * 5000}:changed:0")
    for nonsense in (
        "unit:x:changed",
        "industry:nothing:changed:0",
        "unit::no",
        "::::::",
        "unit:1:changed:-1",
        "'",
        *strange,
    ):
        assert tried(web(cast.zhao), **typed, show=nonsense).status_code == 200


def test_a_draft_is_tried_as_a_file_and_as_text(web, cast):
    upload = SimpleUploadedFile("draft.yaml", HIGHER.encode())
    for typed in ({"file": upload}, {"pack": HIGHER}):
        assert "no longer at <b>1</b>" in tried(web(cast.zhao), unit=cast.tree.county.path, **typed).text


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"pack": WRONG}, "no_such_fact"), ({"pack": "id: a\nid: b"}, "line 2"), ({}, "Nothing to try"),
        ({"changes": "rubbish"}, "rubbish"), ({"changes": CHANGED.replace("=1", "=many")}, "number"),
        ({"edition": "no-such"}, "no-such"), ({"changes": CHANGED, "on": "2026-02-30"}, "2026-02-30"),
    ],
)  # fmt: skip
def test_what_cannot_be_tried_is_refused_and_kept_in_the_form(web, cast, typed, word):
    answer = tried(web(cast.zhao), unit=cast.tree.county.path, **typed)
    assert answer.status_code == 422
    assert word in answer.text


def test_a_wrong_draft_is_refused_in_its_line(web, cast):
    line = next(at for at, text in enumerate(WRONG.splitlines(), 1) if "no_such_fact > 0" in text)
    assert f"ine {line}" in tried(web(cast.zhao), unit=cast.tree.county.path, pack=WRONG).text


def test_many_enterprises_are_left_to_a_worker(web, cast, monkeypatch):
    for module in ("services.what_ifs", "trying"):
        monkeypatch.setattr(f"zhiben.standards.{module}.AT_ONCE", 1)
    begun = tried(web(cast.su), unit=cast.tree.city.path, changes=CHANGED, edition="gongmao-2017")
    assert begun.status_code == 302
    assert "Enterprises compared" in web(cast.su).get(begun.url, headers=ENGLISH).text
    assert web(cast.zhao).get(begun.url).status_code == 404
    run_all(clock_from(NOW))
    page = web(cast.su).get(begun.url, headers=ENGLISH).text
    assert "of 3 enterprises would change" in page
    assert "no longer at <b>1</b>" in page
    assert CHANGED in page
    assert 'value="gongmao-2017" selected' in page
    page = web(cast.su).get(begun.url, {"show": f"unit:{cast.tree.county.pk}:changed:0"}, headers=ENGLISH).text
    assert cast.enterprise.name in page.split('id="who"')[1].split("</section>")[0]
    assert web(cast.zhao).get(begun.url, {"show": "unit::changed:0"}).status_code == 404


def test_over_the_wire_it_is_the_same(web, cast):
    sent = {"content_type": "application/json"}
    body = {"unit": cast.tree.county.path, "changes": [CHANGED]}
    told = web(cast.zhao).post("/api/v1/what-ifs", body, **sent).json()
    assert "listed" not in told["answer"]
    assert (told["state"], told["answer"]["changed"], told["answer"]["no_longer_present"]) == ("done", 1, 1)
    wrong = web(cast.zhao).post("/api/v1/what-ifs", {"unit": cast.tree.county.path, "packs": [WRONG]}, **sent)
    assert wrong.status_code == 422
    assert wrong.json()["facts"]["problems"][0]["line"] > 1
    assert web(cast.zhang).post("/api/v1/what-ifs", body, **sent).status_code in {403, 404}
    assert web(cast.zhao).get("/api/v1/what-ifs/00000000-0000-0000-0000-000000000000").status_code == 404


def test_the_command_tells_every_enterprise(cast, web, capsys, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    draft = tmp_path / "draft.yaml"
    draft.write_text(HIGHER, "utf-8")
    for given in (["--pack", str(draft)], ["--set", CHANGED]):
        call_command("standards", "what-if", *given, "--on", DAY.isoformat(), "--enterprises", "--json")
        told = json.loads(capsys.readouterr().out)
        assert [one["enterprise"] for one in told["changes"]] == [cast.enterprise.pk]
    call_command(
        "standards", "what-if", "--set", CHANGED, "--unit", cast.tree.other_county.path, "--on", DAY.isoformat()
    )
    assert "2 enterprises, of which 0 would change" in capsys.readouterr().out
    with pytest.raises(NotFound):
        call_command("standards", "what-if", "--pack", str(tmp_path / "none.yaml"))
    (tmp_path / "noise.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid):
        call_command("standards", "what-if", "--pack", str(tmp_path / "noise.yaml"))


def test_a_draft_of_a_region_is_tried_before_anybody_adopts_it(web, cast):
    text = STARTS["standards"].replace("{slug}", "jinjiang-trial")
    start_pack(cast.tree.county, "standards", "jinjiang-trial", text, actor=cast.zhao.actor, now=NOW)
    form = web(cast.zhao).get(reverse("standards:what-if"), {"draft": "jinjiang-trial"}, headers=ENGLISH).text
    assert 'value="jinjiang-trial" selected' in form
    told = tried(web(cast.zhao), unit=cast.tree.county.path, draft="jinjiang-trial")
    assert "– → jinjiang-trial" in told.text
    assert 'jinjiang-trial"' not in web(cast.zhang).get(reverse("standards:what-if")).text
    assert tried(web(cast.zhang), draft="jinjiang-trial").status_code == 422
