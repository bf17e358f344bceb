"""The program's settings for the suite: a throw-away place, an embedded database unless one is named, plain files."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
os.environ["ZHIBEN_VAR"] = tempfile.mkdtemp(prefix="zhiben-test-", dir=MEMORY)
atexit.register(shutil.rmtree, os.environ["ZHIBEN_VAR"], ignore_errors=True)
Path(os.environ["ZHIBEN_VAR"], "static").mkdir()
# A file from the first moment: of a database in memory a live server that starts before the test database is made gives
# the test's own connection to all of its threads.
os.environ.setdefault("DATABASE_URL", f"sqlite:///{os.environ['ZHIBEN_VAR']}/none.sqlite3")
os.environ.setdefault("ZHIBEN_SECRET_KEY", "test")
os.environ.setdefault("ZHIBEN_DEBUG", "1")  # static files without a manifest
os.environ["DJANGO_SETTINGS_MODULE"] = "zhiben.config.settings"  # what programs started by a test use

from zhiben.config.settings import *  # noqa: E402, F403

if DATABASES["default"]["ENGINE"].endswith("sqlite"):  # noqa: F405
    # A file, not SQLite's memory: that is gone with the last connection, and a server's threads open and close theirs.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["ZHIBEN_VAR"], "suite.sqlite3"))}  # noqa: F405
    quick = DATABASES["default"]["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = quick  # noqa: F405
