"""Organisations from a table. One is the same by its name, whatever its capitals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from core.activity import log
from core.forms.choices import Duplicates, DuplicatesForm
from core.importing import Effect, Importer, Plan
from core.importing.plans import refused
from discovery.actions.bulk import add_organisations, save_changed_organisations
from discovery.actions.taking_back import take_back_organisations
from discovery.import_fields import organisation_fields
from discovery.import_rows import Read, read_organisation, stored
from discovery.known import KnownOrganisations
from discovery.models import Organisation

if TYPE_CHECKING:
    from core.models import ImportRow, User

PLAIN = ("size", "source", "is_related_party")


class OrganisationImporter(Importer):
    title = gettext_lazy("Organisations")
    sameness = gettext_lazy("An organisation is the same by its name.")
    choices_form = DuplicatesForm

    def __init__(self, run, choices):
        super().__init__(run, choices)
        self.known = KnownOrganisations(run.workspace)

    def fields(self):
        return organisation_fields()

    def plan(self, rows, *, now):
        reads = [read_organisation(cells) for cells in rows]
        self.known.look_up([one.get("name") for one in reads if not one.problems])
        return [self.planned(read) for read in reads]

    def planned(self, read: Read) -> Plan:
        if read.problems:
            return refused(*read.problems)
        known = self.known.find(read.get("name"))
        if known is None:
            return self.new(read)
        if self.choices["duplicates"] == Duplicates.SKIP:
            return Plan(Effect.SAME, subject_id=known.pk)
        return self.changed(known, read)

    def new(self, read: Read) -> Plan:
        values = {name: read.values[name] for name in PLAIN if read.get(name)}
        row = Organisation(workspace=self.workspace, name=read.values["name"], **values)
        row.is_new = True
        self.known.begin(row)
        return Plan(Effect.CREATE, subject_id=row.pk, data=(row, []))

    def changed(self, row: Organisation, read: Read) -> Plan:
        may_replace = self.choices["duplicates"] == Duplicates.OVERWRITE
        before: dict[str, Any] = {}
        for name in PLAIN:
            value, old = read.get(name), getattr(row, name)
            is_gap = not old and name != "is_related_party"
            if value and value != old and (may_replace or is_gap):
                before[name] = stored(old)
                setattr(row, name, value)
        effect = Effect.FILL if before else Effect.SAME
        fields = {"fields": before} if before else {}
        return Plan(effect, subject_id=row.pk, before=fields, data=(row, [*before]))

    def write(self, plans, *, by, now):
        add_organisations(self.workspace, self.known.take_new(), now=now)
        done = [plan for plan in plans if plan.data and plan.effect != Effect.SAME]
        changed = {}
        for plan in done:
            row, fields = plan.data
            if fields and not getattr(row, "is_new", False):
                changed.setdefault(row, []).extend(fields)
        fields = {name for names in changed.values() for name in names}
        save_changed_organisations(list(changed), sorted(fields), now=now)
        for plan in done:
            plan.before["rev"] = plan.data[0].rev

    def undo(
        self, rows: Iterable[ImportRow], *, by: User, now: datetime
    ) -> dict[int, str]:
        return take_back_organisations(self.run, list(rows), now=now)

    def log_end(self, *, by, now, is_undone):
        log(
            self.workspace,
            by=by,
            verb=(
                "organisations.import_undone" if is_undone else "organisations.imported"
            ),
            subject=self.run,
            now=now,
            **self.run.result,
        )
