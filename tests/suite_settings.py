"""The program's settings for the suite: a throw-away place, an embedded database unless one is named, plain files."""

import os
import tempfile
from pathlib import Path

os.environ["ZHIBEN_VAR"] = tempfile.mkdtemp(prefix="zhiben-test-")
Path(os.environ["ZHIBEN_VAR"], "static").mkdir()
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ.setdefault("ZHIBEN_SECRET_KEY", "test")
os.environ.setdefault("ZHIBEN_DEBUG", "1")  # static files without a manifest
os.environ["DJANGO_SETTINGS_MODULE"] = "zhiben.config.settings"  # what programs started by a test use

from zhiben.config.settings import *  # noqa: E402, F403
