"""The description of the API as a file: what is committed, and what a test compares with what is served."""

import json

from zhiben.config.api import api


def openapi() -> str:
    """Return the OpenAPI description as JSON, in a form that shows changes line by line."""
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
