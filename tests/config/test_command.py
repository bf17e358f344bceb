"""The command as its reader sees it."""

import os
import sys

from zhiben.config.command import run


def test_a_reader_who_has_seen_enough_hears_no_complaint(monkeypatch):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        assert run(["zhiben", "version"]) == 0
