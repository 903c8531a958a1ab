"""How long a search takes: 5,000 talks, 20,000 quotes, 10,000 people; alone, and beside
49 other ventures. On SQLite, and on PostgreSQL if the tests' server is installed.

    python -m benchmarks.search [--json FILE] [--full]

Beside each time stands a floor of the same run: so many rows of the same table by their
ids, through the same connection.
"""

import argparse
import json
from pathlib import Path

from benchmarks.child import databases, in_django

WORK = "from benchmarks.search_times import main; main({path}, is_full=%r)"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    parser.add_argument("--full", action="store_true", help="larger other ventures")
    options = parser.parse_args()
    results = {}
    for name, url in databases():
        results[name] = in_django(url, WORK % options.full)
        for place in ("alone", "beside"):
            found = results[name][place]
            print(name, place, "search", found["search_ms"], "floor", found["floor_ms"])
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
