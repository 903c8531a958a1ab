from interviews.reports.customers import (
    Acquaintance,
    acquaintance,
    customers,
    people_of,
    with_talks,
)
from interviews.reports.reading import Reading, reading, reasons_against
from interviews.reports.talks import count_of, drafts_of, listed, talks

__all__ = [
    "Acquaintance",
    "Reading",
    "acquaintance",
    "count_of",
    "customers",
    "drafts_of",
    "listed",
    "people_of",
    "reading",
    "reasons_against",
    "talks",
    "with_talks",
]
