"""Which text of a standard a determination rests on: a pack may be corrected, and old verdicts must still explain."""

import hashlib
import json
from functools import cache

from zhiben.law import store
from zhiben.law.standards import held


def digest_of(standard: str) -> str:
    """Return the fingerprint of a standard's pack as it stands, or of the text that a region adopted."""
    if standard in store.documents("standards"):
        return _of_pack(standard)
    known = held(standard)
    return known.digest if known else ""


@cache
def _of_pack(standard: str) -> str:
    written = store.documents("standards")[standard]
    return hashlib.sha256(json.dumps(written, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
