"""`make bench` measures everything that can be measured."""

from pathlib import Path

import benchmarks
from benchmarks.__main__ import PARTS


def test_no_part_is_left_out():
    folder = Path(benchmarks.__file__).parent
    scripts = [path for path in folder.glob("*.py") if path.stem != "__main__"]
    alone = {
        path.stem for path in scripts if 'add_argument("--json")' in path.read_text()
    }
    packages = {path.parent.name for path in folder.glob("*/__main__.py")}

    assert set(PARTS) == alone | packages
