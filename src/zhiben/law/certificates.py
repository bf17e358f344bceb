"""Certificates: how long they hold, when they are reviewed or renewed, and the catalogues of special operations."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal

from zhiben.kernel.errors import NotFound
from zhiben.law.because import because
from zhiben.law.calendar import official
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible
from zhiben.law.registry import Answer, function
from zhiben.law.spans import months_after, years_after
from zhiben.law.tables import Row, row_of

_SPECIAL_OPERATION = "cn/certificate/special-operation"
_KINDS: Mapping[str, Row] = {
    "special_operation": {"held": _SPECIAL_OPERATION, "also": ["特种作业", "特种作业操作证"]},
    "special_equipment": {"held": "cn/certificate/special-equipment", "also": ["特种设备", "特种设备作业人员证"]},
    "construction_abc": {
        "held": "cn/certificate/construction-abc",
        "also": ["安管人员", "三类人员", "construction_safety", "construction_manager", "construction"],
    },
    "construction_special_operation": {
        "held": "cn/certificate/construction-special-operation",
        "also": ["建筑施工特种作业"],
    },
}
_EVENTS = {"applied": "accept", "accepted": "grant", "examined": "scores", "review_applied": "review"}


@function(section="E")
def cert_dates(*, kind: str, issued: date, unbroken_years: int = 0, on: date | None = None) -> Answer:
    """Return when a certificate expires, is reviewed, and from when that may be asked for, by the law of its issue.

    Where a kind knows no review, the review is its renewal at expiry. `unbroken_years` of work let a special-operation
    certificate be reviewed once in its term.
    """
    _, known = row_of(_KINDS, kind, "kind")
    held = parameter(known["held"]).in_force(on or issued).value
    expires = years_after(issued, held["valid_years"])
    step(
        f"发证日 {issued} + 有效期 {held['valid_years']} 年", f"issued {issued} + {held['valid_years']} years", expires
    )
    review = _review_due(held, issued, unbroken_years) or expires
    return {"expires": expires, "review_due": review, "renew_window_from": _window(held, review)}


def _review_due(held: Mapping[str, Any], issued: date, unbroken_years: int) -> date | None:
    if unbroken_years < 0:
        raise impossible("unbroken_years", unbroken_years, because("不能小于 0", "must not be less than 0"), 10)
    if "review_years" not in held:
        return None
    long_enough = unbroken_years >= held["unbroken_years"]
    years = held["unbroken_review_years" if long_enough else "review_years"]
    due = years_after(issued, years)
    step(f"发证日 {issued} + 复审周期 {years} 年", f"issued {issued} + review after {years} years", due)
    return due


def _window(held: Mapping[str, Any], review: date) -> date | None:
    if "ask_days" in held:
        opens = review - timedelta(days=held["ask_days"])
        step(f"复审日前 {held['ask_days']} 日起申请", f"asked for from {held['ask_days']} days before", opens)
        return opens
    if "ask_months" in held:
        opens = months_after(review, -held["ask_months"])
        step(f"期满前 {held['ask_months']} 个月起申请", f"asked for from {held['ask_months']} month(s) before", opens)
        return opens
    step("申请时段：未收录", "when to ask: not held here", None)
    return None


@function(section="E")
def certificate_register(*, kind: str, on: date) -> Answer:
    """Return the national register in which a certificate of a kind is looked up."""
    known, row = row_of(_KINDS, kind, "kind")
    url = parameter("cn/certificate/registers").in_force(on).value[known]
    step(f"{row['also'][0]}：查询网站", f"{known.replace('_', ' ')}: register", url)
    return {"url": url}


@function(section="E")
def special_operation_due(
    *, event: Literal["applied", "accepted", "examined", "review_applied"], day: date, on: date | None = None
) -> Answer:
    """Return until when the authority acts on a special-operation certificate, in working days."""
    workdays = parameter(_SPECIAL_OPERATION).in_force(on or day).value["workdays"][_EVENTS[event]]
    found = official().add_workdays(day, workdays)
    step(f"{day} + {workdays} 个工作日", f"{day} + {workdays} working days", found.day)
    return {"due": found.day, "workdays": workdays} | ({"provisional": True} if found.provisional else {})


@function(section="E")
def special_operation_catalogue(*, on: date) -> Answer:
    """Return the classes and items of the catalogue in force; `needed` tells an item that needs a certificate already."""
    classes = parameter("cn/special-operation/catalogue").in_force(on).value
    told = [_class(each, on) for each in classes]
    counts = [each["count"] for each in told]
    total = None if None in counts else sum(counts)
    step("各类项目数", "items by class", {each["code"]: each["count"] for each in told})
    step("合计", "together", total)
    return {"classes": told, "items": total}


@function(section="E")
def special_operation(*, name: str, on: date) -> Answer:
    """Find an item of the catalogue in force by name or code; tell whether it needs a certificate yet, and from when."""
    for each in parameter("cn/special-operation/catalogue").in_force(on).value:
        for item in each["items"] or ():
            if name.strip() in (item["zh"], item["en"], item.get("code")):
                since = _since(item)
                step(
                    f"第 {each['code']} 类 {each['zh']}：{item['zh']}，持证起始日",
                    f"class {each['code']}, {each['en']}: {item['en']}, certificate needed from",
                    since,
                )
                return {
                    "class": each["code"],
                    "class_name": _both(each),
                    "item": _item(item),
                    "from": since,
                    "needed": _needed(item, on),
                }
    near = _near(name, on)
    zh, en = "、".join(each["zh"] for each in near), ", ".join(f"{each['zh']} ({each['en']})" for each in near)
    raise NotFound(
        "special-operation:unknown",
        field="name",
        name=name,
        day=on.isoformat(),
        reason=because(f"当日有效的目录里没有；相近的有：{zh}", f"not in the catalogue in force; near it: {en}"),
        near=[each["zh"] for each in near],
        example=near[0]["zh"],
    )


def _class(written: Mapping[str, Any], on: date) -> dict[str, Any]:
    items = (
        None
        if written["items"] is None
        else [{**_item(item), "from": _since(item), "needed": _needed(item, on)} for item in written["items"]]
    )
    count = written.get("count", None if items is None else len(items))
    return {"code": written["code"], **_both(written), "count": count, "items": items}


def _both(written: Mapping[str, Any]) -> dict[str, str]:
    return {"zh": written["zh"], "en": written["en"]}


def _item(item: Mapping[str, Any]) -> dict[str, str | None]:
    return {"code": item.get("code"), **_both(item)}


def _since(item: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(item["since"]) if "since" in item else None


def _needed(item: Mapping[str, Any], on: date) -> bool:
    since = _since(item)
    return since is None or since <= on


def _near(name: str, on: date) -> list[Mapping[str, str]]:
    """Return the items whose Chinese name shares the most signs, or whose English name the most words."""
    catalogue = parameter("cn/special-operation/catalogue").in_force(on).value
    items = [item for each in catalogue for item in each["items"] or ()]
    signs, words = set(name), set(name.lower().split())
    return sorted(items, key=lambda item: -max(len(signs & set(item["zh"])), len(words & set(item["en"].split()))))[:3]
