"""No page is forgotten: what GET opens is a page with a line in the catalogue, or is named as something else."""

from pages.catalogue import NOT_PAGES, PAGES, opened


def test_every_page_has_a_line_and_no_line_outlives_its_page():
    assert opened() - set(PAGES) - set(NOT_PAGES) == set(), "add a line to tests/pages/catalogue.py"
    posted = {name for name, page in PAGES.items() if page.is_posted}
    assert (set(PAGES) | set(NOT_PAGES)) - opened() == posted


def test_what_is_no_page_is_not_photographed():
    assert set(PAGES) & set(NOT_PAGES) == set()
