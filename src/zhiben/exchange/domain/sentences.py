"""What every code about a cell, a line, a sheet or a file says to the person who uploaded it: what, why, what now."""

from zhiben.kernel.bilingual import Bilingual

PROBLEMS: dict[str, Bilingual] = {
    "description:missing": Bilingual("没有隐患描述：请写明哪里存在什么问题。", "There is no description: say what is wrong and where."),
    "description:is-a-day": Bilingual("隐患描述处填的是日期：请核对是否串列。", "The description is a day: check whether the cells moved."),
    "date:impossible": Bilingual("没有这一天：请按 2024-03-05 的形式改正。", "There is no such day: correct it, for example 2024-03-05."),
    "date:unreadable": Bilingual("看不出是哪一天：请按 2024-03-05 的形式填写。", "No day can be read here: write it like 2024-03-05."),
    "date:year-only": Bilingual("只有年份：请写明月、日。", "Only a year stands here: add month and day."),
    "date:no-year": Bilingual("没有年份，上下文也看不出：请写明年份。", "The year is missing and cannot be told from the rest: add it."),
    "date:name": Bilingual("日期处填的是人名：请核对是否串列。", "A person's name stands where a day is wanted: check whether the cells moved."),
    "date:future": Bilingual("日期在今天之后：请核对。", "This day is still to come: check it."),
    "level:unknown": Bilingual("不认识的隐患等级：请填“一般”或“重大”。", "This level is not known: write general (一般) or major (重大)."),
    "level:undecided": Bilingual("等级没有确定：请在一般和重大中选一个。", "The level is not decided: choose general or major."),
    "status:unknown": Bilingual("看不出是否已整改：请填“已整改”“未整改”或“待验收”。", "It cannot be told whether this was rectified: write 已整改, 未整改 or 待验收."),
    "status:name": Bilingual("整改状态处填的是人名：请核对是否串列。", "A person's name stands where the status is wanted: check whether the cells moved."),
    "status:void": Bilingual("这一行写明不属实或已作废：不导入，请删去或改正。", "This row says that it is no danger or was voided: it is not imported; delete or correct it."),
    "enterprise:not-found": Bilingual("在所选单位下找不到这家企业：请核对名称或信用代码，或先登记企业。", "No such enterprise under the chosen unit: check its name or credit code, or register it first."),
    "enterprise:ambiguous": Bilingual("有不止一家企业叫这个名称：请填写统一社会信用代码。", "More than one enterprise bears this name: add its credit code."),
    "enterprise:elsewhere": Bilingual("这家企业不在所选单位的范围内：请选择上级单位后再导入。", "This enterprise has no site under the chosen unit: choose a unit above it."),
    "credit-code:malformed": Bilingual("统一社会信用代码应为18位：请核对。", "A credit code has 18 characters: check it."),
    "credit-code:wrong-check": Bilingual("统一社会信用代码校验位不符：请核对。", "The credit code's check character does not fit: check it."),
}  # fmt: skip
WARNINGS: dict[str, Bilingual] = {
    "date:assumed-year": Bilingual("没有年份，按标题或同行其他日期补上。", "The year was missing; it was taken from the title or the row's other days."),
    "date:assumed-day": Bilingual("没有写到日，按月初（期限按月末）计。", "The day was missing; the month's first (for deadlines its last) was taken."),
    "date:assumed-order": Bilingual("年份在后，按“月/日/年”理解。", "The year stands last; read as month/day/year."),
    "date:short-year": Bilingual("年份只有两位，按20××年理解。", "The year has two digits; read as 20xx."),
    "date:from-number": Bilingual("日期被存成了小数，末位的零可能丢失（10月成了1月）。", "The day was stored as a number; a final zero may be lost (October read as January)."),
    "date:range": Bilingual("写了不止一个日期，取第一个。", "More than one day stands here; the first was taken."),
    "date:zero": Bilingual("空单元格显示成了1900年，按未填处理。", "An empty cell shown as 1900; taken as blank."),
    "date:open-ended": Bilingual("期限写的是“长期”，没有到期日。", "The limit is open-ended: no day ever comes."),
    "date:before-found": Bilingual("早于发现日期，请核对。", "This is before the day of finding; check it."),
    "found-on:assumed": Bilingual("没有发现日期，按导入日或本行最早的日期计。", "No day of finding; the day of import or the row's earliest day was taken."),
    "found-on:from-recorded": Bilingual("没有发现日期，按登记日期计。", "No day of finding; the day recorded was taken."),
    "found-on:from-title": Bilingual("没有发现日期，取表头上方写的检查时间。", "No day of finding; the day written above the header was taken."),
    "enterprise:from-title": Bilingual("没有单位名称列，取表头上方写的单位。", "There is no column for the enterprise; the one written above the header was taken."),
    "rectified-on:from-status": Bilingual("完成日期取自整改状态里的日期。", "The day of completion was taken from the words of the status."),
    "level:local": Bilingual("法律只分一般和重大：已对应，原来的等级保留。", "The law knows two levels: mapped to one, the form's own word is kept."),
    "status:assumed-open": Bilingual("整改状态是一段话，看不出已完成，按未整改计。", "The status is a report that does not say it is done; taken as open."),
    "status:from-result": Bilingual("没有状态列，按验收或整改情况判断。", "There is no status column; told from acceptance or result."),
    "status:closed-without-day": Bilingual("已整改，但没有完成或验收日期。", "Closed, but without a day of completion or acceptance."),
    "status:open-but-signed-off": Bilingual("未整改，却有销号日期，请核对。", "Open, yet with a day of sign-off; check it."),
    "channel:unknown": Bilingual("不认识的隐患来源，未归类。", "This channel is not known; left open."),
    "handling:unknown": Bilingual("不认识的治理类型，未归类。", "This handling is not known; left open."),
    "funds:about": Bilingual("金额是约数。", "The amount is approximate."),
    "funds:several": Bilingual("写了不止一个金额，取最大的。", "More than one amount stands here; the largest was taken."),
    "funds:words": Bilingual("资金没有写数额。", "Funds without an amount."),
    "funds:unreadable": Bilingual("看不出金额，未填入。", "No amount can be read; left blank."),
    "person:is-a-day": Bilingual("人名处填的是日期，未填入。", "A day stands where a person's name is wanted; left blank."),
    "person:is-a-code": Bilingual("人名处填的是信用代码，未填入。", "A credit code stands where a person's name is wanted; left blank."),
    "person:is-a-company": Bilingual("人名处填的是单位名称。", "A company's name stands where a person's is wanted."),
    "enterprise:is-a-person": Bilingual("单位名称处像是人名，请核对。", "The enterprise looks like a person's name; check it."),
    "enterprise:code-in-name": Bilingual("单位名称处填的是信用代码，按信用代码查找。", "A credit code stands in the name's column; it is used as the code."),
    "enterprise:name-in-code": Bilingual("信用代码处填的是单位名称，按名称查找。", "A name stands in the code's column; it is used as the name."),
    "enterprise:name-in-place": Bilingual("场所处填的是单位名称，按单位名称处理。", "The enterprise's name stands in the place's column; it is used as the name."),
    "enterprise:from-above": Bilingual("单位名称为空，取上一行的单位。", "The enterprise is blank; the one above was taken."),
    "cells:swapped": Bilingual("人名和日期填反了，已对调。", "Name and day stood in each other's cells; exchanged."),
    "description:is-a-name": Bilingual("隐患描述像是人名，请核对。", "The description looks like a person's name; check it."),
    "credit-code:malformed": PROBLEMS["credit-code:malformed"],
    "credit-code:wrong-check": PROBLEMS["credit-code:wrong-check"],
    "report:empty": Bilingual("没有写内容。", "Nothing is written."),
    "report:signs-only": Bilingual("只有标点。", "Only signs, no words."),
    "report:none": Bilingual("只写了“无”，没有说明隐患。", "It only says that there is nothing."),
    "report:all-well": Bilingual("写的是正常情况，没有说明隐患。", "It says that all is well, not what is wrong."),
    "report:vague": Bilingual("没有说明是什么隐患。", "It does not say what is wrong."),
    "report:filler": Bilingual("像是随手填的。", "It looks like filler."),
    "report:fixed-only": Bilingual("只说已整改，没有说明原来的隐患。", "It only says that it was put right, not what was wrong."),
    "report:thing-only": Bilingual("只写了物品或部位，没有说明问题。", "It names a thing, not what is wrong with it."),
    "report:repeats-item": Bilingual("照抄了检查项目，没有说明问题。", "It repeats the check item."),
}  # fmt: skip
LINES: dict[str, Bilingual] = {
    "line:header": Bilingual("重复的表头", "the header again"),
    "line:note": Bilingual("备注或签字", "a note or signatures"),
    "line:total": Bilingual("合计", "a total"),
    "line:numbers": Bilingual("列号", "column numbers"),
    "line:blank": Bilingual("空行", "a blank line"),
    "line:no-danger": Bilingual("检查合格的项目", "a checked item in order"),
    "line:continuation": Bilingual("上一条隐患的续行", "continues the danger above"),
}
SHEETS: dict[str, Bilingual] = {
    "sheet:empty": Bilingual("空表", "an empty sheet"),
    "sheet:no-header": Bilingual("没有找到台账表头", "no header of a ledger was found"),
    "sheet:hidden": Bilingual("隐藏的工作表", "a hidden sheet"),
    "sheet:other-records": Bilingual("是别的记录，不是隐患台账", "other records, not hidden dangers"),
}
FILES: dict[str, Bilingual] = {
    "workbook:empty": Bilingual("文件是空的。请重新导出后再上传。", "The file is empty. Export it again and upload that."),
    "workbook:encrypted": Bilingual("文件有密码。请去掉密码后再上传。", "The file has a password. Remove it and upload the file again."),
    "workbook:damaged": Bilingual("文件损坏或不完整，无法打开。请用表格软件打开、另存后再上传。", "The file is damaged or incomplete. Open it in a spreadsheet program, save it anew and upload that."),
    "workbook:wrong-type": Bilingual("这不是 xlsx、xls 或 csv 表格。网页系统导出的“xls”常是网页，请另存为 xlsx。", 'This is no xlsx, xls or csv. An "xls" exported by a web system is often a web page: save it as xlsx.'),
    "workbook:too-large": Bilingual("文件太大，或声明的范围远大于内容。请删去多余的行列和格式，或分开上传。", "The file is too large, or claims far more than it holds. Delete unused rows, columns and formats, or split it."),
    "workbook:no-ledger": Bilingual("没有找到隐患台账：表头里应有“隐患描述”一类的列。可下载示例台账对照。", "No ledger of hidden dangers was found: a header should name a column for the description of what is wrong. Compare the sample ledger."),
}  # fmt: skip
REFUSALS: dict[str, Bilingual] = {  # of other rooms, as the command line says them
    "file:not-found": Bilingual("没有这个文件。", "There is no such file."),
    "file:no-space": Bilingual("磁盘已满，没有写入任何内容。请清理磁盘后重试。", "The disk is full; nothing was half written. Make room and try again."),
    "account:not-found": Bilingual("没有这个账号，或已停用。", "There is no such account, or it is closed."),
    "unit:not-found": Bilingual("没有这个单位，或不在该账号的范围内。", "There is no such unit, or it lies outside what the account looks after."),
    "access:missing-permission": Bilingual("该账号没有在此办理的权限。", "The account may not do this here."),
    "export:no-such-form": Bilingual("只能导出为 xlsx 或 csv：请给出这样的文件名。", "Lists are exported as xlsx or csv: name the file so."),
}  # fmt: skip


def sentence_of(code: str) -> Bilingual:
    """Return what a code says; the code itself where it is new."""
    for table in (PROBLEMS, WARNINGS, LINES, SHEETS, FILES, REFUSALS):
        if code in table:
            return table[code]
    return Bilingual(code, code)
