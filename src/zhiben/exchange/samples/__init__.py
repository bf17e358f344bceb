"""The ledger that ships with the program: what an office's workbook looks like, with made-up enterprises."""

from pathlib import Path

SAMPLE = Path(__file__).parent / "隐患排查治理台账（示例）.xlsx"
