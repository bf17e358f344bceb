"""A share of a sample with its interval: Wilson's, which stays honest for few and for none."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054  # 95 % on both sides


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and between which shares the truth lies with 95 % confidence. A figure, not a rule of law."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """The share seen; None where nothing was looked at."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval.

        >>> [round(end, 4) for end in Share(1, 10).interval]
        [0.0179, 0.4042]
        """
        if not self.of:
            return None
        middle = self.hits + Z * Z / 2
        spread = Z * sqrt(self.hits * (self.of - self.hits) / self.of + Z * Z / 4)
        whole = self.of + Z * Z
        low = 0.0 if not self.hits else (middle - spread) / whole
        high = 1.0 if self.hits == self.of else (middle + spread) / whole
        return low, high
