"""Curves and bars as plain SVG numbers, so that a page draws them without a script and prints as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhiben.insights.domain.survival import Curve

WIDTH, HEIGHT = 430, 270  # so that its words can still be read on a phone
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 30
APART = 30  # between two marks of the axis of days
SHARES = (0, 25, 50, 75, 100)
BAR, GAP = 14, 6
HALF = 150  # width of one side of the pyramid
NAMES = 80  # width of the names between the sides


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One curve as the points of a polyline, and its 95 % limits as a polygon."""

    key: str
    points: str
    band: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the picture of curves needs."""

    lines: Sequence[Line]
    days: Sequence[Tick]
    shares: Sequence[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def chart_of(curves: Mapping[str, Curve], ticks: Sequence[int]) -> Chart:
    """Return curves as a picture; the axis of days reaches as far as any danger was watched."""
    longest = max([curve.longest for curve in curves.values()] + [1])

    def x(day: float) -> float:
        return round(LEFT + day / longest * (WIDTH - LEFT - RIGHT), 1)

    def y(share: float) -> float:
        return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)

    lines = []
    for key, curve in curves.items():
        steps = [(0, 1.0, 1.0, 1.0), *((p.day, p.share, p.low, p.high) for p in curve.points)]
        ends = [*(day for day, *_ in steps[1:]), curve.longest]
        stairs = [(x(day), x(end), y(share)) for (day, share, _, _), end in zip(steps, ends, strict=True)]
        upper = [f"{x(d)},{y(high)} {x(e)},{y(high)}" for (d, _, _, high), e in zip(steps, ends, strict=True)]
        lower = [f"{x(e)},{y(low)} {x(d)},{y(low)}" for (d, _, low, _), e in zip(steps, ends, strict=True)]
        points = " ".join(f"{begin},{height} {end},{height}" for begin, end, height in stairs)
        lines.append(Line(key, points, " ".join([*upper, *reversed(lower)])))
    days = _apart([Tick(x(day), str(day)) for day in ticks if day <= longest])
    return Chart(lines, days, [Tick(y(share / 100), f"{share} %") for share in SHARES])


def _apart(ticks: Sequence[Tick]) -> list[Tick]:
    """Leave out marks that would stand in each other's way, the later ones first."""
    kept: list[Tick] = []
    for tick in ticks:
        if not kept or tick.at - kept[-1].at >= APART:
            kept.append(tick)
    return kept


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the pyramid: the general ones to the left, the major ones to the right."""

    y: int
    middle: int
    name: str
    general_x: float
    general: float
    unset_x: float
    unset: float
    major: float
    major_dx: float
    general_n: int
    unset_n: int
    major_n: int


@dataclass(frozen=True, slots=True)
class Pyramid:
    """All that the picture of ages needs."""

    bars: Sequence[Bar]
    height: int
    width: int = HALF * 2 + NAMES
    left: int = HALF
    right: int = HALF + NAMES
    middle: int = HALF + NAMES // 2
    bar: int = BAR


def pyramid_of(rows: Sequence[tuple[str, int, int, int]]) -> Pyramid:
    """Return names with their counts of general, not confirmed and major ones as a picture of two sides."""
    most = max([max(general + unset, major) for _, general, unset, major in rows] + [1])
    longest = max([len(f"{general} + {unset}" if unset else str(general)) for _, general, unset, _ in rows] + [4])
    room = HALF - 8 - 8 * longest  # for the numbers beside the bar
    bars = []
    for number, (name, general, unset, major) in enumerate(rows):
        y = number * (BAR + GAP)
        wide, thin, other = (round(n / most * room, 1) for n in (general, unset, major))
        bars.append(Bar(
            y, y + BAR - 2, name, round(HALF - wide, 1), wide, round(HALF - wide - thin, 1), thin, other,
            other + 4, general, unset, major,
        ))  # fmt: skip
    return Pyramid(bars, len(rows) * (BAR + GAP))
