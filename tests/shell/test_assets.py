"""What is shipped to browsers: complete, licensed, free of what strict pages forbid."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/zhiben/shell/static/shell"
TEMPLATES = sorted((ROOT / "src/zhiben").glob("*/templates/**/*.html"))
ICON = re.compile(r'{% icon "([^"]+)"|\bicon="([a-z0-9-]+)"')


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = set(re.findall(r'id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    named = {a or b for path in TEMPLATES for a, b in ICON.findall(path.read_text())}
    assert named <= sprite
    assert sprite == set(json.loads((ROOT / "assets/icons.json").read_text()))


def test_no_file_names_a_source_map_that_is_not_there():
    for path in STATIC.rglob("*.*s"):
        assert "sourceMappingURL" not in path.read_text(), path.name


def test_versions_are_pinned_exactly():
    package = json.loads((ROOT / "assets/package.json").read_text())
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package["devDependencies"].values())


def test_the_lock_names_no_host():
    assert "http" not in re.sub(r'"(url|funding)": "[^"]*"', "", (ROOT / "assets/package-lock.json").read_text())


def test_templates_hold_nothing_that_a_strict_policy_refuses():
    refused = re.compile(r'\sstyle="|\son[a-z]+="|<script(?![^>]*\bsrc=)[^>]*>|hx-on')
    assert len(TEMPLATES) > 100
    assert {path.name: found for path in TEMPLATES if (found := refused.findall(path.read_text()))} == {}
