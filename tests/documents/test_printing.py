"""Many documents as one PDF: made by the worker, kept for whoever asked, of what they may see."""

import pytest
from django.utils import timezone
from letters import draft, issue
from make import NOW

from zhiben.clocks.running import run_step, take_job
from zhiben.documents.models import PrintRun
from zhiben.documents.selectors.reading import Wanted
from zhiben.documents.services import printing
from zhiben.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def work():
    """What a worker does with all that waits."""
    while held := take_job(timezone.now()):
        while run_step(held, timezone.now):
            pass


def test_all_that_fit_are_drawn_by_the_worker_and_saved_by_who_asked(client, cast):
    drafts = [draft(cast) for _ in range(3)]
    issue(cast, drafts[0])
    client.force_login(cast.zhao.account)
    run_page = client.post("/documents/prints/?state=draft").url
    run = PrintRun.objects.get()
    assert run.documents == 2
    assert client.get(f"{run_page}file/").status_code == 404
    assert "progress" in client.get(run_page).text
    work()
    content = b"".join(client.get(f"{run_page}file/").streaming_content)
    assert content.startswith(b"%PDF")
    assert client.get(f"{run_page}progress/").headers["HX-Refresh"] == "true"
    client.force_login(cast.li.account)
    answers = [client.get(run_page), client.get(f"{run_page}file/"), client.get(f"{run_page}progress/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_only_what_the_asker_may_see_is_drawn(cast):
    draft(cast)
    with pytest.raises(Invalid, match="document:none-chosen"):
        printing.start_print(Wanted(), language="en", actor=cast.zhou.actor, now=NOW)


def test_too_many_are_refused(cast, monkeypatch):
    monkeypatch.setattr(printing, "MOST", 1)
    draft(cast), draft(cast)
    with pytest.raises(Invalid, match="document:too-many"):
        printing.start_print(Wanted(), language="en", actor=cast.zhao.actor, now=NOW)
