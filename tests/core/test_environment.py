"""Wrong settings are all reported at once, in words, and the exit status says so."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(tmp_path, **environment):
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_wrong_value_is_named(tmp_path):
    said = start(
        tmp_path,
        PORT="many",
        APP_ORIGIN="fieldproof.example",
        EMAIL_URL="ftp://x",
        REDIS_URL="http://x",
        DEBUG="perhaps",
    )

    assert said.returncode != 0
    for name in ("PORT", "APP_ORIGIN", "EMAIL_URL", "REDIS_URL", "DEBUG"):
        assert name in said.stderr
    assert "Traceback" not in said.stderr


def test_nothing_is_needed_to_start(tmp_path):
    said = start(tmp_path)

    assert (tmp_path / "data").stat().st_mode & 0o077 == 0

    assert said.returncode == 0, said.stderr
    key = tmp_path / "data" / "secret_key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text()) > 50


def test_the_key_is_kept(tmp_path):
    start(tmp_path)
    first = (tmp_path / "data" / "secret_key").read_text()
    start(tmp_path)

    assert (tmp_path / "data" / "secret_key").read_text() == first


def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    said = start(tmp_path, DATA_DIR="/proc/fieldproof")

    assert said.returncode != 0
    assert "cannot write to its data folder" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("from a file " + "x" * 50)

    said = start(tmp_path, SECRET_KEY_FILE=str(tmp_path / "key"))

    assert said.returncode == 0, said.stderr
    assert not (tmp_path / "data" / "secret_key").exists()
