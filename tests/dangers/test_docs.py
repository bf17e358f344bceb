"""The page about the loop is drawn from the table."""

from pathlib import Path

from django.core.management import call_command

from zhiben.dangers.domain.diagram import picture, redrawn, table
from zhiben.dangers.domain.kinds import State
from zhiben.dangers.domain.steps import STEPS
from zhiben.dangers.domain.words import label

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "loop.md"


def test_the_page_and_its_picture_show_the_table_as_it_is():
    text = PAGE.read_text(encoding="utf-8")
    how = "run: zhiben dangers diagram --into docs/algorithms/loop.md"
    assert redrawn(text) == text, how
    assert PAGE.with_suffix(".svg").read_text(encoding="utf-8") == picture(), how


def test_the_drawing_has_every_state_and_the_table_every_move(capsys):
    call_command("dangers", "diagram")
    told = capsys.readouterr().out
    assert told.strip() == table()
    assert all(f"`{step.move}`" in told for step in STEPS)
    assert all(f">{label(state).en}<" in picture() for state in State)


def test_a_page_is_drawn_anew(tmp_path):
    page = tmp_path / "loop.md"
    page.write_text("a\n<!-- drawn from the table: begin -->old<!-- drawn from the table: end -->\nz")
    call_command("dangers", "diagram", into=page)
    assert page.read_text().startswith("a\n<!-- drawn from the table: begin -->\n\n| move | from")
    assert page.with_suffix(".svg").read_text() == picture()
