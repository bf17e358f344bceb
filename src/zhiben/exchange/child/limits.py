"""The child's own bounds and its one way to speak: lines of JSON."""

import resource
from typing import IO, Any

import msgspec


class Refused(Exception):  # noqa: N818 -- an answer, carried to the parent
    """A workbook that will not be read: the code's second half and its facts."""

    def __init__(self, problem: str, **facts: object) -> None:
        super().__init__(problem)
        self.problem, self.facts = problem, facts


class Out:
    """Writes one JSON line for each thing found, none longer than agreed."""

    def __init__(self, stream: IO[bytes], line_bytes: int) -> None:
        self._write = stream.write
        self._encode = msgspec.json.Encoder().encode
        self._line_bytes = line_bytes

    def send(self, thing: Any) -> None:
        """Write one line; refuse a longer one than the parent would take."""
        line = self._encode(thing)
        if len(line) > self._line_bytes:
            raise Refused("too-large", limit="row", bytes=len(line))
        self._write(line + b"\n")


def bind_process(memory_bytes: int, cpu_seconds: int, written_bytes: int = 1024 * 1024) -> None:
    """Set the limits nobody in this process can lift again; call before any parser is imported."""
    for kind, limit in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_FSIZE, written_bytes),  # of a reader only stderr, which goes to a file
    ):
        resource.setrlimit(kind, (limit, limit))
