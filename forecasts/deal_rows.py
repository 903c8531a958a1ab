"""Rows of a table about deals, as a CRM exports them: cells into values or problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.days import UnclearError, read_date
from core.importing import Field
from core.importing.plans import Problem
from core.importing.values import read_word
from core.numbers import Ambiguous, NotANumber, editable, parse_number
from discovery.import_rows import ROLES, Read, line_of
from discovery.models import Organisation
from forecasts.forms.deals import DealForm
from forecasts.models import Deal, DealStep, Rep

OUTCOMES = {
    **dict.fromkeys(("open", "in progress", "pending", "offen", "no"), "open"),
    **dict.fromkeys(
        ("won", "closed won", "closedwon", "gewonnen", "yes", "success"), "won"
    ),
    **dict.fromkeys(
        ("lost", "closed lost", "closedlost", "verloren", "abandoned", "failed"), "lost"
    ),
}
# A day anywhere in an entry of a history; what is left of the entry names the step.
_DAY = re.compile(
    r"\d{4}[-/.]\d\d?[-/.]\d\d?(?:[t ]\d\d:\d\d\S*)?|\d\d?[-/.]\s?\d\d?[-/.]\s?\d{4}",
    re.I,
)
_BESIDE = " \t()[]:,–—-→>"
AMOUNTS = ("list_amount", "amount")
DAYS = ("created", "expected_close", "close_date", "stage_date")


def deal_fields() -> tuple[Field, ...]:
    """The columns of a CRM export, and what they are called."""
    return (*who_fields(), *way_fields(), *day_fields(), *end_fields())


def who_fields():
    return (
        Field(
            "id",
            _("Id in the CRM"),
            (
                *("deal id", "opportunity id", "record id", "crm id", "deal no"),
                *("vorgangsnummer", "opportunityid", "external id"),
            ),
            example="006-4711",
        ),
        Field(
            "name",
            _("Name of the deal"),
            (
                *("deal", "deal name", "opportunity", "opportunity name", "title"),
                *("dealname", "verkaufschance"),
            ),
            is_required=True,
            example="Two sites for Acme Clinic",
        ),
        Field(
            "organisation",
            _("Organisation"),
            (
                *("organization", "account", "account name", "company"),
                *("company name", "customer", "firma", "kunde"),
            ),
            example="Acme Clinic",
        ),
        Field(
            "owner",
            _("Rep"),
            (
                *("deal owner", "opportunity owner", "owner name", "sales rep"),
                *("account executive", "salesperson", "besitzer", "verkäufer"),
            ),
            example="Dana Ruiz",
        ),
    )


def way_fields():
    return (
        Field(
            "stage_history",
            _("Stages with their days"),
            ("history", "stages", "steps", "stage path", "phasen"),
            example="2026-03-02 Demo; 2026-04-01 Pilot",
        ),
        Field(
            "stage",
            _("Stage"),
            ("deal stage", "stage name", "current stage", "pipeline stage", "phase"),
            example="Pilot",
        ),
        Field(
            "stage_date",
            _("In this stage since"),
            ("stage changed", "last stage change date", "stage since", "stage entered"),
        ),
        Field(
            "list_amount",
            _("At list price"),
            ("list price", "list", "gross amount", "listenpreis"),
        ),
        Field(
            "amount",
            _("Amount"),
            ("value", "deal value", "price", "amount won", "betrag", "summe", "paid"),
            example="18,000",
        ),
        Field(
            "currency", _("Currency"), ("currency code", "amount currency", "währung")
        ),
    )


def day_fields():
    return (
        Field(
            "created",
            _("Opened on"),
            (
                *("created date", "create date", "created on", "opened", "opened on"),
                *("created at", "start date", "angelegt", "angelegt am"),
            ),
            is_required=True,
            example="2026-03-02",
        ),
        Field(
            "expected_close",
            _("Close expected on"),
            ("expected close date", "expected", "forecast close", "expected close on"),
        ),
        Field(
            "close_date",
            _("Closed on"),
            ("closed", "closed date", "closed on", "won on", "abschluss", "closedate"),
        ),
    )


def end_fields():
    return (
        Field(
            "outcome",
            _("Outcome"),
            ("status", "state", "result", "won", "ergebnis", "deal status"),
            example="won",
        ),
        Field(
            "reason",
            _("Why it was won or lost"),
            (
                *("win reason", "loss reason", "lost reason", "closed lost reason"),
                *("reasons", "grund", "reason lost"),
            ),
        ),
        Field(
            "champion",
            _("Role of the champion"),
            ("champion role", "buying role", "kaufrolle"),
        ),
    )


# --- one row ---------------------------------------------------------------------
def read_deal(
    cells: Mapping[str, str], *, order: str, mark: str, reps: Mapping[str, Rep | None]
) -> Read:
    """`reps`: by name, in small letters. `mark` separates decimals where that is said."""
    read = Read(cells)
    read.take("id", line_of(Deal, "outside_id"))
    read.take("name", line_of(Deal, "title"))
    read.take("organisation", line_of(Organisation, "name"))
    read.take("owner", lambda text: read_owner(text, reps))
    for name in DAYS:
        read.take(name, lambda text: read_date(text, order))
    for name in AMOUNTS:
        read.take(name, lambda text: read_amount(text, mark))
    read.take("currency", lambda text: text.strip().upper())
    read.take("outcome", lambda text: read_word(text, OUTCOMES))
    read.take("champion", lambda text: read_word(text, ROLES))
    read.take("reason", str.strip)
    read.take("stage", line_of(DealStep, "name"))
    read.take("stage_history", lambda text: read_history(text, order))
    if not read.get("outcome"):
        read.values["outcome"] = OUTCOMES.get(plain_stage(read.get("stage")), "open")
    if not read.get("name") and not read.problems:
        read.problems.append(Problem("name", _("The name is missing.")))
    if not read.get("created") and not read.problems:
        read.problems.append(Problem("created", _("The day is missing.")))
    return read


def plain_stage(stage: str) -> str:
    return " ".join(stage.casefold().replace("_", " ").replace("-", " ").split())


def read_owner(text: str, reps: Mapping[str, Rep | None]) -> Rep | None:
    name = " ".join(text.split())
    if not name:
        return None
    if name.casefold() not in reps:
        raise UnclearError(
            _("There is no rep “%(name)s”. Add the rep first, or leave the cell empty.")
            % {"name": name[:60]}
        )
    return reps[name.casefold()]


def read_amount(text: str, mark: str) -> str:
    """The number as the form of the page reads it; empty for none."""
    if not text.strip():
        return ""
    parsed = parse_number(text, decimal=mark or None)
    if isinstance(parsed, NotANumber):
        raise UnclearError(parsed.why)
    if isinstance(parsed, Ambiguous):
        one, other = (reading.echo for reading in parsed.readings)
        raise UnclearError(
            _(
                "“%(text)s” could be %(one)s or %(other)s: say beside the columns which "
                "mark separates decimals."
            )
            % {"text": text.strip()[:40], "one": one, "other": other}
        )
    return editable(parsed.value)


def read_history(text: str, order: str) -> list[tuple[str, date]]:
    """(step, day), as `2026-03-02 Demo; Pilot (2026-04-01)`, one by one."""
    parts = [part for part in re.split(r"[;|\n]", text) if part.strip()]
    return [read_step(part, order) for part in parts]


def read_step(part: str, order: str) -> tuple[str, date]:
    found = _DAY.search(part)
    name = part if found is None else part[: found.start()] + part[found.end() :]
    name = " ".join(name.split()).strip(_BESIDE)
    day = read_date(found.group(), order) if found else None
    if day is None or not name:
        raise UnclearError(
            _("“%(part)s” is no step with its day. Write it like 2026-03-02 Demo.")
            % {"part": part.strip()[:60]}
        )
    return line_of(DealStep, "name")(name), day


# --- the same form as the page ----------------------------------------------------
class DealRowForm(DealForm):
    """Curve and rep are found before, once for the whole table."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["curve"], self.fields["rep"]


