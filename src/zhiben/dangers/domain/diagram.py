"""The loop drawn from its table: a picture and a list of moves for the docs. A test holds the docs to it."""

from collections.abc import Iterator
from html import escape

from zhiben.dangers.domain.kinds import State
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.step import Step
from zhiben.dangers.domain.steps import STEPS
from zhiben.dangers.domain.words import label

BEGIN, END = "<!-- drawn from the table: begin -->", "<!-- drawn from the table: end -->"
WIDTH, HEIGHT, WIDE, HIGH = 1180, 640, 170, 56
PLACES: dict[State, tuple[int, int]] = {  # middle of each box
    State.REGISTERED: (130, 330),
    State.CONFIRMED: (430, 330),
    State.RECTIFYING: (740, 330),
    State.AWAITING_ACCEPTANCE: (1050, 330),
    State.SIGNED_OFF: (740, 60),
    State.TRANSFERRED: (130, 580),
    State.VOIDED: (740, 580),
}
STYLE = (
    "text{font:13px sans-serif;fill:#1d2733}.state{font-weight:600}.box{fill:#eef3fb;stroke:#1f4b99;stroke-width:1.5}"
    ".shut{fill:#eef6ee;stroke:#2e6b34}.way{fill:none;stroke:#5b6776;stroke-width:1.3}"
    ".move{paint-order:stroke;stroke:#fff;stroke-width:4px}"
)


def picture() -> str:
    """Return the loop as a picture; steps that leave the state as it is are only listed."""
    ways = [line for pair, moves in _ways().items() for line in _way(*pair, moves)]
    boxes = [line for state in State for line in _box(state)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
    arrow = (
        '<marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L10 5L0 10z" fill="#5b6776"/></marker>'
    )
    top = [head, "<title>The loop of a hidden danger</title>", f"<style>{STYLE}</style><defs>{arrow}</defs>"]
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    return "\n".join([*top, paper, *ways, *boxes, "</svg>", ""])


def _ways() -> dict[tuple[State, State], list[str]]:
    """Return the moves between each two states."""
    found: dict[tuple[State, State], list[str]] = {}
    for step in STEPS:
        for source in step.sources:
            if step.target not in {None, source} and step.move is not Move.WITHDRAW_IMPORT:
                found.setdefault((source, step.after(source)), []).append(step.move.replace("_", " "))
    return found


def _way(source: State, target: State, moves: list[str]) -> Iterator[str]:
    """Draw a bent line from box to box, so that there and back do not lie on each other."""
    (x1, y1), (x2, y2) = PLACES[source], PLACES[target]
    across, down = x2 - x1, y2 - y1
    middle_x, middle_y = (x1 + x2) // 2 + down // 6, (y1 + y2) // 2 - across // 6
    start, end = _edge(x1, y1, middle_x, middle_y), _edge(x2, y2, middle_x, middle_y)
    path = f"M{start[0]} {start[1]}Q{middle_x} {middle_y} {end[0]} {end[1]}"
    yield f'<path class="way" d="{path}" marker-end="url(#tip)"/>'
    text_x, text_y = (start[0] + 2 * middle_x + end[0]) // 4, (start[1] + 2 * middle_y + end[1]) // 4
    for line, move in enumerate(moves):
        at = text_y + 15 * line - 7 * (len(moves) - 1)
        yield f'<text class="move" x="{text_x}" y="{at}" text-anchor="middle">{escape(move)}</text>'


def _edge(x: int, y: int, towards_x: int, towards_y: int) -> tuple[int, int]:
    """Return where a line from the middle of a box towards a point leaves the box."""
    across, down = towards_x - x, towards_y - y
    if abs(across) * HIGH > abs(down) * WIDE:
        half = WIDE // 2 if across > 0 else -WIDE // 2
        return x + half, y + down * half // across
    half = HIGH // 2 if down > 0 else -HIGH // 2
    return (x + (across * half // down if down else 0)), y + half


def _box(state: State) -> Iterator[str]:
    x, y = PLACES[state]
    kind = "box shut" if state in {State.SIGNED_OFF, State.VOIDED} else "box"
    name = label(state)
    yield f'<rect class="{kind}" x="{x - WIDE // 2}" y="{y - HIGH // 2}" width="{WIDE}" height="{HIGH}" rx="8"/>'
    yield f'<text class="state" x="{x}" y="{y - 4}" text-anchor="middle">{escape(name.zh)}</text>'
    yield f'<text x="{x}" y="{y + 15}" text-anchor="middle">{escape(name.en)}</text>'


def table() -> str:
    """Return all moves as a table."""
    head = "| move | from | to | who may | needs | only if | not by | starts | stops |"
    return "\n".join([head, "|---|---|---|---|---|---|---|---|---|", *(_row(step) for step in STEPS)])


def redrawn(text: str) -> str:
    """Return a page with the table between its marks written anew."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.split(END)[1]}"


def _row(step: Step) -> str:
    cells = (
        f"{step.label.zh} {step.label.en} `{step.move}`",
        ", ".join(step.sources),
        str(step.target) if step.target else "stays",
        " or ".join(f"`{right}`" for right in (step.permission, step.or_permission) if right),
        ", ".join(_needs(step)),
        ", ".join(_plain(guard) for guard in step.guards),
        ", ".join(map(str, step.excludes)),
        ", ".join(map(str, step.sets)),
        "all" if len(step.stops) > 5 else ", ".join(map(str, step.stops)),
    )
    return "| " + " | ".join(cells) + " |"


def _needs(step: Step) -> Iterator[str]:
    yield from (_plain(need) for need in step.needs)
    yield from (f"{_plain(need)} (major)" for need in step.needs_if_major)


def _plain(name: str) -> str:
    return name.replace("_", " ")
