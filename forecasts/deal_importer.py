"""Deals from a table, such as the export of a CRM.

A deal is the same by its id there; one without an id by its name, its organisation and
the day it was opened. The same table again changes nothing. Several rows about one deal
are one deal with several steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.activity import log
from core.forms.choices import DatesForm, Duplicates, DuplicatesForm
from core.importing import Effect, Importer, Plan
from core.importing.plans import Problem, refused
from discovery.actions.bulk import add_organisations
from discovery.import_rows import stored
from discovery.known import KnownOrganisations
from forecasts.actions.deal_tables import save_deals, take_back_deals
from forecasts.deal_rows import (
    SAYS,
    DealRowForm,
    deal_fields,
    read_deal,
    steps_of,
    typed,
)
from forecasts.models import Deal, DealStep, Rep, SalesCurve

if TYPE_CHECKING:
    from core.models import ImportRow, User

PLAIN = ("title", "opened_on", "expected_on", "reasons", "champion", "list_minor")
# open, won or lost, when, and for how much: these go together
END = ("outcome", "closed_on", "paid_minor")
COLUMN_OF = SAYS | {
    "currency": "currency",
    "outcome": "outcome",
    "champion": "champion",
}


class DecimalMarkForm(forms.Form):
    """Asked only where a table has numbers with two readings."""

    decimal_mark = forms.ChoiceField(
        label=gettext_lazy("Numbers such as 1,200 or 1.200"),
        choices=[
            ("", gettext_lazy("there are none with two readings")),
            (".", gettext_lazy("the point separates decimals: 1,200.50")),
            (",", gettext_lazy("the comma separates decimals: 1.200,50")),
        ],
        required=False,
    )


class DealChoices(DuplicatesForm, DatesForm, DecimalMarkForm):
    unknown_owner = forms.ChoiceField(
        label=gettext_lazy("Owners who are no reps here"),
        choices=[
            ("refuse", gettext_lazy("do not take the row")),
            ("nobody", gettext_lazy("take the deal without a rep")),
        ],
        initial="refuse",
        widget=forms.RadioSelect,
    )
    field_order = ["duplicates", "unknown_owner", "day_order", "decimal_mark"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["duplicates"].label = _("Deals that are here already")
        self.fields["duplicates"].initial = Duplicates.OVERWRITE


def curve_targets(workspace, words):
    """(id, words) of each open curve."""
    curves = SalesCurve.objects.in_workspace(workspace).open()
    return [(str(curve.pk), words % {"curve": curve}) for curve in curves]


def curve_of(run) -> SalesCurve:
    try:
        pk = UUID(run.choices.get("target", ""))
        curve = SalesCurve.objects.in_workspace(run.workspace).open().get(pk=pk)
    except (ValueError, SalesCurve.DoesNotExist) as error:
        raise ValidationError(_("The curve is there no more.")) from error
    curve.workspace = run.workspace
    return curve


class Owners(dict):
    """Reps by name, in small letters; with `takes_all` an unknown name is nobody."""

    def __init__(self, workspace, *, takes_all=False):
        reps = Rep.objects.in_workspace(workspace)
        super().__init__({rep.name.casefold(): rep for rep in reps})
        self.takes_all = takes_all

    def __contains__(self, name):
        return self.takes_all or super().__contains__(name)

    def __missing__(self, name):
        return None


class DealImporter(Importer):
    title = gettext_lazy("Deals")
    sameness = gettext_lazy(
        "A deal is the same by its id; one without an id by its name, its organisation "
        "and the day it was opened."
    )
    needs_first = (gettext_lazy("Open a sales curve"), "forecasts:curve_add")
    choices_form = DealChoices

    def __init__(self, run, choices):
        super().__init__(run, choices)
        self.curve = curve_of(run)
        self.known = KnownDeals(run.workspace)
        self.organisations = KnownOrganisations(run.workspace)
        takes_all = choices.get("unknown_owner") == "nobody"
        self.reps = Owners(run.workspace, takes_all=takes_all)

    @classmethod
    def targets(cls, workspace):
        return curve_targets(workspace, _("Deals of “%(curve)s”"))

    def fields(self):
        return deal_fields()

    # --- what would happen ---
    def plan(self, rows, *, now):
        told = {
            "order": self.choices["day_order"],
            "mark": self.choices["decimal_mark"],
            "reps": self.reps,
        }
        reads = [read_deal(cells, **told) for cells in rows]
        good = [read for read in reads if not read.problems]
        self.known.look_up(good)
        self.organisations.look_up([one.get("organisation") for one in good])
        today = self.workspace.today(now)
        return [self.planned(read, today) for read in reads]

    def planned(self, read, today: date) -> Plan:
        if read.problems:
            return refused(*read.problems)
        late = [day for _name, day in steps_of(read, today) if day > today]
        if late:
            words = _("%(day)s is in the future.") % {"day": late[0].isoformat()}
            return refused(Problem("stage_history", words))
        data = typed(read, self.curve.currency)
        form = DealRowForm(data, workspace=self.workspace, today=today)
        if not form.is_valid():
            return refused(
                *(
                    Problem(COLUMN_OF.get(name, ""), " ".join(errors))
                    for name, errors in form.errors.items()
                )
            )
        known = self.known.find(read)
        if known is None:
            return self.new(read, form.said, today)
        if self.choices["duplicates"] == Duplicates.SKIP:
            return Plan(Effect.SAME, subject_id=known.pk)
        return self.changed(known, read, form.said, today)

    def new(self, read, said: dict[str, Any], today: date) -> Plan:
        made, organisation = self.organisation_of(said.pop("organisation_name"))
        deal = Deal(
            workspace=self.workspace,
            curve=self.curve,
            rep=read.get("owner") or None,
            organisation=organisation,
            **said,
        )
        deal.is_new, deal.known_steps = True, {}
        self.known.add(deal)
        steps = self.steps_to_add(deal, read, today)
        data = {"deal": deal, "fields": [], "steps": steps}
        return Plan(Effect.CREATE, subject_id=deal.pk, made=made, data=data)

    def organisation_of(self, name):
        if not name:
            return [], None
        organisation, is_new = self.organisations.called(name)
        made = [["discovery.Organisation", str(organisation.pk), 1]] if is_new else []
        return made, organisation

    def changed(self, deal: Deal, read, said: dict[str, Any], today: date) -> Plan:
        may_replace = self.choices["duplicates"] == Duplicates.OVERWRITE
        made, organisation = self.organisation_of(said.pop("organisation_name"))
        wanted = self.wanted(deal, read, said, may_replace=may_replace)
        for name, value in (("rep", read.get("owner")), ("organisation", organisation)):
            if value and (may_replace or getattr(deal, f"{name}_id") is None):
                wanted[name] = value
        closed = wanted.get("closed_on", deal.closed_on)
        if closed and closed < wanted.get("opened_on", deal.opened_on):
            words = _("It closed before it was opened.")
            return refused(Problem("close_date", words))
        before = {}
        for name, value in wanted.items():
            if getattr(deal, name) != value:
                before[name] = stored(getattr(deal, name))
                setattr(deal, name, value)
        steps = self.steps_to_add(deal, read, today)
        effect = Effect.FILL if before or steps else Effect.SAME
        data = {"deal": deal, "fields": [*before], "steps": steps}
        fields = {"fields": before} if before else {}
        return Plan(effect, subject_id=deal.pk, made=made, before=fields, data=data)

    def wanted(self, deal, read, said, *, may_replace) -> dict[str, Any]:
        """Amounts of another currency than the deal's come with their currency."""
        found = {
            name: said[name]
            for name in PLAIN
            if said[name] not in (None, "")
            and (may_replace or getattr(deal, name) in (None, ""))
        }
        is_other = said["currency"] != deal.currency
        if is_other and not may_replace:
            found.pop("list_minor", None)
        elif is_other and read.get("currency"):
            found["currency"] = said["currency"]
        says_end = "outcome" in read.cells or "stage" in read.cells
        if says_end and (may_replace or deal.outcome == Deal.Outcome.OPEN):
            found |= {name: said[name] for name in END}
            if is_other and not may_replace:
                found["paid_minor"] = None
        return found

    def steps_to_add(self, deal, read, today):
        """Those it does not have yet. Without a day of its own, a stage that stands
        already is no news."""
        has_day = bool(read.get("stage_date"))
        stage = read.get("stage")
        fresh = []
        for name, on in steps_of(read, today):
            days = deal.known_steps.setdefault(name, set())
            is_undated = name == stage and not has_day
            if on in days or (is_undated and days):
                continue
            days.add(on)
            fresh.append((name, on))
        return fresh

    # --- what happens ---
    def write(self, plans, *, by, now):
        add_organisations(self.workspace, self.organisations.take_new(), now=now)
        done = [plan for plan in plans if plan.data and plan.effect != Effect.SAME]
        save_deals(self.workspace, [plan.data for plan in done], by=by, now=now)
        for plan in done:
            deal, steps = plan.data["deal"], plan.data["steps"]
            plan.before["rev"] = deal.rev
            plan.before["steps"] = [[name, on.isoformat()] for name, on in steps]

    def undo(
        self, rows: Iterable[ImportRow], *, by: User, now: datetime
    ) -> dict[int, str]:
        return take_back_deals(self.run, list(rows), by=by, now=now)

    def log_end(self, *, by, now, is_undone):
        log(
            self.workspace,
            by=by,
            verb="deals.import_undone" if is_undone else "deals.imported",
            subject=self.run,
            now=now,
            **self.run.result,
        )


