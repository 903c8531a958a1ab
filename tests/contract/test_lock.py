"""The requirement files: exact, hashed, and without the address of any index."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUN, DEV = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
PINNED = re.compile(
    r"^([a-z0-9._-]+)(?:\[[a-z0-9, ]+\])?==([^ ;\\]+)(?: ; [^\\]+)? \\$"
)


def name_of(requirement):
    name = re.match(r"[A-Za-z0-9._-]+", requirement)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(path):
    """{(name, version)} of the file; fails on a line of any other form."""
    found = set()
    for line in path.read_text().splitlines():
        if not line.startswith("    --hash=sha256:"):
            match = PINNED.match(line)
            assert match, line
            found.add((name_of(match[1]), match[2]))
    return found


@pytest.mark.parametrize("path", [RUN, DEV], ids=lambda path: path.name)
def test_every_package_is_pinned_with_hashes_and_no_address(path):
    text = path.read_text()

    assert "://" not in text
    assert "--index-url" not in text
    assert re.fullmatch(
        r"(?:[^ ].* \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)+", text
    )
    assert pinned(path)


def test_what_the_project_asks_for_is_locked():
    direct = {name_of(wish) for wish in PROJECT["project"]["dependencies"]}
    tools = {name_of(wish) for wish in PROJECT["dependency-groups"]["dev"]}

    assert direct - {name for name, _ in pinned(RUN)} == set()
    assert (direct | tools) - {name for name, _ in pinned(DEV)} == set()


def test_both_files_agree():
    assert pinned(RUN) <= pinned(DEV)


def test_celery_and_its_transport_are_the_measured_pair():
    assert {("celery", "5.6.3"), ("kombu", "5.7.0")} <= pinned(RUN)


def test_what_a_package_asks_for_with_an_extra_is_pinned_with_it():
    """pip before 23.3 takes the newest `coverage[toml]` beside a pinned `coverage`,
    and then refuses it for having no hash."""
    lines = {
        name_of(line): line for line in DEV.read_text().splitlines() if "==" in line
    }
    bare = [
        f"{name} needs {wish}"
        for name in lines
        if " ; " not in lines[name]
        for wish in map(Requirement, distribution(name).requires or [])
        if (wish.marker is None or wish.marker.evaluate({"extra": ""}))
        and not all(extra in lines[name_of(wish.name)] for extra in wish.extras)
    ]

    assert bare == []
