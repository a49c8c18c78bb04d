"""Settings of the tests: the product's own, with a data folder per process and passwords that hash fast."""

import atexit
import os
import shutil
import tempfile

MEMORY = "/dev/shm"  # noqa: S108 - where there is one: what must reach the disk at every commit is then there at once
_folder = tempfile.mkdtemp(prefix="huiyin-test-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["HUIYIN_DATA"] = _folder

from huiyin.config.settings import *  # noqa: E402, F403
from huiyin.config.settings import DATA, DATABASES  # noqa: E402

# Nothing is collected in tests: files are served from where they stand, under plain names.
(DATA / "static").mkdir()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, as in real life, and not a database in memory: several threads and processes can then meet on it.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}
