"""The cell of the figures in which a danger is counted. Every event that changes the stock carries it whole, so
that whoever counts needs no look-up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol, Self


class Located(Protocol):
    """What a cell is read from: a danger's row."""

    province_id: int | None
    city_id: int | None
    county_id: int | None
    township_id: int | None
    unit_id: int
    industry: str
    level: str
    channel: str
    matter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Unit (with its ancestors), industry, level, channel and matter: the five cuts of the ledger."""

    province: int | None
    city: int | None
    county: int | None
    township: int | None
    unit: int
    industry: str
    level: str
    channel: str
    matter: str

    @classmethod
    def of(cls, danger: Located) -> Self:
        """Return the cell a danger is counted in now."""
        return cls(
            province=danger.province_id,
            city=danger.city_id,
            county=danger.county_id,
            township=danger.township_id,
            unit=danger.unit_id,
            industry=str(danger.industry),
            level=str(danger.level),
            channel=str(danger.channel),
            matter=str(danger.matter),
        )

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """Read a cell back from a journal body."""
        return cls(**{name: body[name] for name in _NAMES})

    def write(self) -> dict[str, int | str | None]:
        """Write the cell as it stands in a journal body."""
        return {name: getattr(self, name) for name in _NAMES}


_NAMES = tuple(field.name for field in fields(Cell))
