"""Which text of a standard a determination rests on: a pack may be corrected, and old verdicts must still explain."""

import hashlib
import json
from functools import cache

from zhiben.law import store


@cache
def digest_of(standard: str) -> str:
    """Return the fingerprint of a standard's pack as it stands."""
    written = store.documents("standards")[standard]
    return hashlib.sha256(json.dumps(written, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
