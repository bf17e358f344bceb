"""Real headings find their field: measured over 219 labelled by hand, and over others nobody tuned for."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zhiben.exchange.domain.fields import LABELS, Field
from zhiben.exchange.domain.headings import legend_of, normalised_heading, recognise, unit_of

HERE = Path(__file__).parent


def field_of(heading):
    found = recognise(heading)
    return found.field.value if found else None


def wrong_among(labelled):
    return [(heading, wanted, field_of(heading)) for heading, wanted in labelled if field_of(heading) != wanted]


def test_at_least_95_of_100_real_headings_are_mapped_right(capsys):
    sets = yaml.safe_load((HERE / "headings.yaml").read_text("utf-8"))
    labelled = [(one[0], one[1]) for part in sets for one in part["headings"]]
    wrong = wrong_among(labelled)
    with capsys.disabled():
        print(
            f"\nheadings: {len(labelled) - len(wrong)} of {len(labelled)} right ({1 - len(wrong) / len(labelled):.1%})"
        )
    assert len(labelled) == 219
    assert 1 - len(wrong) / len(labelled) >= 0.95, wrong


def test_headings_nobody_tuned_for_are_mapped_nearly_as_well(capsys):
    labelled = [tuple(one) for one in yaml.safe_load((HERE / "headings_unseen.yaml").read_text("utf-8"))]
    wrong = wrong_among(labelled)
    with capsys.disabled():
        print(f"\nheadings written apart: {len(labelled) - len(wrong)} of {len(labelled)} right {wrong}")
    assert 1 - len(wrong) / len(labelled) >= 0.9, wrong


def test_every_labelled_field_exists_and_has_names_in_both_languages():
    sets = yaml.safe_load((HERE / "headings.yaml").read_text("utf-8"))
    used = {one[1] for part in sets for one in part["headings"] if one[1]}
    assert used <= {field.value for field in Field}
    assert set(LABELS) == set(Field)
    assert all(zh and en for zh, en in LABELS.values())


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("＊隐患　描述", "description"),
        ("隐患\n描述", "description"),
        ("整改资金（万元）", "funds"),
        ("【必填】隐患描述", "description"),
        ("整改责任人/部门", "responsible_person"),
    ],
)
def test_width_space_notes_and_marks_do_not_matter(heading, field):
    assert field_of(heading) == field


def test_a_heading_explains_its_codes_and_its_unit():
    assert legend_of("是否整改 0:未整改 1：已整改") == {"0": "未整改", "1": "已整改"}
    assert legend_of("第1季度：数") == {}
    assert unit_of("整改资金（万元）") == "万元"
    assert unit_of("整改资金") == ""


@given(st.text(max_size=80))
def test_any_text_may_be_a_heading(text):
    assert normalised_heading(normalised_heading(text)) is not None
    recognise(text)
    legend_of(text)
