"""A thousand letters on slow rectification: drafted in one batch, printed as one PDF, signed one by one.

python bench/letters.py [LETTERS]
"""

import json
import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

LETTERS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
LIMIT_S = 60
ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]


def drafts(cast, count):
    """Letters that differ in everything that a danger's letter differs in."""
    from zhiben.documents.public import NewDraft
    from zhiben.orgs.public import unit_place

    for number in range(1, count + 1):
        yield NewDraft(
            kind="ladder:letter",
            subject=f"danger/{number}",
            place=unit_place(cast.site),
            department_id=cast.department.pk,
            enterprise_id=cast.enterprise.pk,
            recipient=f"示例机械{number:04}有限公司",
            facts={
                "danger_number": f"510104-20260302-{number:04}",
                "description": f"{number}号抛光间除尘系统未设置锁气卸灰装置，积尘较厚",
                "place": f"抛光车间{number % 7 + 1}号线",
                "found_on": date(2026, 1, 1 + number % 28),
                "level": "重大事故隐患",
                "responsible": f"示例机械{number:04}有限公司",
                "due_on": date(2026, 2, 1 + number % 28),
                "overdue_since": date(2026, 2, 1 + number % 28),
                "days_late": number % 60 + 1,
                "earlier": "",
            },
        )


def timed(act):
    """Return what an act answers, and its seconds."""
    started = time.perf_counter()
    answer = act()
    return answer, round(time.perf_counter() - started, 2)


def main():
    os.environ["ZHIBEN_VAR"] = tempfile.mkdtemp(prefix="zhiben-letters-")
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhiben.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from cast import make_cast

    from zhiben.documents.public import draft_documents, issue_documents, render_many

    cast = make_cast()
    actor, me = cast.zhao.actor, cast.zhao.account.pk
    ids, drafting = timed(lambda: draft_documents(list(drafts(cast, LETTERS)), actor=actor, now=NOW))
    pdf, printing = timed(lambda: render_many(ids, "zh-hans"))
    numbers, signing = timed(lambda: issue_documents(ids, signer_account_id=me, actor=actor, now=NOW))
    found = {
        "bench": "letters",
        "letters": LETTERS,
        "draft_s": drafting,
        "print_s": printing,
        "sign_s": signing,
        "bytes": len(pdf),
        "last_number": numbers[-1],
        "limit_s": LIMIT_S,
        "met": drafting + printing <= LIMIT_S,
    }
    print(json.dumps(found, ensure_ascii=False))
    return 0 if found["met"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