class KnownDeals:
    """Those of the venture, and those that earlier rows of the table made."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.by_id: dict[str, Deal] = {}
        self.by_name: dict[tuple, Deal] = {}

    def look_up(self, reads) -> None:
        """One query for the deals of a batch, one for their steps."""
        ids = {one.get("id") for one in reads} - {"", *self.by_id}
        names = {one.get("name") for one in reads}
        rows = Deal.objects.in_workspace(self.workspace).standing()
        rows = rows.filter(Q(outside_id__in=ids) | Q(outside_id="", title__in=names))
        found = [
            row
            for row in rows.select_related("organisation", "rep")
            if key_of(row) not in self.by_name or row.outside_id in ids
        ]
        for row in found:
            row.workspace, row.known_steps = self.workspace, {}
            self.add(row)
        mine = {row.pk: row for row in found}
        steps = DealStep.objects.current().filter(deal__in=mine)
        for pk, name, on in steps.values_list("deal", "name", "on"):
            mine[pk].known_steps.setdefault(name, set()).add(on)

    def add(self, deal: Deal) -> None:
        if deal.outside_id:
            self.by_id.setdefault(deal.outside_id, deal)
        else:
            self.by_name.setdefault(key_of(deal), deal)

    def find(self, read) -> Deal | None:
        if read.get("id"):
            return self.by_id.get(read.get("id"))
        firm = (read.get("organisation") or "").casefold()
        return self.by_name.get((read.get("name"), firm, read.get("created")))


def key_of(deal: Deal) -> tuple:
    firm = deal.organisation.name.casefold() if deal.organisation else ""
    return (deal.title, firm, deal.opened_on)
