"""The loop drawn from its table: a diagram and a list of moves for the docs. A test holds the docs to it."""

from collections.abc import Iterator

from zhiben.dangers.domain.kinds import State
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.steps import STEPS, Step
from zhiben.dangers.domain.words import label

BEGIN, END = "<!-- drawn from the table: begin -->", "<!-- drawn from the table: end -->"


def diagram() -> str:
    """Return the loop as a mermaid state diagram; steps that leave the state as it is are only listed."""
    names = [f'    state "{label(state).zh} {label(state).en}" as {state}' for state in State]
    arrows = [
        f"    {source} --> {step.target}: {_plain(step.label.en).replace(':', ',')}"
        for step in STEPS
        if step.target is not None and step.move is not Move.WITHDRAW_IMPORT
        for source in step.sources
        if source is not step.target
    ]
    lines = ["stateDiagram-v2", "    [*] --> registered", *names, *arrows, "    signed_off --> [*]"]
    return "\n".join(["```mermaid", *lines, "```"])


def table() -> str:
    """Return all moves as a table."""
    head = "| move | from | to | who may | needs | only if | not by | starts | stops |\n|---|---|---|---|---|---|---|---|---|"
    return "\n".join([head, *(_row(step) for step in STEPS)])


def drawn() -> str:
    """Return what stands between the marks in the docs."""
    return f"{BEGIN}\n\n{diagram()}\n\n{table()}\n\n{END}"


def redrawn(text: str) -> str:
    """Return a page with what stands between the marks drawn anew."""
    before, rest = text.split(BEGIN)
    return before + drawn() + rest.split(END)[1]


def _row(step: Step) -> str:
    cells = (
        f"{step.label.zh} {step.label.en} `{step.move}`",
        ", ".join(step.sources),
        str(step.target) if step.target else "stays",
        " or ".join(f"`{right}`" for right in (step.permission, step.or_permission) if right),
        _needs(step),
        ", ".join(_plain(guard) for guard in step.guards),
        ", ".join(map(str, step.excludes)),
        ", ".join(map(str, step.sets)),
        "all" if len(step.stops) > 5 else ", ".join(map(str, step.stops)),
    )
    return "| " + " | ".join(cells) + " |"


def _needs(step: Step) -> str:
    return ", ".join(_each(step))


def _each(step: Step) -> Iterator[str]:
    yield from (_plain(need) for need in step.needs)
    yield from (f"{_plain(need)} (major)" for need in step.needs_if_major)


def _plain(name: str) -> str:
    return name.replace("_", " ")
