"""Quotes as a CSV file, with their tags."""

from collections.abc import Iterable

from core.spreadsheets import write_csv
from interviews.exporter import local, yes
from interviews.models import Quote

COLUMNS = (
    *("quote", "who", "held_at", "segment", "kind"),
    *("prompted", "our_words", "tags", "address"),
)


def quotes_csv(quotes: Iterable[Quote]) -> str:
    return write_csv(COLUMNS, (quote_row(quote) for quote in quotes))


def quote_row(quote):
    talk = quote.interview
    return (
        quote.text,
        str(quote.person) if quote.person else "",
        local(talk.held_at),
        talk.segment.name if talk.segment else "",
        talk.kind,
        yes(quote.is_prompted),
        yes(quote.is_paraphrase),
        "; ".join(use.tag.name for use in quote.tags.all()),
        f"#q-{quote.pk}",
    )
