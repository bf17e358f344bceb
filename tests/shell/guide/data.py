"""Likely data for the style guide: invented enterprises of an invented county."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def is_zh():
    return (get_language() or "").startswith("zh")


def pick(chinese, english):
    return chinese if is_zh() else english


def person():
    return pick("李检查", "Li, inspector")


ROWS = [
    (
        "液氨储罐区喷淋与泄漏报警联锁失效，应急喷淋无法自动启动",
        "Interlock between spray and leak alarm of the liquid ammonia tanks does not work",
        "major",
        "rectifying",
        -4,
        "青石镇",
        "Qingshi",
        "示例冷链食品有限公司",
        "Example Cold Chain Foods",
    ),
    (
        "深井铸造结晶器出水温度无监测报警装置",
        "No monitoring and alarm of the outlet water temperature of the casting mould",
        "major",
        "confirmed",
        -2,
        "白沙乡",
        "Baisha",
        "示例铝业有限公司",
        "Example Aluminium",
    ),
    (
        "铝镁打磨车间除尘系统未设置火花探测与锁气卸灰装置",
        "Dust collection of the aluminium grinding shop lacks spark detection and a rotary valve",
        "major",
        "rectifying",
        1,
        "青石镇",
        "Qingshi",
        "示例五金制品厂",
        "Example Hardware Works",
    ),
    (
        "污水处理池有限空间作业未落实先通风、再检测、后作业",
        "Work in the waste-water tank without airing and testing first",
        "major",
        "awaiting_acceptance",
        3,
        "河口镇",
        "Hekou",
        "示例纸业有限公司",
        "Example Paper",
    ),
    (
        "二层东侧疏散通道堆放纸箱，宽度不足 1.1 米",
        "Cartons in the east escape route of the second floor leave less than 1.1 m",
        "general",
        "rectifying",
        -6,
        "城关街道",
        "Chengguan",
        "示例服装商行",
        "Example Garments",
    ),
    (
        "配电箱无防护盖板，线路绝缘层老化开裂",
        "Distribution box without cover, insulation aged and cracked",
        "general",
        "rectifying",
        2,
        "城关街道",
        "Chengguan",
        "示例汽车修理部",
        "Example Car Repair",
    ),
    (
        "灭火器过期 4 具",
        "Four fire extinguishers past their date",
        "general",
        "awaiting_acceptance",
        5,
        "河口镇",
        "Hekou",
        "示例餐饮店",
        "Example Restaurant",
    ),
    (
        "叉车司机证件已于 10 月到期，仍在作业",
        "Fork-lift driver's certificate expired in October, still at work",
        "general",
        "confirmed",
        6,
        "青石镇",
        "Qingshi",
        "示例物流园",
        "Example Logistics Park",
    ),
    (
        "木工车间电锯无防护罩",
        "Saw of the joinery without guard",
        "general",
        "rectifying",
        8,
        "白沙乡",
        "Baisha",
        "示例家具厂",
        "Example Furniture",
    ),
    (
        "可燃气体探测器超过检定周期",
        "Gas detector past its calibration date",
        "general",
        "registered",
        10,
        "城关街道",
        "Chengguan",
        "示例加油站",
        "Example Filling Station",
    ),
    (
        "危化品仓库与宿舍间距不足",
        "Store of dangerous chemicals too near to the dormitory",
        "",
        "registered",
        None,
        "河口镇",
        "Hekou",
        "示例涂料厂",
        "Example Paints",
    ),
    (
        "货架超载，无限载标识",
        "Shelves overloaded, no load sign",
        "general",
        "signed_off",
        -12,
        "白沙乡",
        "Baisha",
        "示例建材市场",
        "Example Building Market",
    ),
]
TILES = [
    ("青石镇", "Qingshi", "major", 214),
    ("白沙乡", "Baisha", "major", 187),
    ("河口镇", "Hekou", "larger", 163),
    ("城关街道", "Chengguan", "larger", 158),
    ("双桥镇", "Shuangqiao", "larger", 121),
    ("龙泉镇", "Longquan", "general", 98),
    ("新场乡", "Xinchang", "general", 91),
    ("茶园乡", "Chayuan", "general", 77),
    ("平安镇", "Ping'an", "general", 64),
    ("东岳镇", "Dongyue", "low", 42),
    ("石门乡", "Shimen", "low", 31),
    ("云台乡", "Yuntai", "low", 22),
    ("松林乡", "Songlin", "", 0),
]


def rows():
    return [
        {
            "number": f"YX-2026-{4187 - index}",
            "text": pick(zh, en),
            "level": level,
            "state": state,
            "due": None if days is None else TODAY + timedelta(days),
            "where": pick(where, where_en),
            "who": pick(who, who_en),
            "found": TODAY - timedelta(9 + 3 * index),
            "url": "/dangers/detail/",
            "closed": state == "signed_off",
        }
        for index, (zh, en, level, state, days, where, where_en, who, who_en) in enumerate(ROWS)
    ]


def chart():
    weeks = [TODAY - timedelta(7 * (11 - week)) for week in range(12)]
    return {
        "title": pick("近十二周发现与销号", "Found and signed off, last twelve weeks"),
        "labels": [f"{day.month}-{day.day:02d}" for day in weeks],
        "series": [
            {"name": pick("发现", "Found"), "values": [92, 88, 104, 97, 110, 61, 95, 121, 118, 109, 126, 113]},
            {"name": pick("销号", "Signed off"), "values": [85, 90, 96, 99, 101, 58, 88, 112, 120, 104, 117, 106]},
        ],
    }


def context():
    loop = [
        ("登记", "Registered", "done", "11-05"),
        ("核实", "Confirmed", "done", "11-06"),
        ("整改中", "Rectifying", "now", pick("第 16 天", "day 16")),
        ("待验收", "Awaiting acceptance", "todo", ""),
        ("已销号", "Signed off", "todo", ""),
    ]
    return {
        "today": TODAY,
        "now": NOW,
        "rows": rows(),
        "chart": chart(),
        "unread": 3,
        "tiles": [
            {"name": pick(zh, en), "grade": grade, "count": number, "url": "/dangers/"}
            for zh, en, grade, number in TILES
        ],
        "steps": [{"label": pick(zh, en), "state": state, "when": when} for zh, en, state, when in loop],
        "unit_picker": {
            "name": pick("示例县", "Example County"),
            "more": "/dangers/",
            "choices": [
                {"name": pick("示例县", "Example County"), "url": "?", "here": True},
                {"name": pick("青石镇", "Qingshi Town"), "url": "?unit=1"},
            ],
        },
        "levels": [("major", pick("重大", "Major")), ("general", pick("一般", "General"))],
        "answers": [("no", pick("尚未整改", "Not yet")), ("yes", pick("已当场整改", "Yes, on the spot"))],
        "states": [("rectifying", pick("整改中", "Rectifying")), ("confirmed", pick("核实", "Confirmed"))],
        "chips": [{"label": pick("等级：重大", "Level: Major"), "url": "/dangers/"}],
        "tabs": [
            {"label": pick("未销号", "Open"), "count": 1284, "url": "#", "here": True},
            {"label": pick("超期", "Overdue"), "count": 37, "url": "#"},
            {"label": pick("待我办", "Mine"), "count": 6, "url": "#"},
            {"label": pick("已销号", "Signed off"), "count": 9312, "url": "#"},
        ],
        "moments": [
            NOW - timedelta(hours=2),
            NOW - timedelta(days=5),
            NOW - timedelta(days=16),
            NOW - timedelta(days=17),
        ],
        "due": TODAY + timedelta(1),
        "past": TODAY - timedelta(4),
        "clause": pick("安监总局令第 16 号 第十五条", "SAWS Order 16, article 15"),
        "places": [
            ("a", pick("生产车间", "Workshop")),
            ("b", pick("仓库", "Store")),
            ("c", pick("配电房", "Switch room")),
            ("d", pick("其他", "Elsewhere")),
        ],
    }
