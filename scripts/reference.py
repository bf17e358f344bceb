"""Write the generated pages of docs/reference/ and docs/law/ from the program itself, or with `--check` tell which are stale."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import law_pages
from django.core.management import get_commands, load_command_class
from django.utils import translation

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "reference"
LAW = ROOT / "docs" / "law"
OF_DJANGO = {
    "help",
    "version",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
    "verbosity",
}
DEPENDS_ON_PLACE = {"lang", "file"}  # defaults that differ from machine to machine are told by the help text

JSON = {  # what `--json` prints; a test holds the keys against this script, command by command
    "law list": '[{"id", "family", "title": {"zh", "en"}, "document", "effective", "repealed", "superseded_by", '
    '"industries", "clauses", "rules", "whole", "confidence", "state", "may_be_judged", "may_clear", "verify_fields"}]',
    "law show": "of a standard: the object of `law list` with `issuer`, `issued`, `notes`, `sources`, `clauses` and "
    "`composites`; of a clause, value or fact: its own object",
    "law check": '{"packs", "problems": [{"pack", "at", "reason"}]}',
    "law judge": '{"standard", "edition": {…}, "day", "coverage": {…}, "verdict": "present" | "absent" | "unknown", '
    '"clauses": [{"clause", "verdict", "reasons": [{"code", "zh", "en", "facts"}], "missing": […], "element"?, '
    '"verify"?}], "warnings"}; without `--standard` a list of such objects',
    "law ask": '{"day", "standards": […], "clauses", "open", "questions": [{"fact", "label": {"zh", "en"}, "unit", "expected", '
    '"guaranteed", "most", "waiting": ["standard/clause"], "answers": [{"example", "settles": [{"clause", "verdict"}]}]}]}',
    "law call": 'the fields that the function answers with; with `--explain` `{"function", "on", "inputs", "answer", "labels": '
    '{field: {"zh", "en"}}, "steps": [{"zh", "en", "value", "of"?}], "terms": {word or code: {"zh", "en"}}, "citations": [{"parameter", "value", "instrument", "clause", "since", "basis", …}], '
    '"rests_on": "law" | "practice" | "setting", "verify"}`; without a name `[{"name", "section", "module", "title", "inputs"}]`',
    "law compile": '{"path", "bytes"}',
    "files verify": '{"files", "size", "missing": [sha256], "changed": [sha256], "orphans": [sha256]}',
    "health": '{"ok", "workers", "troubles": [{"code", "about", "since", "error"}]}',
    "insights bulletin": '{"period", "is_over", "late", "open_before", "found", "reopened", "moved_in", "moved_out", '
    '"signed_off", "voided", "open_after", "overdue"}',
    "insights form": '{"period", "version", "should_check", "did_check", "general_found", "general_rectified", "major_found", '
    '"major_cancelled", "planned", "five_parts", "part_responsibility", "part_measures", "part_funds", "part_time_limit", '
    '"part_plan", "listed", "listed_province", "listed_city", "funds_fen"}; what is unknown is null',
    "analytics snapshot": '{"folder", "made_at", "position", "full", "enterprises", "read", "shards", "written", "facts", '
    '"seconds"}',
    "standards determine": '{"on", "unit", "judged", "snapshot": {"made_at", "behind", "from_history"}, '
    '"clauses": [{"standard", "clause", "present", "absent", "unknown"}], '
    '"unfit": {fact: count}, "enterprises": [{"enterprise", "clauses": [{"standard", "clause", "verdict", "facts"}]}]}; '
    'with --raise or --ask {"raised", "kept", "withdrawn", "asked", "facts", "enterprises", "after"}',
    "standards what-if": '{"on", "unit", "editions": [{"before", "after"}], "enterprises", "changed", "newly_present", '
    '"no_longer_present", "newly_unknown", "newly_judged", "clauses": [{"standard_before", "clause_before", "standard", "clause", '
    '"summary", "before", "after", "enterprises"}], "units": [{"path", "name", "unit", "enterprises", "changed", …}], '
    '"industries": [{"industry", …}], "changes": [{"enterprise", "changes": [{…, "before", "after"}]}], '
    '"dangers": {"changed", "rows": [{"id", "number", "enterprise", "clause_before", "clause", "before", "after"}]}}',
    "insights clearing": '{"rows": [{"cell": {…}, "open_before", "found", "reopened", "moved_in", "moved_out", '
    '"signed_off", "voided", "open_after", "overdue"}]}',
    "journal verify": '{"entries", "chains", "broken": [{"chain", "seq", "problem"}]}',
    "orgs import": '{"read", "made", "renamed", "recoded", "unchanged", "elsewhere": [code], "gone": [code], '
    '"problems": [{"row", "column", "code", "value"}]}',
    "orgs list": '[{"path", "code", "name", "kind"}]',
    "import dangers": '{"read", "accepted", "repeated", "rejected", "written", "warnings", '
    '"problems": [{"sheet", "row", "column", "code", "value"}]}',
}  # fmt: skip

COMMANDS_HEAD = """# Commands

