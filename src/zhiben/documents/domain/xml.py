"""What XML cannot carry: control characters and halves of characters."""

import re
from typing import Any

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_controls(value: Any) -> Any:
    """Return plain data with the characters left out that no XML holds."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, list):
        return [without_controls(one) for one in value]
    if isinstance(value, dict):
        return {name: without_controls(one) for name, one in value.items()}
    return value
