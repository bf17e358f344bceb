"""A unit's own templates: drafts, versions in force from a day, what was made before keeps its own; offices and codes."""

from datetime import timedelta

import pytest
from letters import draft, issue, stored
from make import DAY, NOW

from zhiben.documents.domain.shipped import shipped_source
from zhiben.documents.models import TemplateVersion
from zhiben.documents.selectors.filling import flow_for
from zhiben.documents.services.templates import save_template, set_office, start_template
from zhiben.kernel.errors import Conflict, Invalid, NotFound

pytestmark = pytest.mark.django_db

KIND = "order:rectify"
OURS = shipped_source("dangers/rectify").replace("责令限期整改指令书", "整改令")


def saved(cast, source=OURS, unit=None, by=None):
    return save_template((unit or cast.tree.county).pk, KIND, source, actor=(by or cast.zhao).actor, now=NOW)


def started(cast, row, since=DAY, now=NOW):
    start_template(row.pk, since, actor=cast.zhao.actor, now=now)
    return TemplateVersion.objects.get(pk=row.pk)


def test_a_draft_holds_nowhere_until_it_is_put_in_force(cast):
    row = saved(cast)
    assert stored(draft(cast)).title_zh == "责令限期整改指令书"
    started(cast, row)
    assert stored(draft(cast)).title_zh == "整改令"


def test_a_draft_is_written_over_and_a_version_in_force_never(cast):
    first = saved(cast)
    assert saved(cast, OURS.replace("整改令", "令")).pk == first.pk
    started(cast, first)
    second = saved(cast)
    assert (second.pk, second.version) != (first.pk, 1)
    with pytest.raises(Conflict, match="template:in-force-already"):
        started(cast, first)


def test_documents_keep_the_version_they_were_made_with(cast):
    started(cast, saved(cast))
    before, issued = draft(cast), draft(cast)
    issue(cast, issued)
    started(cast, saved(cast, OURS.replace("整改令", "新令")))
    assert flow_for(stored(before), "zh")["title"] == "整改令"
    assert flow_for(stored(issued), "zh")["title"] == "整改令"
    assert stored(draft(cast)).title_zh == "新令"


def test_it_holds_from_its_day_on_and_not_in_the_past(cast):
    row = saved(cast)
    with pytest.raises(Invalid, match="template:in-the-past"):
        started(cast, row, since=DAY - timedelta(days=1))
    started(cast, row, since=DAY + timedelta(days=3))
    assert stored(draft(cast)).title_zh == "责令限期整改指令书"


def test_a_wrong_field_is_refused_with_its_place_before_anything_is_kept(cast):
    with pytest.raises(Invalid, match="template:unknown-field") as refused:
        saved(cast, OURS.replace("{due_on}", "{due}", 1))
    assert refused.value.facts["place"] == "blocks 3 › text › zh"
    assert not TemplateVersion.objects.exists()


def test_the_nearest_unit_with_its_own_version_counts(cast):
    started(cast, saved(cast))
    assert stored(draft(cast)).template.unit == cast.tree.county
    other = draft(cast, department_id=cast.other_department.pk, by=cast.zhao)
    assert stored(other).template is None


def test_templates_of_another_county_are_not_ones_own(cast):
    row = saved(cast)
    with pytest.raises(NotFound):
        saved(cast, by=cast.zhang)
    with pytest.raises(NotFound):
        start_template(row.pk, DAY, actor=cast.zhang.actor, now=NOW)
    with pytest.raises(NotFound):
        set_office(cast.department.pk, code="锦", mark_zh="", mark_en="", actor=cast.zhang.actor, now=NOW)


def test_an_office_numbers_by_its_code_and_shows_its_mark(cast):
    for code in ("", "锦 应急", "锦〔1〕"):
        with pytest.raises(Invalid, match="office:unfit-code"):
            set_office(cast.department.pk, code=code, mark_zh="", mark_en="", actor=cast.zhao.actor, now=NOW)
    told = {"code": "锦应急", "mark_zh": "锦江应急", "mark_en": "Jinjiang Emergency Bureau"}
    set_office(cast.department.pk, **told, actor=cast.zhao.actor, now=NOW)
    one = draft(cast)
    assert issue(cast, one) == "锦应急责改〔2026〕1号"
    assert flow_for(stored(one), "en")["mark"] == "Jinjiang Emergency Bureau"
    assert flow_for(stored(one), "zh")["mark"] == "锦江应急"


def test_the_pages_edit_preview_and_start(client, cast):
    client.force_login(cast.zhao.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    address = f"/documents/templates/{cast.tree.county.pk}/{KIND}/"
    assert address in client.get("/documents/templates/").text
    assert "data:image/png;base64" in client.get(address).text
    wrong = OURS.replace("{due_on}", "{due}", 1)
    assert "blocks 3 › text › zh" in client.post(f"{address}preview/", {"source": wrong}).text
    answer = client.post(address, {"source": wrong})
    assert answer.status_code == 422
    assert "{due}" in answer.text
    client.post(address, {"source": OURS})
    row = TemplateVersion.objects.get()
    start = f"/documents/templates/versions/{row.pk}/start/"
    assert client.post(start, {"since": "soon"}).status_code == 422
    client.post(start, {"since": "2126-01-01"})
    assert TemplateVersion.objects.get().since.year == 2126
    client.post(f"/documents/offices/{cast.department.pk}/", {"code": "锦应急"})
    assert "锦应急" in client.get("/documents/templates/").text
    client.force_login(cast.zhang.account)
    doors = [client.post(start, {"since": "2126-01-01"}), client.post(f"/documents/offices/{cast.department.pk}/")]
    assert [answer.status_code for answer in (client.get(address), client.post(f"{address}preview/"), *doors)] == [
        404
    ] * 4
