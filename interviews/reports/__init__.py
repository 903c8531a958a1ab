from interviews.reports.acquaintance import (
    Acquaintance,
    acquaintance,
    merges_of,
    referred,
    roles_met,
    timeline,
)
from interviews.reports.customers import (
    chosen,
    count_quiet,
    customers,
    people_of,
    with_talks,
)
from interviews.reports.organisations import organisations, with_segments
from interviews.reports.reading import Reading, reading, reasons_against
from interviews.reports.talks import (
    DEBT_AFTER,
    count_of,
    drafts_of,
    listed,
    quotes_of,
    talks,
)

__all__ = [
    "DEBT_AFTER",
    "Acquaintance",
    "Reading",
    "acquaintance",
    "chosen",
    "count_of",
    "count_quiet",
    "customers",
    "drafts_of",
    "listed",
    "merges_of",
    "organisations",
    "people_of",
    "quotes_of",
    "reading",
    "reasons_against",
    "referred",
    "roles_met",
    "talks",
    "timeline",
    "with_segments",
    "with_talks",
]
