"""Rows of tables about quarters and costs: their columns, and cells as they are typed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.days import UnclearError
from core.importing import Field
from core.importing.values import read_word
from forecasts.deal_rows import read_amount
from forecasts.models import CostLine

AMOUNTS = ("bookings", "revenue", "margin", "refunds", "amount", "cost_of_one")
COST_WORDS = {
    **{code.replace("_", " "): code for code in CostLine.Kind.values},
    **{str(words).casefold(): code for code, words in CostLine.Kind.choices},
    **dict.fromkeys(("salary", "base salary", "gehalt", "grundgehalt"), "base"),
    **dict.fromkeys(("commission", "bonus", "provision"), "variable"),
    **dict.fromkeys(("payroll", "benefits", "sozialabgaben"), "burden"),
    **dict.fromkeys(("reisen", "reisekosten"), "travel"),
    **dict.fromkeys(("software", "licences", "werkzeuge"), "tools"),
    **dict.fromkeys(("se", "presales", "pre-sales"), "sales_engineering"),
    **dict.fromkeys(("manager", "leitung"), "management"),
}


def quarter_field():
    return Field(
        "quarter",
        _("Quarter"),
        ("period", "quarter start", "quartal", "zeitraum"),
        is_required=True,
        example="2026-Q3",
    )


def how_known_field():
    words = ("how it is known", "value kind", "herkunft")
    return Field("how_known", _("How it is known"), words)


def sold_fields() -> tuple[Field, ...]:
    return (
        quarter_field(),
        Field(
            "rep",
            _("Rep"),
            ("name", "owner", "sales rep", "salesperson", "verkäufer"),
            is_required=True,
            example="Dana Ruiz",
        ),
        Field(
            "part_of_full_time",
            _("Part of full time"),
            ("fte", "percent", "pensum"),
            example="100 %",
        ),
        Field(
            "bookings",
            _("New bookings"),
            ("booked", "bookings new", "auftragseingang"),
            is_required=True,
        ),
        Field(
            "revenue",
            _("Recognised revenue"),
            ("recognized revenue", "net new revenue", "umsatz"),
            is_required=True,
        ),
        Field("margin", _("Gross margin"), ("gross profit", "rohertrag")),
        Field("refunds", _("Refunds"), ("refund", "credits", "gutschriften")),
        how_known_field(),
    )


def cost_fields() -> tuple[Field, ...]:
    return (
        quarter_field(),
        Field(
            "kind",
            _("Kind of cost"),
            ("cost", "type", "category", "kostenart"),
            is_required=True,
            example="base pay",
        ),
        Field("rep", _("Rep"), ("of", "name", "owner", "sales rep", "verkäufer")),
        Field(
            "amount",
            _("Cost of the quarter"),
            ("cost of quarter", "value", "betrag", "kosten"),
        ),
        Field("engineers", _("Sales engineers"), ("se fte", "people", "se")),
        Field("cost_of_one", _("Cost of one"), ("se cost", "cost of one engineer")),
        Field("note", _("Note"), ("comment", "remark", "notiz")),
        how_known_field(),
    )


# form field → column of the table
SOLD_SAYS = {
    "fte": "part_of_full_time",
    "bookings": "bookings",
    "revenue": "revenue",
    "margin": "margin",
    "refunds": "refunds",
}
COST_SAYS = {
    "quarter": "quarter",
    "kind": "kind",
    "amount": "amount",
    "se_fte": "engineers",
    "se_cost": "cost_of_one",
    "note": "note",
    "value_kind": "how_known",
}


def typed_figures(
    cells: Mapping[str, str], says: Mapping[str, str], mark: str
) -> tuple[dict[str, str], dict[str, str]]:
    """(what somebody would have typed, problems by column)."""
    data, problems = {}, {}
    for name, column in says.items():
        text = cells.get(column, "").strip()
        try:
            data[name] = typed_cell(column, text, mark)
        except UnclearError as error:
            problems[column] = str(error)
    return data, problems


def typed_cell(column: str, text: str, mark: str) -> str:
    if column in AMOUNTS or column == "engineers":
        return read_amount(text, mark)
    if column == "part_of_full_time":
        return as_percent(read_amount(text.replace("%", ""), mark), "%" in text)
    if column == "kind":
        return read_word(text, COST_WORDS)
    return text


def as_percent(number: str, is_percent: bool) -> str:  # noqa: FBT001
    """Up to 1 it is a part, as in 0.5; nobody writes down less than two percent."""
    if not number:
        return "100"
    value = float(number)
    return f"{value if is_percent or value > 1 else value * 100:g}"
