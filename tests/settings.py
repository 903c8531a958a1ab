"""Settings of the tests: the product's, made fast and closed to the outside."""

import os
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.gettempdir()) / f"fieldproof-tests-{os.getpid()}"
os.environ.setdefault("DATA_DIR", str(SCRATCH / "data"))
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.pop("EMAIL_URL", None)
os.environ.pop("REDIS_URL", None)
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, SQLITE_PRAGMAS, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, as in production: locks and WAL behave differently in memory.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    # No test pulls the plug; those that kill processes run the product's own settings.
    DATABASES["default"]["OPTIONS"]["init_command"] = SQLITE_PRAGMAS.replace(
        "synchronous=FULL", "synchronous=OFF"
    )
else:
    # A sweep holds one transaction, in which a busy machine may let it wait its turn.
    DATABASES["default"]["OPTIONS"]["options"] += (
        " -c idle_in_transaction_session_timeout=10min"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Tables from the models: tests/database.py.
DATABASES["default"].setdefault("TEST", {})["MIGRATE"] = False
