"""Write the ledger that the demo imports: an office's workbook with the mess that real ones have.

Run `python scripts/make_sample_ledger.py` after changing the enterprises; the workbook is committed.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

ENTERPRISES = {  # name → industry; the demo has enterprises of these names
    "示例化工01有限公司": "chemical",
    "示例化工02有限公司": "chemical",
    "示例机械01有限公司": "machinery",
    "示例机械02有限公司": "machinery",
    "示例冶金01有限公司": "metallurgy",
    "示例建材01有限公司": "building",
    "示例建筑01有限公司": "construction",
    "示例建筑02有限公司": "construction",
    "示例家具01有限公司": "furniture",
    "示例食品01有限公司": "food",
    "示例酒店01有限公司": "hotel",
    "示例商场01有限公司": "mall",
    "示例燃气01有限公司": "gas",
    "示例物流01有限公司": "logistics",
    "示例养老01有限公司": "care",
}
FIRST, DAYS, ROWS, SEED = date(2025, 7, 1), 150, 112, 20250701
TARGET = Path(__file__).resolve().parents[1] / "src/zhiben/exchange/samples/隐患排查治理台账（示例）.xlsx"

FOUND = {
    "chemical": [
        ("罐区", "甲醇储罐液位计失灵，无远传和高液位报警", "一般", "更换液位计并接入控制系统"),
        ("装卸区", "装卸鹤管静电接地线断开", "一般", "重新连接接地线并测试电阻"),
        ("中控室", "可燃气体报警器有三处处于故障状态未处理", "一般", "维修报警器并每日点检"),
        ("仓库", "禁忌物料（氧化剂与还原剂）混存", "一般", "分库存放并张贴禁配表"),
        ("反应车间", "涉及重点监管危险化工工艺的装置未实现自动化控制，系统未投用", "重大", "停用装置，完善并投用自动化控制系统"),
        ("罐区", "构成重大危险源的罐区未设紧急切断装置", "重大", "加装紧急切断阀并联锁"),
        ("检维修现场", "动火作业未进行气体分析", "一般", "停止作业，重新办理作业票"),
    ],
    "machinery": [
        ("冲压车间", "冲床双手按钮被短接，安全装置失效", "一般", "恢复双手操作按钮"),
        ("打磨车间", "砂轮机防护罩缺失", "一般", "加装防护罩"),
        ("行车", "起重机吊钩防脱钩装置损坏", "一般", "更换防脱钩装置"),
        ("喷漆房", "喷漆房未设可燃气体报警装置，未使用防爆电器", "重大", "停用喷漆房，更换防爆电器并安装报警装置"),
        ("车间通道", "通道被半成品占用", "一般", "清理并划线"),
        ("空压机房", "储气罐安全阀超期未检验", "一般", "送检，合格后使用"),
    ],
    "metallurgy": [
        ("熔炼车间", "会议室设置在铁水吊运影响范围内", "重大", "立即停用并迁移会议室"),
        ("煤气区域", "一氧化碳报警器缺失一台", "一般", "补装固定式报警器"),
        ("炉前", "熔融金属吊运影响区地面有积水", "一般", "排除积水，完善挡水坎"),
        ("煤气柜区", "有限空间作业未审批、未监护", "一般", "停止作业并培训"),
    ],
    "building": [
        ("筒仓", "清库作业未落实有限空间作业审批", "重大", "停止作业，完善制度并审批"),
        ("破碎车间", "皮带机拉绳开关失效", "一般", "更换拉绳开关"),
        ("成品库", "叉车司机未持证上岗", "一般", "调离岗位，取证后上岗"),
    ],
    "construction": [
        ("3号楼", "临边洞口防护缺失", "一般", "按规范搭设防护栏杆"),
        ("基坑", "基坑边堆载过大，未按方案支护", "重大", "停工，卸载并按方案支护"),
        ("塔吊", "塔式起重机未经检测投入使用", "重大", "停用，委托检测合格后使用"),
        ("钢筋加工区", "配电箱一闸多机，未设漏电保护", "一般", "整改为一机一闸一漏"),
        ("外脚手架", "连墙件缺失三处", "一般", "补设连墙件"),
        ("宿舍", "工人宿舍使用大功率电器", "一般", "收缴并教育"),
    ],
    "furniture": [
        ("木工车间", "除尘系统未设置泄爆装置", "重大", "停用并加装泄爆装置"),
        ("木工车间", "粉尘未及时清扫，积尘较厚", "一般", "清扫并建立清扫制度"),
        ("油漆仓库", "油漆与稀释剂未放入防爆柜", "一般", "存入防爆柜"),
    ],
    "food": [
        ("液氨制冷机房", "氨气浓度报警未与事故排风联锁", "重大", "完成联锁并测试"),
        ("污水池", "有限空间未设警示标志", "一般", "张贴警示标志并上锁"),
        ("包装车间", "安全出口上锁", "一般", "立即打开并教育"),
    ],
    "hotel": [
        ("三楼走廊", "应急照明灯不亮", "一般", "更换"),
        ("厨房", "燃气软管老化，未设报警器", "一般", "更换软管并安装报警器"),
        ("地下室", "自动喷水灭火系统被关停", "一般", "恢复系统"),
        ("疏散楼梯", "疏散通道堆放杂物", "一般", "清理"),
    ],
    "mall": [
        ("中庭", "防火卷帘下堆放商品", "一般", "清理并划线"),
        ("负一层", "灭火器过期", "一般", "更换"),
        ("装修现场", "营业期间动火施工未采取防护", "一般", "停止施工"),
    ],
    "gas": [
        ("储配站", "安全放散管高度不足", "一般", "按规范加高"),
        ("调压箱", "调压箱被车辆停放占压", "一般", "设置防撞栏"),
        ("管网", "建筑物占压燃气管线", "重大", "报告并拆除占压建筑"),
    ],
    "logistics": [
        ("充电区", "叉车充电区无防雨和通风", "一般", "加装雨棚与排风"),
        ("仓库", "货物堆放过高，距喷头不足", "一般", "降低堆高"),
        ("停车场", "危货车辆卫星定位离线", "一般", "维修设备"),
    ],
    "care": [
        ("二楼", "电动床充电线私拉乱接", "一般", "规范布线"),
        ("厨房", "未设置可燃气体报警装置", "一般", "安装报警装置"),
        ("疏散门", "疏散门不能从内部打开", "一般", "更换推杠锁"),
    ],
}  # fmt: skip
PEOPLE = [
    "张伟",
    "王芳",
    "李娜",
    "刘洋",
    "陈静",
    "杨帆",
    "赵磊",
    "黄敏",
    "周涛",
    "吴霞",
    "徐强",
    "孙丽",
    "马超",
    "朱琳",
    "胡军",
    "林峰",
]
CHANNELS = [
    "企业自查",
    "日常检查",
    "专项检查",
    "执法检查",
    "街道检查",
    "专家检查",
    "群众举报",
    "节前检查",
    "四不两直",
    "在线监测",
]
CLOSED = ["已整改", "已完成", "已闭环", "已销号", "整改完毕", "√", "是", "100%", "闭合", "合格"]
OPEN = ["整改中", "未整改", "正在整改", "否", "80%"]
AWAITING = ["待验收", "已整改待复查"]
TOP = [
    "序号",
    "企业名称",
    "隐患情况",
    None,
    None,
    None,
    None,
    None,
    "整改落实情况（五落实）",
    None,
    None,
    None,
    None,
    "验收销号",
    None,
    None,
    "备注",
]
UNDER = [None, None, "排查时间", "场所\n（部位）", "隐患描述", "隐患级别", "隐患来源", "检查人", "整改措施", "整改责任人", "整改资金\n（万元）", "整改时限",
         "应急预案", "是否整改", "完成时间", "验收人", None]  # fmt: skip
WIDTH = len(TOP)


def main() -> None:
    """Write the workbook where the program finds it."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    write(TARGET)


