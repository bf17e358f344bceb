"""The determination overview of a county, as a page: whole, one standard, and the list behind a number; median of twenty.

python bench/determination_overview.py [ENTERPRISES]
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import suspect
from rejudge import prepare

LIMIT_MS, TIMES = 150, 20


def milliseconds(client, url):
    """Return the median of some requests, after one that warms up."""
    first = client.get(url)
    assert first.status_code == 200, (url, first.status_code, first.headers)
    told = []
    for _ in range(TIMES):
        began = time.perf_counter()
        client.get(url)
        told.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(told), 1)


def main():
    """Print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as name:
        prepare(Path(name))
        from django.conf import settings
        from django.core.management import call_command
        from django.test import Client
        from django.urls import reverse
        from make import NOW, grant, make_account

        from zhiben.orgs.scope import Scope, scoped
        from zhiben.standards.services.surveying import survey_population

        settings.ALLOWED_HOSTS = ["*"]
        call_command("collectstatic", verbosity=0, interactive=False)
        with scoped(Scope(everything=True)):
            tree = suspect.populate()
            account = make_account("bench")
            grant(account, "officer", tree.city)
            began = time.perf_counter()
            survey_population(now=NOW)
            spent = time.perf_counter() - began
        client = Client()
        client.force_login(account)
        whole = reverse("standards:overview")
        pages = {
            "overview": whole,
            "one_standard": f"{whole}?standard=gongmao-2023",
            "one_unit": f"{whole}?unit={tree.township.path}",
            "list": f"{reverse('standards:affected')}?verdict=unknown",
        }
        told = {f"{page}_ms": milliseconds(client, url) for page, url in pages.items()}
    ok = max(told.values()) < LIMIT_MS
    figures = {"bench": "determination_overview", "enterprises": suspect.ENTERPRISES, "survey_seconds": round(spent, 2)}
    print(json.dumps({**figures, **told, "limit_ms": LIMIT_MS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    raise SystemExit(main())
