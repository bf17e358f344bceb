"""Telling names of people from names of companies, and both from what belongs in another column."""

import re
from functools import lru_cache

from zhiben.exchange.domain.text import compact, fold

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳"
    "翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时"
    "穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池"
    "查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋"
)
DOUBLE_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "令狐",
    "夏侯",
    "皇甫",
    "尉迟",
    "司徒",
    "东方",
    "慕容",
    "长孙",
    "宇文",
    "端木",
)
NOT_NAMES = re.compile(
    r"公司|企业|厂|部|车间|班组|仓库|整改|隐患|消防|安全|检查|完成|日期|时间|设备|通道|电|灭火|管理|科|室|局|镇|街道|村|区|楼|层|门"
    r"|已|未|无|不|一般|重大|较大|正常|合格|良好|立即|长期|中心|站|店|场|院|所|线|箱|器|罐|阀|泵|道|路|月|年|全体|各|措施|方案|成立|常态|时限"
)
PERSON = re.compile(r"^[一-龥]{2,4}$")
FOREIGN = re.compile(r"^[一-龥]{1,8}·[一-龥]{1,12}$|^[A-Za-z]{2,20}(?: [A-Za-z]{1,20}){1,2}$")
TITLE = re.compile(
    r"[((].*?[))]|(?:主任|经理|厂长|队长|班长|组长|科长|所长|主管|总监|部长|书记|工程师|师傅|总|工|电工)$|\d{11}$|[12]\d{2,3}-?\d{7,8}$"
)
SPLIT = re.compile(r"[、,;/\s和及&\n]+")
COMPANY = re.compile(
    r"公司|集团|(?:厂|合作社|经营部|加油站|加气站|商行|超市|医院|学校|酒店|宾馆|饭店|餐厅|商店|门市|工作室|事务所|养老院|幼儿园|中学|小学|大学"
    r"|企业|煤矿|矿业|农场|物业|有限合伙|商贸|工程处|项目部|个体户|个体工商户)(?:[((].*[))])?$"
)
CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")


@lru_cache(maxsize=16_384)
def looks_like_person(text: str) -> bool:
    """Tell whether a short text is one person's name: a known surname and nothing that names a thing.

    >>> looks_like_person("张伟"), looks_like_person("安全部"), looks_like_person("电线")
    (True, False, False)
    """
    plain = TITLE.sub("", fold(text)).strip()
    if FOREIGN.match(plain) or (len(plain) == 1 and plain in SURNAMES and len(fold(text)) > 1):  # 李经理
        return True
    if not PERSON.match(plain) or NOT_NAMES.search(plain):
        return False
    return plain[:2] in DOUBLE_SURNAMES or (plain[0] in SURNAMES and len(plain) <= 4)


@lru_cache(maxsize=16_384)
def looks_like_people(text: str) -> bool:
    """Tell whether a text is one or several names: "张伟、李娜(安全员)"."""
    parts = [part for part in SPLIT.split(TITLE.sub("", fold(text))) if part]
    return bool(parts) and len(parts) <= 12 and all(looks_like_person(part) for part in parts)


@lru_cache(maxsize=16_384)
def looks_like_company(text: str) -> bool:
    """Tell whether a text names an enterprise by its ending.

    >>> looks_like_company("示例化工01有限公司"), looks_like_company("二车间")
    (True, False)
    """
    plain = compact(text)
    return 4 <= len(plain) <= 60 and bool(COMPANY.search(plain))


@lru_cache(maxsize=16_384)
def credit_code_in(text: str) -> str:
    """Return the credit code a cell holds, upper case and without spaces, or nothing; its check digit is not judged."""
    plain = re.sub(r"[\s\-_']", "", fold(text)).upper()
    return plain if CREDIT_CODE.fullmatch(plain) else ""
