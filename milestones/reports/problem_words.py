"""The numbers about problems as sentences, and new tags as bars."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.statistics.mentions import Heard, Rate, Verdict
from milestones.statistics.saturation import (
    ENOUGH_TALKS,
    LAST,
    Saturation,
    chance_heard,
)

SHOWN = 24
STEP, WIDTH, HEIGHT = 14, 10, 48
RARE = 0.1


def rate_sentence(rate: Rate, *, by_organisation: bool) -> str:
    """As in "7 of 12 organisations raised it unprompted; 95 % interval 32–81 %: cannot say yet"."""
    if not rate.asked:
        return _("No talk of this segment counts yet, so nobody could raise it.")
    numbers = {
        "raised": rate.raised,
        "asked": rate.asked,
        "low": round(rate.interval.low * 100),
        "high": round(rate.interval.high * 100),
        "verdict": verdict_words(rate.verdict),
    }
    if by_organisation:
        text = ngettext(
            "%(raised)s of %(asked)s organisation raised it unprompted; "
            "95 %% interval %(low)s–%(high)s %%: %(verdict)s.",
            "%(raised)s of %(asked)s organisations raised it unprompted; "
            "95 %% interval %(low)s–%(high)s %%: %(verdict)s.",
            rate.asked,
        )
    else:
        text = ngettext(
            "%(raised)s of %(asked)s person raised it unprompted; "
            "95 %% interval %(low)s–%(high)s %%: %(verdict)s.",
            "%(raised)s of %(asked)s people raised it unprompted; "
            "95 %% interval %(low)s–%(high)s %%: %(verdict)s.",
            rate.asked,
        )
    return text % numbers


def verdict_words(verdict: Verdict) -> str:
    return {
        Verdict.SUPPORTS: _("at least half of them do"),
        Verdict.CONTRADICTS: _("fewer than three in ten do"),
        Verdict.CANNOT_SAY: _("cannot say yet"),
    }[verdict]


def people_sentence(heard: Heard, *, organisations: int) -> str:
    """Households belong to no organisation: then none are spoken of."""
    asked = heard.people.asked
    text = ngettext(
        "%(raised)s of %(asked)s person", "%(raised)s of %(asked)s people", asked
    )
    people = text % {"raised": heard.people.raised, "asked": asked}
    if not organisations:
        return f"{people}."
    text = ngettext(
        "%(people)s, from %(n)s organisation.",
        "%(people)s, from %(n)s organisations.",
        organisations,
    )
    return text % {"people": people, "n": organisations}


def prompted_sentence(rate: Rate) -> str:
    """Empty when nobody was prompted."""
    if not rate.prompted:
        return ""
    text = ngettext(
        "%(n)s more only agreed when we named it; that does not count.",
        "%(n)s more only agreed when we named it; that does not count.",
        rate.prompted,
    )
    return text % {"n": rate.prompted}


def saturation_sentences(found: Saturation) -> tuple[str, ...]:
    if not found.talks:
        return (_("No talk of this segment counts yet."),)
    if not found.tags:
        return (_("No quote bears a tag yet. Tags show whether talks bring news."),)
    last = ", ".join(str(number) for number in found.last)
    counted = _("New tags in the last %(n)s talks: %(last)s. In all %(tags)s.") % {
        "n": len(found.last),
        "last": last,
        "tags": found.tags,
    }
    return (counted, saturated(found), chance(found.talks))


def saturated(found: Saturation) -> str:
    if found.is_saturated:
        return _("Saturated: the last five talks brought one new tag at most.")
    if found.talks < ENOUGH_TALKS:
        return _("Not saturated: %(n)s talks of at least %(of)s.") % {
            "n": found.talks,
            "of": ENOUGH_TALKS,
        }
    return _("Not saturated: the last %(n)s talks still brought %(new)s new tags.") % {
        "n": LAST,
        "new": found.new_lately,
    }


def chance(talks: int) -> str:
    """What so many talks would have missed."""
    text = ngettext(
        "Something that one in ten have comes up in %(n)s talk with a chance of %(p)s %%.",
        "Something that one in ten have comes up in %(n)s talks with a chance of %(p)s %%.",
        talks,
    )
    return text % {"n": talks, "p": round(chance_heard(RARE, talks) * 100)}


@dataclass(frozen=True)
class Bar:
    """One talk of the picture. `number` counts the talks of the segment from 1."""

    number: int
    new: int
    x: int
    y: int
    width: int
    height: int
    is_last: bool


def bars_of(found: Saturation) -> tuple[Bar, ...]:
    """The last two dozen talks; a talk without news is a thin line."""
    shown = found.new[-SHOWN:]
    if not any(shown):
        return ()
    first, tallest = found.talks - len(shown) + 1, max(shown)
    return tuple(
        bar_of(first + place, new, place, tallest, is_last=place >= len(shown) - LAST)
        for place, new in enumerate(shown)
    )


def bar_of(number, new, place, tallest, *, is_last):
    height = max(1, round(HEIGHT * new / tallest))
    return Bar(number, new, place * STEP, HEIGHT - height, WIDTH, height, is_last)
