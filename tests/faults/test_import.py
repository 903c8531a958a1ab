"""A worker killed in the middle of an import: the run goes on, nothing is doubled."""

import os
import re
import signal
from contextlib import suppress

import pytest

from tests.faults.installation import running
from tests.faults.visitor import Visitor
from tests.processes import eventually

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(
        bool(os.environ.get("TEST_DATABASE_URL")),
        reason="the embedded default is SQLite",
    ),
]

PEOPLE = 4000
RUN = "SELECT state, done, total FROM core_importrun ORDER BY created_at DESC LIMIT 1"
COUNTS = (
    "SELECT count(*), count(DISTINCT email), count(DISTINCT pseudonym) "
    "FROM discovery_person WHERE email LIKE '%@import.example'"
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("import") / "data"
    with running(folder, options=()) as installation:
        yield installation


@pytest.fixture(scope="module")
def founder(installation):
    link = re.search(r"as owner.*?(http\S+)", installation.said()).group(1)
    visitor = Visitor(f"http://127.0.0.1:{installation.port}")
    visitor.send(visitor.open(link), "csrfmiddlewaretoken")
    return visitor


def kill_all(installation, name):
    for pid in installation.parts(name):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def is_in_the_middle(installation):
    state, done, total = installation.one(RUN)
    return state == "running" and 300 <= done < total - 300


def test_a_killed_workers_run_goes_on_and_doubles_nobody(installation, founder):
    lines = [f"Person {n},Firm {n // 3},p{n}@import.example" for n in range(PEOPLE)]
    pasted = "\n".join(["Name,Company,E-Mail", *lines])
    page = founder.send(
        founder.open("/w/webvan/imports/new/"), "pasted", kind="people", pasted=pasted
    )
    founder.send(page, "column-0", duplicates="fill")
    assert eventually(lambda: installation.one(RUN)[0] == "checked", within=90)
    check = founder.open(page.url.replace("columns", "check"))
    address = check.url.replace("check", "run")
    token = check.form("form_key")[1]["csrfmiddlewaretoken"]

    founder.open(address, {"csrfmiddlewaretoken": token})
    assert eventually(lambda: is_in_the_middle(installation), within=60)
    kill_all(installation, "worker")

    halfway = installation.one(COUNTS)[0]
    assert 0 < halfway < PEOPLE
    assert eventually(lambda: installation.one(RUN)[0] == "done", within=180)
    assert installation.one(COUNTS) == (PEOPLE, PEOPLE, PEOPLE)
    assert (
        f"Created {PEOPLE:,}, filled 0"
        in founder.open(address.replace("run", "result")).text
    )
