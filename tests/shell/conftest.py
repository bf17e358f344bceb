"""The pages of the style guide, in place of the site's."""

import copy
from pathlib import Path

import pytest

GUIDE = Path(__file__).parent / "guide"


@pytest.fixture
def guide(settings):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [str(GUIDE / "templates")]
    templates[0]["OPTIONS"]["builtins"] = [*templates[0]["OPTIONS"].get("builtins", []), "shell.guide.tags"]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "shell.guide.urls"
