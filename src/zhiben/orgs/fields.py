"""Columns of the tree: paths compared byte by byte, industries as bits."""

from typing import Any

from django.db import models


class PathField(models.CharField):  # type: ignore[type-arg]  # no parameters at run time
    """A path of the tree. PostgreSQL compares it in the C collation, as SQLite does by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: Any) -> Any:
        """Name the collation where the database would otherwise sort by language."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class MaskField(models.BigIntegerField):  # type: ignore[type-arg]  # no parameters at run time
    """Industries as bits; `__overlaps` asks whether any of them is set."""


@MaskField.register_lookup
class Overlaps(models.Lookup):
    """`mask & other <> 0`, which both databases read alike."""

    lookup_name = "overlaps"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Write the comparison."""
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"({left} & {right}) <> 0", [*left_params, *right_params]
