"""csv: which encoding, which delimiter, then the records."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

from zhiben.exchange.child.kinds import refuse_markup
from zhiben.exchange.child.limits import Out, Refused
from zhiben.exchange.child.sheets import Counts, trimmed
from zhiben.exchange.domain.workbook import Limits

CHUNK = 1024 * 1024
SAMPLE = 64 * 1024
DELIMITERS = ",\t;|"
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def send_csv(path: Path, out: Out, limits: Limits) -> None:
    """Send the one sheet a csv file is, named after the format; records count as rows."""
    encoding = _encoding_of(path)
    csv.field_size_limit(limits.cell_characters)
    counts = Counts(limits)
    with path.open(encoding=encoding, newline="") as stream:
        sample = stream.read(SAMPLE)
        _refuse_binary(sample)
        delimiter, skipped = _delimiter_of(sample)
        stream.seek(0)
        for _ in range(skipped):
            stream.readline()
        out.send(["book", "csv", {"encoding": encoding, "delimiter": delimiter}])
        out.send(["sheet", "csv", 0, False])
        try:
            for number, record in enumerate(csv.reader(stream, delimiter=delimiter), start=1 + skipped):
                cells = trimmed([value or None for value in record], limits)
                if cells:
                    counts.add_row(len(cells))
                    out.send([number, cells])
        except csv.Error as error:
            if "field limit" in str(error):
                raise Refused("too-large", limit="cell", characters=limits.cell_characters) from None
            raise Refused("damaged") from None


def _encoding_of(path: Path) -> str:
    """Return the first encoding that reads the whole file: marks first, then UTF-8, then GB 18030."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _first_of(path, ("utf-16",))
    zeros = head.count(0)
    if zeros:  # UTF-16 without its mark has zeros on one side only; anything else with zeros is no text
        odd = head[1::2].count(0)
        return _first_of(path, ("utf-16-le",) if odd > zeros // 2 else ("utf-16-be",))
    return _first_of(path, ("utf-8-sig", "gb18030"))


def _first_of(path: Path, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            with path.open(encoding=encoding, newline="") as stream:
                while stream.read(CHUNK):
                    pass
        except UnicodeError:
            continue
        return encoding
    raise Refused("wrong-type", found="binary")


def _refuse_binary(sample: str) -> None:
    """Refuse bytes that merely happen to decode: GB 18030 takes almost anything."""
    refuse_markup(sample[:4096].encode("utf-8", "replace"))
    if not sample.strip():
        raise Refused("empty")
    if len(CONTROLS.findall(sample)) > max(8, len(sample) // 50):
        raise Refused("wrong-type", found="binary")


def _delimiter_of(sample: str) -> tuple[str, int]:
    """Return the delimiter, and how many lines to skip: Excel's own `sep=;` line names it."""
    first = sample.split("\n", 1)[0].strip('\ufeff\r "')
    if len(first) == 5 and first.lower().startswith("sep="):
        return first[4], 1
    return max(DELIMITERS, key=lambda one: _consistency(sample, one)), 0


def _consistency(sample: str, delimiter: str) -> tuple[int, int]:
    """Score a delimiter: how many records share the most common width above one, then that width.

    Quotes are respected, so a comma inside a quoted description does not count.
    """
    widths: Counter[int] = Counter()
    try:
        for record, _ in zip(csv.reader(io.StringIO(sample), delimiter=delimiter), range(200), strict=False):
            widths[len(record)] += len(record) > 1
    except csv.Error:
        return (0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (count, width)