def write(target: Path) -> None:
    """Write the sample ledger: a cover, the ledger with its header and notes, an empty sheet."""
    chance = random.Random(SEED)
    book = Workbook()
    cover = book.active
    cover.title = "填报说明"
    for line in (
        "填报说明",
        "一、本台账由各企业安全管理人员填写，每月5日前报送。",
        "二、隐患级别按有关判定标准填写。",
        "三、完成整改的要及时销号。",
    ):
        cover.append([line])
    sheet = book.create_sheet("2025年下半年")
    _head(sheet)
    _body(sheet, list(_rows(chance)))
    _foot(sheet)
    _style(sheet)
    book.create_sheet("Sheet3")
    book.active = 1
    book.save(target)


def _head(sheet: Worksheet) -> None:
    sheet.append(["2025年下半年生产安全事故隐患排查治理台账（示例）"])
    sheet.append(["填报单位：示例县应急管理局", *[None] * 12, "填报日期：2025年12月31日"])
    sheet.append(TOP)
    sheet.append(UNDER)
    for merge in ("A1:Q1", "A2:F2", "N2:Q2", "A3:A4", "B3:B4", "C3:H3", "I3:M3", "N3:P3", "Q3:Q4"):
        sheet.merge_cells(merge)


def _rows(chance: random.Random) -> Iterator[list[object]]:
    """Give the rows enterprise by enterprise; the faulty ones stand among the good."""
    names = list(ENTERPRISES)
    shares = [ROWS // len(names) + (place < ROWS % len(names)) for place in range(len(names))]
    seen: set[tuple[object, ...]] = set()
    for name, wanted in zip(names, shares, strict=True):
        share = wanted
        while share:
            row = _row(name, chance)
            if (key := (name, row[2], row[3])) in seen:
                continue  # repeats are put in on purpose only
            seen.add(key)
            share -= 1
            yield row


def _row(name: str, chance: random.Random) -> list[object]:
    place, description, level, measure = chance.choice(FOUND[ENTERPRISES[name]])
    place = chance.choice(["", "", "一号", "二号", "东侧", "西侧", "南侧", "北侧"]) + place
    found = FIRST + timedelta(days=chance.randrange(DAYS))
    deadline = found + timedelta(days=chance.choice([3, 7, 10, 15, 30, 60 if level == "重大" else 20]))
    kind = chance.choices(["closed", "open", "awaiting"], [70, 22, 8])[0]
    word = chance.choice({"closed": CLOSED, "open": OPEN, "awaiting": AWAITING}[kind])
    ended = found + timedelta(days=chance.randrange(1, 12)) if kind != "open" else None
    finder, person, acceptor = chance.sample(PEOPLE, 3)
    funds = (
        chance.choice([0.05, 0.1, 0.2, 0.5, 1, 2, "5000元", "无", None])
        if level == "一般"
        else chance.choice([3, 5.5, 12, "20万元"])
    )
    return [
        name, _written(found, chance), place, description, _level(level, chance), chance.choice(CHANNELS), finder, measure, person,
        funds, _limit(deadline, chance), "已制定" if level == "重大" or chance.random() < 0.4 else None, word,
        _written(ended, chance) if ended else None, acceptor if kind == "closed" else None, None,
    ]  # fmt: skip


def _level(level: str, chance: random.Random) -> str:
    forms = {"一般": ["一般", "一般", "一般隐患", "一 般", "较大"], "重大": ["重大", "重大隐患", "重大事故隐患"]}
    return chance.choice(forms[level])


def _written(day: date, chance: random.Random) -> object:
    """Write a day in one of the forms that offices use."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    forms: list[object] = [
        day, day, f"{day.year}.{day.month}.{day.day}", f"{day.year}/{day.month}/{day.day}", f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}", int(f"{day:%Y%m%d}"), (day - date(1899, 12, 30)).days, f"{day.month}月{day.day}日", f"{day:%Y-%m-%d} 10:30:00",
        f"{day.year}年{day.month}月{day.day}日".translate(wide), f"{day.year}.{day.month}.{day.day}-{day.month}.{day.day}",
    ]  # fmt: skip
    return chance.choice(forms)


def _limit(day: date, chance: random.Random) -> object:
    return (
        chance.choice(["立即整改", "3日内", "10个工作日内", "一个月内"])
        if chance.random() < 0.15
        else _written(day, chance)
    )


def _body(sheet: Worksheet, rows: list[list[object]]) -> None:
    """Write the rows, each enterprise's name once in a merged cell, the header again where a page would begin."""
    _spoil(rows)
    serial, since, last = 0, 0, None
    for place, row in enumerate(rows):
        if place == 60:
            _close(sheet, since)
            sheet.append([text.replace("\n", "") if text else top for top, text in zip(TOP, UNDER, strict=True)])
            last = None
        serial += 1
        name, *rest = row
        if name == last:
            sheet.append([serial, None, *rest])
            continue
        _close(sheet, since)
        sheet.append([serial, name, *rest])
        since, last = sheet.max_row, name
    _close(sheet, since)


def _close(sheet: Worksheet, since: int) -> None:
    if since and sheet.max_row > since and sheet.cell(since, 2).value:
        sheet.merge_cells(start_row=since, end_row=sheet.max_row, start_column=2, end_column=2)


def _spoil(rows: list[list[object]]) -> None:
    """Put in what the importer must notice: five rows to refuse, three repeats, one to set right, two empty reports."""
    found, place, text, level, finder, status = 1, 2, 3, 4, 6, 12
    rows[7][text] = None  # no description
    rows[21][found] = "2025-09-31"  # no such day
    rows[38][level] = "很严重"  # a level no rule knows
    rows[52][found], rows[52][finder] = "陈静", "安全科"  # a name for a day
    rows[77][status] = "见纸质档案"  # neither open nor closed
    rows[14][found], rows[14][finder] = rows[14][finder], "2025.8.12"  # in each other's cells: set right
    rows[30][text], rows[31][text] = "已整改", "无"  # say nothing
    for source, signs in ((3, "。"), (45, " "), (90, "；")):
        again = list(rows[source])
        again[text] = f"{len(signs)}、{again[text]}{signs}"
        rows.insert(source + 1, again)
    rows[100][place] = f"　{rows[100][place]}　"


def _foot(sheet: Worksheet) -> None:
    sheet.append([None, "合计", None, None, f"共{ROWS + 3}条"])
    sheet.append([])
    sheet.append(["填表人：张伟", None, None, None, "审核：王芳", None, None, None, "单位负责人（签字）：李娜"])
    sheet.append(["备注：1.“隐患级别”填一般或重大；2.整改资金单位为万元，另注明单位的从其注明。"])
    sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=WIDTH)


def _style(sheet: Worksheet) -> None:
    thin = Side(style="thin")
    for row in sheet.iter_rows(min_row=3, max_row=sheet.max_row - 4, max_col=WIDTH):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
    for row in (1, 3, 4):
        for cell in sheet[row]:
            cell.font = Font(bold=True, size=16 if row == 1 else 11)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for letter, width in zip(
        "ABCDEFGHIJKLMNOPQ", (6, 22, 16, 14, 36, 10, 12, 9, 28, 10, 10, 16, 10, 12, 16, 9, 10), strict=True
    ):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "C5"


if __name__ == "__main__":
    main()