# form field → column of the table
SAYS = {
    "title": "name",
    "organisation_name": "organisation",
    "outside_id": "id",
    "opened_on": "created",
    "expected_on": "expected_close",
    "closed_on": "close_date",
    "reasons": "reason",
    "list_price": "list_amount",
    "paid": "amount",
}


def typed(read: Read, currency: str) -> dict[str, Any]:
    """What somebody would have typed into the form of the page.

    The amount of a deal that is not won is what it would cost."""
    outcome = read.get("outcome")
    data = {name: as_text(read.get(column)) for name, column in SAYS.items()}
    if outcome != Deal.Outcome.WON:
        data["list_price"] = data["list_price"] or data["paid"]
        data["paid"] = ""
    if outcome == Deal.Outcome.OPEN:
        # CRMs keep the expected day in the same column
        data["expected_on"] = data["expected_on"] or data["closed_on"]
        data["closed_on"] = ""
    champion = read.get("champion")
    currency = read.get("currency") or currency
    return data | {"outcome": outcome, "champion": champion, "currency": currency}


def as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def steps_of(read: Read, today: date) -> list[tuple[str, date]]:
    """The history; the present stage where the table says no more, since the day it
    says, the close, or the day on which it was first seen. Closing is no step."""
    steps = list(read.get("stage_history") or [])
    stage = read.get("stage")
    if stage and plain_stage(stage) not in OUTCOMES and stage not in dict(steps):
        day = read.get("stage_date")
        if not day and read.get("outcome") != Deal.Outcome.OPEN:
            day = read.get("close_date")
        steps.append((stage, day or today))
    return steps
