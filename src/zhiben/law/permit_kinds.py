"""The kinds of work permits, by their own and by other names."""

from datetime import date

from zhiben.law.parameters import parameter
from zhiben.law.tables import Row, row_of


def kind_of(name: str, on: date, field: str = "kind") -> tuple[str, Row]:
    """Return a kind of permit by its name or another name of it; refuse an unknown one."""
    return row_of(parameter("cn/permit/kinds").in_force(on).value, name, field)
