"""Parts of construction works with greater danger (危大工程): when they need a plan, and when experts."""

from datetime import date

from zhiben.kernel.quantities import Number
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_not_negative
from zhiben.law.registry import Answer, function, plain
from zhiben.law.tables import row_of


@function(section="G")
def large_works(*, measures: dict[str, Number], on: date) -> Answer:
    """Tell whether works are of greater danger or over the scale, by any of their measures."""
    table = parameter("cn/construction/large-works").in_force(on).value
    dangerous: list[str] = []
    over_scale: list[str] = []
    for name, value in measures.items():
        need_not_negative(f"measures.{name}", value, 4)
        known, row = row_of(table, name, "measures")
        level = "over_scale" if value >= row["over_scale"] else "dangerous" if value >= row["dangerous"] else "none"
        said = f"{plain(value)} {row['unit']}（{row['dangerous']} / {row['over_scale']}）"
        step(f"{row['zh']}：{said}", f"{row['en']}: {said}", level)
        if level != "none":
            (over_scale if level == "over_scale" else dangerous).append(known)
    grade = "over_scale" if over_scale else "dangerous" if dangerous else "none"
    experts = parameter("cn/construction/large-works-experts").in_force(on).value if over_scale else 0
    step("分级", "grade", grade)
    return {"grade": grade, "because": over_scale or dangerous, "plan": grade != "none", "experts": experts}
