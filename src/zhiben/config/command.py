"""The `zhiben` command: every other command is a management command of a room."""

from django.core.management import execute_from_command_line


def run(argv: list[str]) -> int:
    """Run one management command; Django prints its own errors."""
    execute_from_command_line(["zhiben", *argv[1:]])
    return 0
