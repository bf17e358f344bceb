"""Ledgers for the tests of importing, about the enterprises of the cast."""

from datetime import date

from exchange.make_files import write_xlsx

HEADER = [
    "序号", "企业名称", "场所（部位）", "排查日期", "隐患描述", "隐患级别", "整改责任人", "整改期限", "整改状态", "完成时间",
]  # fmt: skip
TEXTS = [
    "砂轮机防护罩缺失", "配电箱门未关闭", "疏散通道堆放杂物", "灭火器压力不足", "行车限位器失灵", "气瓶未固定",
    "应急灯不亮", "叉车未检验", "电缆绝缘皮破损", "除尘器泄爆片锈蚀",
]  # fmt: skip
NAME = "成都示例机械有限公司"


def row(number=1, name=NAME, place="1号车间", day="2026-01-05", text="", **facts):
    text = text or f"{TEXTS[number % len(TEXTS)]}（{number}）"
    told = {"level": "一般", "owner": "王安全", "due": "2026-04-01", "status": "整改中", "closed": None} | facts
    return [number, name, place, day, text, *(told[key] for key in ("level", "owner", "due", "status", "closed"))]


def good_rows(count, **facts):
    return [row(number, **facts) for number in range(1, count + 1)]


def ledger(folder, rows, name="台账.xlsx", title="2026年隐患排查治理台账"):
    return write_xlsx(folder / name, [[title], HEADER, *rows])


MIXED = [
    row(1),
    row(2, status="已整改", closed="2026-01-20"),
    row(3, level="重大"),
    row(1),  # repeats the first row
    row(5, name="没有登记的示例企业"),
    row(6, day="2026-02-30"),
    row(7, text="已整改"),  # says nothing
    row(8, day="2026年2月"),  # the day is assumed
]
DAY = date(2026, 3, 2)
