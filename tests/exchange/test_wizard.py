"""The import on screen, step by step, as plain posts: what a person without any script sees."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from exchange.ledgers import MIXED, good_rows, ledger

from zhiben.clocks.running import run_step, take_job
from zhiben.dangers.models import Danger, DuplicateProposal
from zhiben.exchange.models import Export, Import, Profile
from zhiben.exchange.web import imports

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def li(client, cast):
    client.force_login(cast.li.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def work():
    now = timezone.now() + timedelta(minutes=1)
    while held := take_job(now):
        while run_step(held, lambda: now):
            pass


def upload(client, unit, content, name="台账.xlsx", **options):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("exchange:import-new"), {"ledger": file, "unit": unit.pk, **options})


@pytest.fixture
def uploaded(li, cast, tmp_path):
    def go(rows=MIXED):
        answer = upload(li, cast.tree.county, ledger(tmp_path, rows).read_bytes())
        assert answer.status_code == 302, answer.content.decode()[:3000]
        return Import.unscoped.order_by("-created_at").first()

    return go


def choices(batch):
    return {f"column-{at}-{n}": c["field"] for at, h in enumerate(batch.heads) for n, c in enumerate(h["columns"])}


def page(client, batch, query=""):
    return client.get(reverse("exchange:import", args=[batch.pk]) + query).content.decode()


def read(li, batch, **options):
    answer = li.post(reverse("exchange:import-headings", args=[batch.pk]), choices(batch) | options)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    work()
    batch.refresh_from_db()


def test_the_whole_way_of_an_import(li, uploaded):
    batch = uploaded()
    assert "砂轮机" in page(li, batch) or "配电箱" in page(li, batch)  # sample values beside the headings
    assert "Day found" in page(li, batch)
    read(li, batch)
    shown = page(li, batch)
    assert "No such enterprise" in shown
    assert "Write only the 5 good rows" in shown
    assert Danger.unscoped.count() == 0
    refused = li.post(reverse("exchange:import-start", args=[batch.pk]))
    assert refused.status_code == 409
    li.post(reverse("exchange:import-start", args=[batch.pk]), {"accept_good": "1"})
    assert "Writing the accepted rows" in page(li, batch)
    work()
    done = page(li, batch)
    assert "What happens next" in done
    assert f"?batch={batch.pk}" in done
    assert Danger.unscoped.count() == 5
    listed = li.get(reverse("dangers:list") + f"?batch={batch.pk}").content.decode()
    assert "Brought in by one import" in listed
    back = li.get(reverse("exchange:import-answer", args=[batch.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(back.streaming_content)))
    assert book["台账"]["K7"].value == "rejected"
    li.post(reverse("exchange:import-void", args=[batch.pk]), {"reason": "传错了文件"})
    work()
    assert "This import was voided" in page(li, batch)
    assert "5 dangers were withdrawn" in page(li, batch)


def test_what_was_perhaps_told_before_is_shown_after_an_import(li, uploaded):
    batch = uploaded()
    read(li, batch)
    li.post(reverse("exchange:import-start", args=[batch.pk]), {"accept_good": "1"})
    work()
    assert "Dangers that were perhaps told before are looked for" in page(li, batch)
    first, second = Danger.unscoped.filter(closed_on__isnull=True).order_by("pk")[:2]
    place = {"unit": second.unit, "path": second.path, "enterprise": second.enterprise}
    DuplicateProposal.unscoped.create(first=first, second=second, score=70, found_at=timezone.now(), **place)
    assert "1 pair may be one danger told twice" in page(li, batch)
    address = reverse("dangers:duplicates") + f"?batch={batch.pk}"
    assert address in page(li, batch)
    assert first.number in li.get(address).content.decode()


def test_what_the_user_says_of_the_headings_is_kept_and_used_next_time(li, uploaded, cast):
    batch = uploaded(good_rows(3))
    posted = choices(batch) | {"column-0-6": "", "profile_name": "街道月报"}
    li.post(reverse("exchange:import-headings", args=[batch.pk]), posted)
    work()
    assert Profile.unscoped.get().name == "街道月报"
    again = uploaded(good_rows(4))
    assert again.profile_id
    assert 'value="街道月报"' in page(li, again)
    assert again.heads[0]["columns"][6]["field"] == ""


def test_one_field_twice_and_no_description_are_refused_with_all_that_was_chosen(li, uploaded):
    batch = uploaded(good_rows(2))
    twice = li.post(reverse("exchange:import-headings", args=[batch.pk]), choices(batch) | {"column-0-0": "place"})
    none = li.post(
        reverse("exchange:import-headings", args=[batch.pk]),
        choices(batch) | {"column-0-4": "", "profile_name": "试试"},
    )
    assert (twice.status_code, none.status_code) == (422, 422)
    assert "Two columns are meant to hold the same field" in twice.content.decode()
    assert "No column holds the description" in none.content.decode()
    assert 'value="试试"' in none.content.decode()
    assert Import.unscoped.get().stage == "uploaded"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "The file is empty"), (b"PK\x03\x04torn", "damaged"), (b"<html>x</html>" * 9, "This is no xlsx")],
)
def test_a_file_that_is_no_workbook_is_refused_above_the_form(li, cast, content, words):
    answer = upload(li, cast.tree.county, content, channel="inspection")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    assert 'value="inspection" selected' in shown
    assert not Import.unscoped.exists()


def test_a_form_without_a_file_is_refused(li, cast):
    answer = li.post(reverse("exchange:import-new"), {"unit": cast.tree.county.pk})
    assert answer.status_code == 422
    assert "No workbook was chosen" in answer.content.decode()


def test_an_import_is_hidden_from_strangers_and_the_list_too(uploaded, client, cast):
    batch = uploaded(good_rows(1))
    client.force_login(cast.zhang.account)
    for name in ("import", "import-progress", "import-answer"):
        assert client.get(reverse(f"exchange:{name}", args=[batch.pk])).status_code == 404
    for name in ("import-headings", "import-start", "import-void"):
        assert client.post(reverse(f"exchange:{name}", args=[batch.pk])).status_code == 404
    assert batch.name not in client.get(reverse("exchange:imports")).content.decode()
    client.force_login(cast.li.account)
    assert batch.name in client.get(reverse("exchange:imports")).content.decode()
    client.force_login(cast.gong.account)
    assert client.get(reverse("exchange:imports")).status_code == 404


def test_an_enterprise_is_offered_its_own_sites_only(client, cast):
    client.force_login(cast.wang.account)
    shown = client.get(reverse("exchange:import-new")).content.decode()
    assert cast.second_site.name in shown
    assert cast.tree.township.name not in shown
    assert "街道" not in shown.split("<select", 1)[1].split("</select>", 1)[0]
    assert upload(client, cast.tree.county, b"x").status_code == 404


def test_pages_speak_both_languages_and_say_the_problems_in_them(uploaded, li):
    batch = uploaded()
    read(li, batch)
    chinese = li.get(
        reverse("exchange:import", args=[batch.pk]), headers={"accept-language": "zh-hans"}
    ).content.decode()
    assert "只写入合格的 5 行" in chinese
    assert "在所选单位下找不到这家企业" in chinese
    assert "有 2 行被退回" in chinese
    assert "2 rows are rejected" in page(li, batch)


def test_rows_are_shown_by_verdict_and_problems_can_be_walked_alone(uploaded, li):
    batch = uploaded()
    read(li, batch)
    assert page(li, batch, "?show=rejected").count('scope="row"') == 2
    assert page(li, batch, "?show=repeated").count('scope="row"') == 1
    assert page(li, batch, "?show=problems").count('scope="row"') == 3
    assert page(li, batch, "?show=all").count('scope="row"') == 8
    assert page(li, batch, "?show=nonsense&page=x").count('scope="row"') == 8


def test_headings_can_be_corrected_after_the_preview(uploaded, li):
    batch = uploaded()
    read(li, batch)
    assert "Keep these headings under a name" in page(li, batch, "?headings")
    read(li, batch, **{"column-0-3": "recorded_on"})
    assert batch.stage == "previewed"
    assert batch.mapping["排查日期"] == "recorded_on"


def test_a_large_workbook_is_made_by_the_worker(uploaded, li, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 2)
    batch = uploaded(good_rows(4))
    read(li, batch)
    address = reverse("exchange:import-answer", args=[batch.pk])
    assert li.post(address).status_code == 302
    work()
    batch.refresh_from_db()
    assert batch.answer
    book = openpyxl.load_workbook(io.BytesIO(b"".join(li.get(address).streaming_content)))
    assert book["台账"]["K3"].value == "accepted"


def test_the_sample_ledger_may_be_saved_and_brought_in(li, cast):
    sample = b"".join(li.get(reverse("exchange:sample")).streaming_content)
    assert upload(li, cast.tree.county, sample).status_code == 302
    heads = {head["sheet"]: head["reason"] for head in Import.unscoped.get().heads}
    assert heads["2025年下半年"] == ""
    assert heads["填报说明"]


def test_progress_asks_again_while_it_runs_and_then_loads_the_page(uploaded, li):
    batch = uploaded(good_rows(3))
    li.post(reverse("exchange:import-headings", args=[batch.pk]), choices(batch))
    address = reverse("exchange:import-progress", args=[batch.pk])
    running = li.get(address)
    assert "hx-get" in running.content.decode()
    assert "HX-Refresh" not in running
    work()
    assert li.get(address)["HX-Refresh"] == "true"


def test_an_export_belongs_to_who_asked_for_it(uploaded, li, cast):
    batch = uploaded(good_rows(3))
    read(li, batch)
    li.post(reverse("exchange:import-start", args=[batch.pk]))
    work()
    assert "<b>3</b> rows" in li.get(reverse("exchange:export") + "?level=general").content.decode()
    li.post(reverse("exchange:export") + "?level=general", {"form": "csv"})
    made = Export.objects.get()
    assert "Writing the list" in li.get(reverse("exchange:export-page", args=[made.pk])).content.decode()
    work()
    text = b"".join(li.get(reverse("exchange:export-file", args=[made.pk])).streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Number,Found on,Enterprise")
    assert len(text.splitlines()) == 4
    li.force_login(cast.zhao.account)
    for name in ("export-page", "export-progress", "export-file"):
        assert li.get(reverse(f"exchange:{name}", args=[made.pk])).status_code == 404