<!-- written by scripts/reference.py: run it after changing a command -->

Everything is a word after `zhiben`. `zhiben law …` (also `zhiben-law …`) needs no database and starts in a fraction of a
second. A command ends with 0 when all went well, with 1 when what it checked is not in order, and with 2 when it was
refused: then it says what happened, why and what to do, in the language of the terminal (`LANG`), or with `--json` as
`{"code", "message", "facts"}`.
Commands that are not `law` act at system scope unless they name a user, so keep the machine's shell to
administrators. Django's own commands, such as `zhiben migrate`, work as well.
"""
PERMISSIONS_HEAD = """# Permissions and roles

<!-- written by scripts/reference.py: run it after changing a permission or a role -->

A role is a set of permissions; a grant holds a role at a unit or an enterprise, perhaps for some industries and
matters only ([scope](../algorithms/scope.md)). These are the roles that every installation starts with.
"""
EVENTS_HEAD = """# Events

<!-- written by scripts/reference.py: run it after changing an event -->

Every change of state is one of these in [the journal](../algorithms/journal.md). *Personal* fields stand in the chain as
salted hashes only; their values can be destroyed.
"""


def commands() -> str:
    """Return the page of all commands."""
    parts = [COMMANDS_HEAD]
    for name, parser in _parsers():
        parts.append(f"\n## zhiben {name}\n\n{_sentence(parser.description or '')}\n")
        parts.extend(_uses(name, parser))
    return "".join(parts)


def _parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    from zhiben.law.cli import _parser as law  # noqa: PLC0415 -- after the language is settled

    ours = {name: room for name, room in get_commands().items() if str(room).startswith("zhiben.")}
    for name in sorted([*ours, "law"]):
        yield name, law() if name == "law" else load_command_class(ours[name], name).create_parser("zhiben", name)


def _uses(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    words = next((one for one in parser._actions if isinstance(one, argparse._SubParsersAction)), None)
    if words is None:
        yield _use(name, parser)
        return
    helps = {one.dest: one.help or "" for one in words._choices_actions}
    for word, below in words.choices.items():
        yield f"\n### zhiben {name} {word}\n\n{_sentence(helps.get(word, ''))}\n"
        yield _use(f"{name} {word}", below)


def _use(name: str, parser: argparse.ArgumentParser) -> str:
    own = [action for action in parser._actions if action.dest not in OF_DJANGO]
    line = " ".join(filter(None, ("zhiben", name, *(_word(action) for action in own))))
    told = "".join(f"| `{_cell(_spelled(action))}` | {_cell(_told(action))} |\n" for action in own)
    table = f"\n| | |\n|---|---|\n{told}" if told else ""
    asked = {action.dest for action in own}
    shaped = name if name in JSON else f"{name} {_only_choice(own)}"
    shape = f"\n`--json` prints{_code(JSON[shaped])}\n" if "json" in asked else ""
    return f"\n```sh\n{line}\n```\n{table}{shape}"


def _only_choice(actions: list[argparse.Action]) -> str:
    return next((str(next(iter(a.choices))) for a in actions if a.choices and not a.option_strings), "")


def _code(shape: str) -> str:
    return f":\n\n```text\n{shape}\n```" if shape.startswith(("{", "[")) else f" {shape}."


def _word(action: argparse.Action) -> str:
    spelled = _spelled(action)
    return spelled if action.required else f"[{spelled}]"


def _spelled(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else _value(action)
    return " ".join(filter(None, (action.option_strings[-1] if action.option_strings else "", value)))


def _value(action: argparse.Action) -> str:
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    name = str(action.metavar or action.dest)
    return name if name.isupper() else name.upper()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _told(action: argparse.Action) -> str:
    text = (action.help or "").strip()
    default = action.default
    known = isinstance(default, str | int) and not isinstance(default, bool) and default != ""
    if known and action.dest not in DEPENDS_ON_PLACE and "default" not in text:
        text = f"{text} (default: `{default}`)".strip()
    return text or {"json": "answer as JSON"}.get(action.dest, "")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def permissions() -> str:
    """Return the page of permissions and the roles that carry them."""
    from zhiben.orgs.domain.roles import BUILTIN_ROLES, known_permissions  # noqa: PLC0415 -- needs Django
    from zhiben.orgs.permissions import label_of  # noqa: PLC0415 -- needs Django

    roles = "".join(f"| `{role.slug}` | {role.name.zh} | {role.name.en} |\n" for role in BUILTIN_ROLES)
    rows = []
    for permission in sorted(known_permissions()):
        label, held = label_of(permission), [role.slug for role in BUILTIN_ROLES if permission in role.permissions]
        rows.append(f"| `{permission}` | {label.zh} | {label.en} | {', '.join(f'`{slug}`' for slug in held)} |\n")
    return (
        f"{PERMISSIONS_HEAD}\n| role | 中文 | English |\n|---|---|---|\n{roles}"
        f"\n| permission | 中文 | English | held by |\n|---|---|---|---|\n{''.join(rows)}"
    )


def events() -> str:
    """Return the page of journal events."""
    import dataclasses  # noqa: PLC0415 -- beside its only use

    from zhiben.journal.events import REGISTRY  # noqa: PLC0415 -- needs Django

    rows = []
    for code, kind in sorted(REGISTRY.items()):
        if not kind.__module__.startswith("zhiben."):
            continue
        fields = [f"*{one.name}*" if one.name in kind.personal else one.name for one in dataclasses.fields(kind)]
        rows.append(f"| `{code}` | {kind.label.zh} | {kind.label.en} | {kind.version} | {', '.join(fields)} |\n")
    return (
        f"{EVENTS_HEAD}\nPersonal fields are in *italics*.\n\n"
        f"| event | 中文 | English | version | fields |\n|---|---|---|---|---|\n{''.join(rows)}"
    )


def main() -> int:
    """Write every page, or with `--check` return 1 where one is stale."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiben.config.settings")
    django.setup()
    with translation.override("en"):
        wanted = {PAGES / f"{page.__name__}.md": page() for page in (commands, permissions, events)}
    wanted |= {LAW / name: text for name, text in law_pages.pages().items()}
    left = set(LAW.rglob("*.md")) - set(wanted)  # of a function or a pack that is no more
    stale = [file for file, text in wanted.items() if not file.exists() or file.read_text(encoding="utf-8") != text]
    if "--check" not in sys.argv:
        _write({file: wanted[file] for file in stale}, left)
    named = ", ".join(sorted(str(file.relative_to(ROOT / "docs")) for file in {*stale, *left}))
    print(f"{'stale' if '--check' in sys.argv else 'written'}: {named or 'none'}")
    return int(bool(stale or left) and "--check" in sys.argv)


def _write(pages: dict[Path, str], left: set[Path]) -> None:
    for file, text in pages.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for file in left:
        file.unlink()
    if (ROOT / ".git").exists():  # new pages belong to the next commit, with the function or pack they tell of
        subprocess.run(["git", "add", "--intent-to-add", LAW], cwd=ROOT, check=False, capture_output=True)


if __name__ == "__main__":
    raise SystemExit(main())
