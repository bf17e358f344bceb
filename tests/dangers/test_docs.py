"""The page about the loop is drawn from the table."""

from pathlib import Path

from django.core.management import call_command

from zhiben.dangers.domain.diagram import diagram, drawn, redrawn
from zhiben.dangers.domain.kinds import State
from zhiben.dangers.domain.steps import STEPS

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "loop.md"


def test_the_page_shows_the_table_as_it_is():
    text = PAGE.read_text(encoding="utf-8")
    assert redrawn(text) == text, "run: zhiben dangers diagram --into docs/algorithms/loop.md"


def test_the_drawing_has_every_state_and_move(capsys):
    call_command("dangers", "diagram")
    told = capsys.readouterr().out
    assert told.strip() == drawn()
    assert all(f"as {state}" in diagram() for state in State)
    assert all(f"`{step.move}`" in told for step in STEPS)


def test_a_page_is_drawn_anew(tmp_path):
    page = tmp_path / "loop.md"
    page.write_text("a\n<!-- drawn from the table: begin -->old<!-- drawn from the table: end -->\nz")
    call_command("dangers", "diagram", into=page)
    assert page.read_text() == f"a\n{drawn()}\nz"
