"""After an erasure the files of SQLite hold none of the words: database, log, index."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import prepare_folder
from tests.processes import environment

ROOT = Path(__file__).resolve().parents[2]
SEED = """
import django; django.setup()
from tests.factories import NOW, make_interview, make_person, make_quote, make_workspace
from interviews.search import reindex
ws = make_workspace("Acme", slug="acme")
person = make_person(ws, "Quirina Zephyrson", email="quirina.z@zeph.example",
                     phone="+34 915 550 199")
for n in range(40):
    talk = make_interview(ws, people=[person], notes="Quirina Zephyrson said " * 50)
    make_quote(talk, "Quirina Zephyrson said", person=person)
reindex(ws)
print(person.pk)
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


def run(folder, *arguments):
    env = environment(folder, DJANGO_SETTINGS_MODULE="config.settings")
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def found_in(folder):
    """(file, word) wherever a word stands, in any file of the data folder."""
    words = (b"quirina", b"zephyrson", b"zeph.example", b"915 550 199", b"915550199")
    return sorted(
        (path.name, word)
        for path in folder.rglob("*")
        if path.is_file()
        for word in words
        if word in path.read_bytes().lower()
    )


def test_no_byte_of_the_files_names_them(folder, django_db_blocker):
    with django_db_blocker.unblock():
        prepare_folder(folder)
    person = run(folder, "-c", SEED).stdout.strip().splitlines()[-1]
    assert {word for _file, word in found_in(folder)} >= {b"quirina", b"zeph.example"}
    # somebody keeps the database open, so that its log is not dropped on closing
    other = sqlite3.connect(folder / "fieldproof.sqlite3")
    other.execute("SELECT count(*) FROM discovery_person").fetchone()

    done = run(folder, "manage.py", "erase_person", person, "--json")

    assert found_in(folder) == []
    assert "quirina" not in (done.stdout + done.stderr).lower()
    wal = folder / "fieldproof.sqlite3-wal"
    assert not wal.exists() or wal.stat().st_size == 0
    other.close()
