"""Full-text search over what a venture wrote down: the same answers on both databases.

Words are folded and cut here, in Python; a database only keeps and finds them.

For other packages: `index`, `reindex`, `forget`, `all_at_once` (upkeep) and
`matching_interviews`, `matching_rows` (finding). They are fetched when asked for, because the models need
the pure modules of this package before there are any models.
"""

from importlib import import_module
from typing import Any

PLACES = {
    "all_at_once": "upkeep",
    "find": "finding",
    "forget": "upkeep",
    "index": "upkeep",
    "matching_interviews": "finding",
    "matching_rows": "finding",
    "reindex": "upkeep",
}


def __getattr__(name: str) -> Any:
    if name not in PLACES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{PLACES[name]}"), name)
