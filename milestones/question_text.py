"""One question as plain text, for a mail or a chat: written from what its page holds.

So it says nothing that the page keeps from its reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.template.defaultfilters import date as in_words
from django.utils.translation import gettext as _

from core.chips import CHIPS

if TYPE_CHECKING:
    from datetime import date

    from milestones.facts import Written
    from milestones.reports.board import Row
    from milestones.reports.evidence import Card
    from milestones.reports.question import Page, Pile
    from milestones.scope import Scope
    from milestones.standing import Claim


def text_of(page: Page, scope: Scope) -> str:
    """It ends with a line break."""
    support = page.row.support
    sections = [
        (_("Why the evidence supports %d") % support.level, support.reasons),
        (_("What holds it down"), support.lowered_by),
        (_("What counts for less, or not now"), support.left_out),
        (_("What would raise it to %d") % page.next_level, support.raise_by),
        (_("Our answer"), answer(page.answer)),
        *(pile(*one) for one in piles(page)),
    ]
    blocks = ["\n".join(heading(page, scope))]
    for title, lines in sections:
        told = [f"* {line}" for line in lines]
        if told:
            blocks.append("\n".join([title.upper(), *told]))
    blocks.append(_("Questions quoted from %s.") % page.question.attribution)
    return "\n\n".join(blocks) + "\n"


def heading(page: Page, scope: Scope) -> Iterator[str]:
    yield f"{page.question.number} {page.question.wording}"
    place = scope.workspace.name
    if page.question.per_segment and scope.segment:
        place = f"{place}, {scope.segment.name}"
    yield f"{place}. {_('As of %s.') % day(page.moment.day)}"
    yield f"{CHIPS[page.row.standing.status].word}. {page.row.sentence}"
    yield from scored(page.row)


def scored(row: Row) -> Iterator[str]:
    if row.standing.claims:
        yield f"{_('Claimed:')} {', '.join(map(claim, row.standing.claims))}."
    if row.reviews:
        yield f"{_('Reviewed:')} {', '.join(map(claim, row.reviews))}."


def claim(one: Claim) -> str:
    return f"{one.author} {one.value} ({day(one.on)})"


def day(when: date) -> str:
    return in_words(when, "j M Y")


def answer(written: Written | None) -> Iterator[str]:
    if written is None:
        yield _("Not written yet.")
        return
    yield " ".join(written.statement.split())
    if written.looked_against:
        looked = " ".join(written.looked_against.split())
        yield f"{_('Looked for evidence against it:')} {looked}"


def piles(page: Page) -> Iterable[tuple[str, Pile]]:
    yield _("Against"), page.against
    yield _("For"), page.supporting
    yield _("Neither"), page.neutral


def pile(title: str, stack: Pile) -> tuple[str, list[str]]:
    lines = [evidence(card) for card in stack.cards]
    if stack.more:
        lines.append(_("and %d more") % stack.more)
    return f"{title} ({stack.total})", lines


def evidence(card: Card) -> str:
    words = card.withheld if card.words is None else " ".join(card.words.split())
    said = f"“{words}”" if card.is_quote and card.words else words
    more = [f"{said} ({card.who}, {card.grade_name}, {day(card.on)})", card.remark]
    if card.confirmed_on:
        looked = f"{card.confirmed_by}, {day(card.confirmed_on)}"
        more.append(f"{_('Still holds:')} {card.confirmed_how} ({looked})")
    if card.answer:
        more.append(f"{_('We say:')} {card.answer}")
    return " ".join(filter(None, more))
