"""Time the text match of dangers and clauses: one query, and a batch of 500, beside a plain scan with difflib."""

import json
import random
import statistics
import sys
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from time import perf_counter

import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from zhiben.law.candidates import Index, candidates, normal
from zhiben.law.standards import editions_on

DAY = date(2026, 10, 15)
LIMIT_MS = 5


def timed(ask, sentences):
    spent = []
    for sentence in sentences:
        started = perf_counter()
        ask(sentence)
        spent.append((perf_counter() - started) * 1000)
    spent.sort()
    return {
        "queries": len(spent),
        "p50_ms": round(statistics.median(spent), 3),
        "p95_ms": round(spent[len(spent) * 95 // 100], 3),
        "max_ms": round(spent[-1], 3),
        "all_ms": round(sum(spent), 1),
    }


def main():
    labelled = Path(__file__).parents[1] / "tests" / "law" / "labelled_sentences.yaml"
    written = yaml.safe_load(labelled.read_text(encoding="utf-8"))
    pool = [*written["sentences"], *written["second"], *written["unseen"]]
    chosen = random.Random(7).choices(pool, k=500)
    editions_on(DAY)  # reads the packs
    started = perf_counter()
    index = Index(editions_on(DAY))
    build = (perf_counter() - started) * 1000
    for sentence in pool[:50]:
        candidates(sentence["text"], sentence["industries"], DAY)
        candidates(sentence["text"], [], DAY)
    summaries = [normal(clause.summary.zh) for clause in index.clauses]

    def scan(sentence):
        text = normal(sentence["text"])
        return sorted(summaries, key=lambda summary: -SequenceMatcher(None, text, summary).quick_ratio())[:5]

    found = {
        "clauses": len(index.clauses),
        "build_ms": round(build, 1),
        "with_industries": timed(lambda each: candidates(each["text"], each["industries"], DAY), chosen),
        "all_standards": timed(lambda each: candidates(each["text"], [], DAY), chosen),
        "long_texts": timed(lambda each: candidates(each["text"] * 20, [], DAY), chosen),
        "peer_difflib_scan": timed(scan, chosen[:50]),
        "limit_ms": LIMIT_MS,
    }
    found["within_limit"] = max(found["with_industries"]["p95_ms"], found["all_standards"]["p95_ms"]) < LIMIT_MS
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
