"""`zhiben law …`: the law on the command line, without Django."""

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:  # pragma: no cover
    """Answer one question."""
    raise SystemExit(argv)
