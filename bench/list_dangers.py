"""A scoped, filtered list of 50 of a million dangers, signed in, through the API; beside it the same list by Django
REST framework as people write it and with our SQL, and our own HTML page. Random actor, filter and page in each
request; no answer is kept.

    python bench/list_dangers.py [ROWS]       # on SQLite; with DATABASE_URL set, on that PostgreSQL
    ZHIBEN_PG_OPTIONS=" -c shared_buffers=2GB" python scripts/with_postgres.py -- python bench/list_dangers.py
"""

import json
import os
import random
import sys
import tempfile

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
SECONDS = int(os.environ.get("ZHIBEN_BENCH_SECONDS", "10"))
KEEP = os.environ.get("ZHIBEN_BENCH_KEEP", "")
GOALS = {"per_second": 1_000, "p95_ms": 25, "times_ordinary": 3, "times_with_our_sql": 2, "html_p95_ms": 150}


def filters(draw):
    """Return a random filter as a query string."""
    return draw.choice([
        "", "", "state=rectifying", "state=registered&state=confirmed", "overdue=true", "level=major", "matter=fire",
        "industry=machinery", "state=signed_off", "level=general&state=rectifying",
    ])  # fmt: skip


def targets(tokens, draw, count=4_000):
    """Return pairs of token and query; every third asks for a later page, at the cursor a real page gave."""
    from django.utils import timezone

    from zhiben.dangers.listing import page_of
    from zhiben.orgs.api import cursor_of
    from zhiben.orgs.selectors.access import actor_of_token

    actors = {token: actor_of_token(token, now=timezone.now()) for token in tokens}
    pages = {token: page_of(actor, "danger:view", limit=50).next for token, actor in actors.items()}
    found = []
    for n in range(count):
        token = draw.choice(tokens)
        query = filters(draw)
        if n % 3 == 0 and pages[token]:
            query += ("&" if query else "") + f"after={cursor_of(*pages[token])}"
        found.append((token, query))
    return found


def main():
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as made:
        var = KEEP or made
        os.environ.update(ZHIBEN_VAR=var, ZHIBEN_DEBUG="0", ZHIBEN_LOG_LEVEL="ERROR")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{var}/bench.sqlite3")
        sys.path.insert(0, "src")
        import _load
        import _population
        from django.core.management import call_command

        _population.setup()
        call_command("collectstatic", verbosity=0, interactive=False)
        from django.db import connection

        from zhiben.orgs.scope import Scope, scoped

        draw = random.Random(5)
        with scoped(Scope(everything=True)):
            made_of = _population.fill(ROWS)
            sample = _population.same_as_written_by_services(1_000 if ROWS < 100_000 else 10_000)
            asked = targets(_population.accounts(), draw)
            cookies = _population.sessions(asked)
        vendor = connection.vendor
        connection.close()
        told = {"figure": "list of 50", "database": vendor, **made_of, "same_as_services": sample, "goals": GOALS}
        with _load.serving("zhiben.config.wsgi:application", 18101) as url:
            told["ours"] = _load.load(url, [(t, f"/api/v1/dangers?{q}") for t, q in asked], seconds=SECONDS)
            pages = [(cookies[t], f"/dangers/?{q}") for t, q in asked if "after=" not in q and t in cookies]
            told["html"] = _load.load(url, pages, header="Cookie", prefix="sessionid=", seconds=SECONDS, connections=4)
        peer = {"DJANGO_SETTINGS_MODULE": "peers.drf_settings"}
        with _load.serving("peers.drf:application", 18102, peer) as url:
            told["drf_with_our_sql"] = _load.load(url, [(t, f"/sql/?{q}") for t, q in asked], seconds=SECONDS)
            plain = [(t, f"/ordinary/?{q.split('after=')[0]}page={2 if 'after=' in q else 1}") for t, q in asked]
            told["drf_ordinary"] = _load.load(url, [(t, _joined(p)) for t, p in plain], seconds=SECONDS)
    told["peer_note"] = "a peer's page 2 may be empty for a filter: it answers 404, which counts as an error"
    told["times_ordinary"] = round(told["ours"]["per_second"] / told["drf_ordinary"]["per_second"], 2)
    told["times_with_our_sql"] = round(told["ours"]["per_second"] / told["drf_with_our_sql"]["per_second"], 2)
    print(json.dumps(told))


def _joined(path):
    """Put the ampersand before the page where a filter stands."""
    head, _, query = path.partition("?")
    before, _, page = query.rpartition("page=")
    before = before.rstrip("&")
    return f"{head}?{before}&page={page}" if before else f"{head}?page={page}"


if __name__ == "__main__":
    main()
