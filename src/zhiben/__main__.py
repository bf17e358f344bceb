"""The `zhiben` command. `zhiben law …` never starts Django; everything else is a management command."""

import os
import sys


def main() -> None:
    """Run one command."""
    if sys.argv[1:2] == ["law"]:
        from zhiben.law.cli import main as law

        raise SystemExit(law(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiben.config.settings")
    from zhiben.config.command import run

    raise SystemExit(run(sys.argv))


if __name__ == "__main__":
    main()
