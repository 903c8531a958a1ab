"""`make bench` measures everything that can be measured."""

import subprocess
import sys
from pathlib import Path

import pytest

import benchmarks
from benchmarks.__main__ import PARTS
from tests.processes import ROOT, environment


def test_no_part_is_left_out():
    folder = Path(benchmarks.__file__).parent
    scripts = [path for path in folder.glob("*.py") if path.stem != "__main__"]
    alone = {
        path.stem for path in scripts if 'add_argument("--json")' in path.read_text()
    }
    packages = {path.parent.name for path in folder.glob("*/__main__.py")}

    assert set(PARTS) == alone | packages


@pytest.mark.parametrize("part", PARTS)
def test_each_part_starts_by_itself(tmp_path, part):
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{part}", "--help"],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")
