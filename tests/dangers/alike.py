"""The seeded pairs as tellings, and how well likeness tells them apart."""

from datetime import date, timedelta
from pathlib import Path

import yaml

from zhiben.dangers.domain.likeness import Near, Telling, likeness
from zhiben.law.candidates import candidates

DAY = date(2026, 3, 2)
CHANNELS = {"s": "self_check", "i": "inspection", "p": "public_report", "m": "monitoring", "d": "determination"}
NEAR = {None: Near.SAME, "other-workshop": Near.BESIDE, "unsure": Near.UNSURE}


def pairs(half):
    """The pairs written by hand: `tuned`, or `unseen` while the points were set."""
    told = Path(__file__).with_name("alike_pairs.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(told)[half]


def telling(words, found_on, **facts):
    channel, place, description = words.split("|")
    clauses = frozenset(f"{c.clause.standard}/{c.clause.ref}" for c in candidates(description, [], found_on))
    return Telling(
        description=description, place=place, channel=CHANNELS[channel], found_on=found_on, clauses=clauses, **facts
    )


def score(pair):
    """The score of a pair; other sites of an enterprise are never compared."""
    if pair.get("at") == "other-site":
        return 0
    gone, bits = pair.get("gone"), pair.get("photo")
    a = telling(
        pair["a"],
        DAY,
        closed_on=DAY + timedelta(gone) if gone is not None else None,
        photos=frozenset({0}) if bits is not None else frozenset(),
    )
    later = DAY + timedelta(pair["days"])
    b = telling(pair["b"], later, photos=frozenset({(1 << bits) - 1}) if bits is not None else frozenset())
    alike = likeness(a, b, NEAR[pair.get("at")])
    return alike.score if alike else 0


def measured(half, proposed):
    """Precision and recall of what is proposed, in percent, and the pairs told wrongly."""
    scored = [(pair, score(pair)) for pair in pairs(half)]
    right = sum(pair["same"] for pair, points in scored if points >= proposed)
    offered = sum(points >= proposed for _, points in scored)
    same = sum(pair["same"] for pair, _ in scored)
    wrong = [(points, pair) for pair, points in scored if (points >= proposed) != pair["same"]]
    return {
        "pairs": len(scored),
        "same": same,
        "precision": round(100 * right / offered, 1),
        "recall": round(100 * right / same, 1),
        "wrong": wrong,
    }
