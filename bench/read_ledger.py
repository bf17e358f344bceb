"""Read and classify a ledger of 100,000 rows × 12 columns; prints JSON with the peer (openpyxl) on the same file.

`python bench/read_ledger.py [--rows N] [--no-peer]`
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import xlsxwriter

from zhiben.exchange.domain.ledgers import read_ledger
from zhiben.exchange.domain.rows import Context, LedgerRow
from zhiben.exchange.domain.tables import Skipped
from zhiben.exchange.reader import open_workbook

HEADER = [
    "序号",
    "企业名称",
    "场所（部位）",
    "排查日期",
    "检查人",
    "隐患描述",
    "隐患级别",
    "整改措施",
    "责任人",
    "整改资金（万元）",
    "整改期限",
    "是否整改",
]
THINGS = ["灭火器", "配电箱", "疏散通道", "叉车", "储罐", "行车", "防护罩", "应急灯", "报警器", "气瓶"]
FAULTS = ["过期", "损坏", "被占用", "未检验", "缺失", "失效", "老化", "未接地", "无记录", "锈蚀"]


def write(path, rows):
    chance = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["2024年隐患排查治理台账"])
    sheet.write_row(1, 0, HEADER)
    for number in range(rows):
        day = date(2024, 1, 1) + timedelta(days=chance.randrange(300))
        form = number % 4
        written = [
            f"{day:%Y-%m-%d}",
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day:%Y%m%d}",
        ][form]
        text = f"{chance.randrange(200)}号{chance.choice(THINGS)}{chance.choice(FAULTS)}，需{chance.choice(['更换', '维修', '清理'])}"
        due = day + timedelta(days=15)
        sheet.write_row(
            number + 2, 0,
            [number + 1, f"示例企业{number % 4000:04d}有限公司", f"{number % 17}车间", written, "张伟", text, "重大" if number % 40 == 0 else "一般",
             "立即更换并验收", "李娜", 0.5, f"{due.year}/{due.month}/{due.day}", chance.choice(["已整改", "整改中", "√"])],
        )  # fmt: skip
    book.close()


def parse_only(path):
    started = time.perf_counter()
    with open_workbook(path) as reading:
        count = sum(1 for _, rows in reading.sheets() for _ in rows)
    return count, time.perf_counter() - started


def parse_and_classify(path):
    started, counts = time.perf_counter(), Counter()
    with open_workbook(path) as reading:
        for head, rows in reading.sheets():
            ledger = read_ledger(head, rows, Context(date(2024, 12, 31)))
            if isinstance(ledger, Skipped):
                continue
            for line in ledger.lines:
                if isinstance(line, LedgerRow):
                    line.key(line.enterprise_key)
                    counts["rejected" if line.is_rejected else "accepted"] += 1
    return counts, time.perf_counter() - started


def peer(path):
    started = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    count = sum(1 for _ in book.active.iter_rows(values_only=True))
    return count, time.perf_counter() - started


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--no-peer", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, path = Path(folder) / "warm.xlsx", Path(folder) / "ledger.xlsx"
        write(small, 200)
        write(path, chosen.rows)
        parse_and_classify(small)
        _, parsing = parse_only(path)
        counts, seconds = parse_and_classify(path)
        mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        result = {
            "rows": chosen.rows, "columns": len(HEADER), "bytes": path.stat().st_size, "parse_seconds": round(parsing, 2),
            "parse_and_classify_seconds": round(seconds, 2), "rows_a_second": round(chosen.rows / seconds), "counts": dict(counts),
            "parent_peak_mib": round(mine), "child_peak_mib": round(child),
        }  # fmt: skip
        if not chosen.no_peer:
            result["peer_openpyxl_read_only_seconds"] = round(peer(path)[1], 2)
    json.dump(result, sys.stdout, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
