"""The whole way in, as users go it: a file, its sheets, its rows, on the formats offices send."""

import csv
import json
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from exchange import make_files as make

from zhiben.exchange import reader
from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.ledgers import Ledger, read_ledger
from zhiben.exchange.domain.rows import Context, LedgerRow
from zhiben.exchange.domain.tables import Skipped, SkippedLine
from zhiben.exchange.reader import open_workbook, read_workbook

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(reader.__file__).parent / "samples" / "隐患排查治理台账（示例）.xlsx"
NAUGHTY = Path(__file__).parent / "samples" / "naughty_strings" / "blns.base64.json"
TODAY = Context(date(2025, 12, 31))
ROWS = [
    ["示例街道2025年隐患台账"],
    ["序号", "单位名称", "检查时间", "存在问题", "隐患级别", "整改期限", "整改情况"],
    [1, "示例机械01有限公司", date(2025, 3, 5), "砂轮机无防护罩", "一般", "2025.3.20", "已整改"],
    [2, "示例机械01有限公司", "2025年3月6日", "配电箱门未关，\n线头裸露", "一般隐患", "3日内", "未整改"],
    [3, "示例酒店01有限公司", 45722, "疏散通道堵塞；应急灯不亮", "重大", "20250401", "√"],
    [4, "示例酒店01有限公司", "2025-02-30", "灭火器过期", "重大", None, "整改中"],
]


def lines_of(path):
    """Every ledger line of a file, and its sheets that are none."""
    lines, skipped = [], []
    with open_workbook(path) as reading:
        for head, rows in reading.sheets():
            found = read_ledger(head, rows, TODAY)
            if isinstance(found, Skipped):
                skipped.append((found.sheet, found.reason))
            else:
                lines += found.lines
    return lines, skipped


def write_csv(path, encoding):
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows([["" if cell is None else cell for cell in row] for row in ROWS])
    return path


def told(lines):
    return [
        (line.row, line.text(Field.ENTERPRISE_NAME), line.found_on, line.description, line.level, line.status,
         [problem.code for problem in line.problems])
        for line in lines
        if isinstance(line, LedgerRow)
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "xls", "utf-8-sig", "gb18030", "utf-16"])
def test_one_ledger_reads_alike_in_every_format(tmp_path, form):
    path = tmp_path / "台账.dat"
    if form in {"xlsx", "xls"}:
        (make.write_xlsx if form == "xlsx" else make.write_xls)(path, ROWS)
    else:
        write_csv(path, form)
    lines, _ = lines_of(path)
    assert told(lines) == [
        (3, "示例机械01有限公司", date(2025, 3, 5), "砂轮机无防护罩", "general", "closed", []),
        (4, "示例机械01有限公司", date(2025, 3, 6), "配电箱门未关，\n线头裸露", "general", "open", []),
        (5, "示例酒店01有限公司", date(2025, 3, 6), "疏散通道堵塞；应急灯不亮", "major", "closed", []),
        (6, "示例酒店01有限公司", None, "灭火器过期", "major", "open", ["date:impossible"]),
    ]
    assert lines[1].limit.days == 3


def test_the_shipped_sample_has_five_rows_to_refuse_and_three_repeats():
    lines, skipped = lines_of(SAMPLE)
    rows = [line for line in lines if isinstance(line, LedgerRow)]
    refused = [line for line in rows if line.is_rejected]
    assert skipped == [("填报说明", "sheet:no-header"), ("Sheet3", "sheet:empty")]
    assert [line.reason for line in lines if isinstance(line, SkippedLine)] == [
        "line:header",
        "line:total",
        "line:note",
        "line:note",
    ]
    assert len(rows) == 115
    assert Counter(problem.code for line in refused for problem in line.problems) == Counter(
        ["description:missing", "date:impossible", "level:unknown", "date:name", "status:unknown"]
    )
    keys = Counter(line.key(line.enterprise_key) for line in rows if not line.is_rejected)
    assert sum(count - 1 for count in keys.values()) == 3
    assert {line.nothing_said for line in rows} == {"", "report:fixed-only", "report:none"}
    assert sum(line.status == "closed" for line in rows) > 60
    assert sum(line.level == "major" for line in rows) >= 10
    assert all(line.text(Field.ENTERPRISE_NAME).startswith("示例") for line in rows)
    assert max(line.found_on for line in rows if line.found_on) < date(2025, 12, 31)
    swapped = next(line for line in rows if any(one.code == "cells:swapped" for one in line.warnings))
    assert swapped.found_on == date(2025, 8, 12)


def test_the_sample_is_what_its_script_writes(tmp_path):
    code = f"import sys; sys.path.insert(0, 'scripts'); import make_sample_ledger as m; m.write(m.Path({str(tmp_path / 's.xlsx')!r}))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    assert read_workbook(tmp_path / "s.xlsx").sheets == read_workbook(SAMPLE).sheets


def test_hostile_strings_in_every_column_are_read_or_refused_never_a_crash(tmp_path):
    strings = [b64decode(one).decode("utf-8", "ignore") for one in json.loads(NAUGHTY.read_text())]
    header = [
        "序号",
        "单位名称",
        "检查时间",
        "存在问题",
        "隐患级别",
        "整改期限",
        "整改资金",
        "检查人",
        "是否整改",
        "隐患来源",
    ]
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for number, text in enumerate(strings):
            clean = text.replace("\0", "")
            writer.writerow([number, *[clean] * (len(header) - 1)])
    lines, _ = lines_of(path)
    assert len(lines) == len(strings)
    assert sum(isinstance(line, LedgerRow) for line in lines) > 400


def test_a_large_ledger_streams_and_keeps_its_row_numbers(tmp_path):
    day = date(2025, 1, 1)
    rows = [
        ROWS[1],
        *[
            [n, f"示例{n % 50}有限公司", day + timedelta(days=n % 300), f"{n}号灯坏", "一般", None, "已整改"]
            for n in range(5000)
        ],
    ]
    path = make.write_xlsx(tmp_path / "large.xlsx", rows)
    with open_workbook(path) as reading:
        head, stream = next(reading.sheets())
        ledger = read_ledger(head, stream, TODAY)
        assert isinstance(ledger, Ledger)
        numbers = [line.row for line in ledger.lines]
    assert numbers == list(range(2, 5002))
