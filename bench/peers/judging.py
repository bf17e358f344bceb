"""The peers of `determine.py`, each asked the same rules of the same columns: openfisca-core (vectorised), zen-engine.

    python -m venv .venv-peers && .venv-peers/bin/pip install openfisca-core zen-engine numpy

An environment of their own, never one of the program's: openfisca-core is under the AGPL. `determine.py` runs this file
with that interpreter (or the one named in ZHIBEN_BENCH_PEERS) and hands over a folder: columns.npz and rules.json.
"""

import json
import sys
import time
from pathlib import Path

DAY = "2026-11-20"
ROUNDS = 2


def openfisca(folder, rules):
    """Return the seconds of the best round and the enterprises at which each formula holds."""
    import numpy as np
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    columns = dict(np.load(folder / "columns.npz"))
    entity = build_entity(key="enterprise", plural="enterprises", label="Enterprise", is_person=True)
    system = TaxBenefitSystem([entity])

    def add(name, kind, **told):
        told = {"value_type": kind, "entity": entity, "definition_period": DateUnit.DAY, "label": name, **told}
        system.add_variable(type(name, (Variable,), told))

    for name, column in columns.items():
        add(name, bool if column.dtype == np.bool_ else int)
    for number, rule in enumerate(rules):
        formula = eval(f"lambda enterprise, period: {rule}")
        add(f"criterion_{number}", bool, formula=formula)
    best = None
    for _ in range(ROUNDS):  # a simulation keeps what it calculated
        simulation = SimulationBuilder().build_default_simulation(system, count=len(next(iter(columns.values()))))
        for name, column in columns.items():
            simulation.set_input(name, DAY, column)
        started = time.perf_counter()
        held = [int(simulation.calculate(f"criterion_{number}", DAY).sum()) for number in range(len(rules))]
        spent = time.perf_counter() - started
        best = spent if best is None else min(best, spent)
    return {"seconds": best, "enterprises": len(next(iter(columns.values()))), "held": held}


def zen(folder, rules):
    """Return the seconds of one round and at how many enterprises each expression holds."""
    import numpy as np
    from zen import ZenEngine

    columns = dict(np.load(folder / "columns.npz"))
    rows = 400
    facts = {name: column[:rows].tolist() for name, column in columns.items() if not name.endswith("__known")}
    known = {name: columns[f"{name}__known"][:rows].tolist() for name in facts}
    is_three = any("null" in rule for rule in rules)
    asked = [
        {name: told[row] if known[name][row] or not is_three else None for name, told in facts.items()}
        for row in range(rows)
    ]
    decision = ZenEngine().create_decision(json.dumps(_graph(rules)))
    decision.evaluate(asked[0])
    held = [0] * len(rules)
    started = time.perf_counter()
    answers = [decision.evaluate(each)["result"] for each in asked]
    spent = time.perf_counter() - started
    for answer in answers:
        held = [count + answer[f"c{number}"] for number, count in enumerate(held)]
    return {"seconds": spent, "enterprises": rows, "held": held}


def _graph(rules):
    """Return a decision with all rules in one node of expressions: the quickest form that engine has."""
    expressions = [{"id": f"c{n}", "key": f"c{n}", "value": rule} for n, rule in enumerate(rules)]
    place = {"position": {"x": 0, "y": 0}}
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", **place},
            {
                "id": "rules",
                "type": "expressionNode",
                "name": "rules",
                "content": {"expressions": expressions},
                **place,
            },
            {"id": "out", "type": "outputNode", "name": "out", **place},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "rules", "type": "edge"},
            {"id": "2", "sourceId": "rules", "targetId": "out", "type": "edge"},
        ],
    }


if __name__ == "__main__":
    peer, folder = sys.argv[1], Path(sys.argv[2])
    written = json.loads((folder / "rules.json").read_text())[peer]
    print(json.dumps({asked: globals()[peer](folder, rules) for asked, rules in written.items()}))
