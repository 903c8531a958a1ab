"""python -m benchmarks: every benchmark in its small size, into results.json."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

RESULTS = Path(__file__).with_name("results.json")
PARTS = (
    *("drift", "sweep", "pages", "search", "imports", "board", "lists"),
    *("digests", "selling"),
)


def measured(part: str, folder: Path) -> dict[str, object]:
    """What one part measured; it prints its own table."""
    path = folder / f"{part}.json"
    command = [sys.executable, "-m", f"benchmarks.{part}", "--json", str(path)]
    print(f"\n{part}\n")
    subprocess.run(command, check=True)  # noqa: S603  modules of our own
    found: dict[str, object] = json.loads(path.read_text())
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        results = {part: measured(part, Path(folder)) for part in PARTS}
    RESULTS.write_text(json.dumps(results, indent=1))
    print(f"\nWritten to {RESULTS.relative_to(Path.cwd())}")


if __name__ == "__main__":
    main()
