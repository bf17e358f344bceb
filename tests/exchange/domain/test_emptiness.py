"""Reports that say nothing are flagged, short real ones pass: measured on sentences labelled by hand."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zhiben.exchange.domain.emptiness import says_nothing

LABELLED = yaml.safe_load((Path(__file__).parent / "reports.yaml").read_text("utf-8"))


def test_precision_and_recall_on_labelled_reports(capsys):
    nothing, real = LABELLED["says_nothing"], LABELLED["real"]
    missed = [text for text in nothing if not says_nothing(text)]
    wronged = [(text, says_nothing(text)) for text in real if says_nothing(text)]
    found = len(nothing) - len(missed)
    precision, recall = found / (found + len(wronged)), found / len(nothing)
    with capsys.disabled():
        print(f"\nsays nothing: {len(nothing)} + {len(real)} reports, precision {precision:.3f}, recall {recall:.3f}")
    assert len(nothing) + len(real) >= 120
    assert precision >= 0.98, wronged
    assert recall >= 0.95, missed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "report:empty"), ("。。", "report:signs-only"), ("无", "report:none"), ("正常", "report:all-well"), ("一般", "report:vague"),
        ("1", "report:filler"), ("已整改", "report:fixed-only"), ("灭火器", "report:thing-only"),
    ],
)  # fmt: skip
def test_the_reason_is_told(text, reason):
    assert says_nothing(text) == reason


def test_the_check_item_repeated_says_nothing():
    item = "2、安全出口、疏散通道是否畅通；"
    assert says_nothing("安全出口、疏散通道是否畅通", item) == "report:repeats-item"
    assert says_nothing("安全出口、疏散通道不畅通", item) is None


@given(st.text(max_size=500), st.text(max_size=100))
def test_any_text_may_be_a_report(text, item):
    says_nothing(text, item)
