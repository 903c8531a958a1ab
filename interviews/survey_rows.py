"""Answers as rows of a table: which columns a survey has, and what their cells say.

Pages, pasted tables and imported files end in the same forms; see survey_forms.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.importing.plans import Field
from core.importing.values import YES
from interviews.models import MustHaveAnswer, Survey

if TYPE_CHECKING:
    from discovery.models import Need

AGREED: Final = YES | {"on", "agreed", "oui", "sí"}
PRICES: Final = ("too_cheap", "cheap", "expensive", "too_expensive")


WHO: Final = (
    Field(
        "respondent",
        "respondent",
        (
            "person",
            "name",
            "who",
            "customer",
            "participant",
            "id",
            "number",
            "no",
            "nr",
        ),
        is_required=True,
    ),
    Field("organisation", "organisation", ("organization", "company", "firm")),
    Field("email", "e-mail", ("email", "mail", "e-mail address", "email address")),
    Field("asked_on", "asked on", ("date", "day", "answered on", "timestamp")),
    Field("consented", "agreed", ("consent", "consented", "agrees", "permission")),
)
MUST_HAVE: Final = (
    Field(
        "feeling",
        "answer",
        (
            *("feeling", "disappointed", "disappointment", "must have", "ellis"),
            "how would you feel if you could no longer use it",
            "how would you feel if you could no longer use this",
        ),
        is_required=True,
    ),
    Field(
        "uses_last_14_days",
        "uses in the last 14 days",
        ("uses", "usage", "times used", "uses last 14 days", "sessions"),
    ),
    Field("why", "in their words", ("why", "reason", "comment", "words", "benefit")),
)
PRICE: Final = (
    Field("too_cheap", "too cheap", ("tooCheap",), is_required=True),
    Field("cheap", "cheap", ("bargain", "good value", "good buy"), is_required=True),
    Field(
        "expensive",
        "expensive",
        ("getting expensive", "a bit expensive", "high"),
        is_required=True,
    ),
    Field("too_expensive", "too expensive", ("tooExpensive",), is_required=True),
)


def fields_for(survey: Survey) -> tuple[Field, ...]:
    """Who, and what they answered. Of a needs survey it reads the needs: prefetch
    them where it is asked often."""
    if survey.kind == Survey.Kind.MUST_HAVE:
        return WHO + MUST_HAVE
    if survey.kind == Survey.Kind.PRICE:
        return WHO + tuple(in_currency(field, survey.currency) for field in PRICE)
    return WHO + tuple(rating_fields(survey.needs.all()))


def in_currency(field: Field, currency: str) -> Field:
    return replace(field, synonyms=(*field.synonyms, f"{field.label} ({currency})"))


def rating_fields(needs: Iterable[Need]) -> Iterable[Field]:
    for need in needs:
        text = need.outcome
        important = (f"importance of {text}", f"{text} importance", f"{text} (i)")
        satisfied = (f"satisfaction with {text}", f"{text} satisfaction", f"{text} (s)")
        yield Field(importance_name(need), f"importance: {text}", important)
        yield Field(satisfaction_name(need), f"satisfaction: {text}", satisfied)


def importance_name(need: Need) -> str:
    return f"importance_{need.pk.hex}"


def satisfaction_name(need: Need) -> str:
    return f"satisfaction_{need.pk.hex}"


# --- cells -----------------------------------------------------------------------
def bare(text: str) -> str:
    """Letters and digits alone, so that `Very disappointed.` is an answer."""
    return re.sub(r"[\W_]+", "", text).casefold()


def read_row(survey: Survey, cells: Mapping[str, str]) -> dict[str, str]:
    """Form data from the cells of one row, by field name. Words are understood, but
    nothing is judged here: that is the form's part."""
    data = {name: cell.strip() for name, cell in cells.items()}
    if "consented" in data:
        data["consented"] = "on" if data["consented"].casefold() in AGREED else ""
    if "feeling" in data:
        data["feeling"] = feeling_of(data["feeling"])
    if survey.kind == Survey.Kind.NEEDS:
        for name, cell in data.items():
            if name.startswith(("importance_", "satisfaction_")):
                data[name] = rating_of(cell)
    return data


def feeling_of(cell: str) -> str:
    """The answer's code, by its words; what is no answer stays as it is."""
    wanted = bare(cell)
    for feeling in MustHaveAnswer.Feeling:
        label = bare(str(feeling.label))
        if wanted in (feeling.value, label):
            return feeling.value
    for feeling, beginning in FEELINGS_BEGIN.items():
        if wanted.startswith(beginning):
            return feeling
    return cell


FEELINGS_BEGIN: Final = {
    "very": ("verydis",),
    "somewhat": ("somewhatdis", "abitdis", "alittledis"),
    "not": ("notdis", "notreallydis", "itisnt", "itisnot"),
    "gone": ("nolonger", "idonot", "idont", "na"),
}


def rating_of(cell: str) -> str:
    """`4 – very important` is 4."""
    match = re.match(r"([1-5])(?![\d.,])", cell)
    return match[1] if match else cell
