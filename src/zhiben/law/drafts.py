"""A pack that somebody wrote, read to be tried: an edition as in packs/standards/, refused with place and reason.

read_draft(text)       -> Standard; it may name its days, and may bear the id of an edition held
"""

from zhiben.kernel.errors import Invalid
from zhiben.law.because import because
from zhiben.law.pack_texts import check
from zhiben.law.standards import Standard

TOLD = 20  # problems


def read_draft(text: str) -> Standard:
    """Read a pack; refuse it with every problem in its line."""
    checked = check("standards", text, to_adopt=False)
    if checked.standard is not None:
        return checked.standard
    first = checked.problems[0]
    raise Invalid(
        "draft:unusable",
        field=first.field or "pack",
        line=first.line,
        reason=because(f"第 {first.line} 行：{first.reason.zh}", f"line {first.line}: {first.reason}"),
        problems=[
            {"line": one.line, "column": one.column, "field": one.field, "reason": one.reason}
            for one in checked.problems[:TOLD]
        ],
        count=len(checked.problems),
    )
