"""People from a table, with their organisations and what they are in the purchase.

Somebody is the same by e-mail address, or by name and organisation where the addresses
do not differ. The same table again finds everybody, and adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from core.activity import log
from core.forms.choices import DatesForm, Duplicates, DuplicatesForm
from core.importing import Effect, Importer, Plan
from core.importing.plans import refused
from discovery.actions.bulk import (
    add_organisations,
    add_people,
    add_roles,
    save_changed,
)
from discovery.actions.taking_back import take_back_people
from discovery.consenting import with_what_follows
from discovery.import_fields import person_fields
from discovery.import_rows import Read, read_person, stored
from discovery.known import KnownOrganisations, KnownPeople
from discovery.models import Person, Segment, Source

if TYPE_CHECKING:
    from core.models import ImportRow, User

# written as they are; organisation and roles need more
PLAIN = (
    *("name", "role_title", "email", "phone", "segment", "source"),
    *("is_related_party", "consent", "consent_how", "consent_on"),
    *("next_step", "next_step_on"),
)
# never empty in the database: "fill only what is empty" leaves them alone
NEVER_EMPTY = {"name", "source", "is_related_party", "consent"}


class PeopleChoices(DuplicatesForm, DatesForm):
    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        label=gettext_lazy("Segment of new people, where the table names none"),
        required=False,
        empty_label=gettext_lazy("None yet"),
    )
    source = forms.ChoiceField(
        label=gettext_lazy("How you met them, where the table does not say"),
        choices=Source,
        initial=Source.COLD,
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("What they agreed to, where the table does not say"),
        choices=Person.Consent,
        initial=Person.Consent.NOTES,
    )
    field_order = ["duplicates", "segment", "source", "consent", "day_order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        segments = Segment.objects.in_workspace(self.workspace)
        self.fields["segment"].queryset = segments


class PeopleImporter(Importer):
    title = gettext_lazy("People, with their organisations")
    sameness = gettext_lazy(
        "Somebody is the same by e-mail address, or by name and organisation where the "
        "addresses do not differ."
    )
    choices_form = PeopleChoices

    def __init__(self, run, choices):
        super().__init__(run, choices)
        self.known = KnownPeople(run.workspace)
        self.organisations = KnownOrganisations(run.workspace)
        self.segments: dict[str, Segment] | None = None

    def fields(self):
        return person_fields()

    # --- what would happen ---
    def plan(self, rows, *, now):
        if self.segments is None:
            segments = Segment.objects.in_workspace(self.workspace)
            self.segments = {one.name.casefold(): one for one in segments}
        order = self.choices["day_order"]
        reads = [read_person(cells, self.segments, order) for cells in rows]
        good = [read for read in reads if not read.problems]
        self.known.look_up(
            [(one.get("email"), one.get("name")) for one in good],
        )
        self.organisations.look_up([one.get("organisation") for one in good])
        return [self.planned(read, now) for read in reads]

    def planned(self, read: Read, now: datetime) -> Plan:
        if read.problems:
            return refused(*read.problems)
        name, firm = read.get("name"), read.get("organisation")
        person = self.known.find(read.get("email"), name, firm)
        if person is None:
            return self.new(read)
        if self.choices["duplicates"] == Duplicates.SKIP:
            return Plan(Effect.SAME, subject_id=person.pk)
        return self.changed(person, read, now)

    def new(self, read: Read) -> Plan:
        values = {name: read.values[name] for name in PLAIN if read.get(name)}
        for name in ("segment", "source", "consent"):
            values.setdefault(name, self.choices[name])
        made, organisation = self.organisation_of(read)
        person = Person(workspace=self.workspace, organisation=organisation, **values)
        person.is_new = True
        self.known.add(person)
        roles = read.get("roles") or []
        person.known_roles = set(roles)
        return Plan(
            Effect.CREATE,
            subject_id=person.pk,
            made=made,
            data={"person": person, "roles": roles, "fields": []},
        )

    def organisation_of(self, read: Read):
        """([what is made with it], organisation)."""
        name = read.get("organisation")
        if not name:
            return [], None
        organisation, is_new = self.organisations.called(name)
        made = [["discovery.Organisation", str(organisation.pk), 1]] if is_new else []
        return made, organisation

    def changed(self, person: Person, read: Read, now: datetime) -> Plan:
        may_replace = self.choices["duplicates"] == Duplicates.OVERWRITE
        wanted = {name: read.values[name] for name in PLAIN if read.get(name)}
        if may_replace:
            today = self.workspace.today(now)
            wanted = with_what_follows(person, wanted, today=today)
        before: dict[str, Any] = {}
        for name, value in wanted.items():
            old = getattr(person, name)
            is_gap = name not in NEVER_EMPTY and not old
            if old != value and (may_replace or is_gap):
                before[name] = stored(old)
                setattr(person, name, value)
        made = []
        firm = person.organisation
        is_other = (
            not firm or firm.name.casefold() != read.get("organisation").casefold()
        )
        if read.get("organisation") and is_other and (may_replace or not firm):
            before["organisation"] = stored(firm)
            made, person.organisation = self.organisation_of(read)
        roles = [
            one for one in read.get("roles") or [] if one not in person.known_roles
        ]
        person.known_roles |= set(roles)
        effect = Effect.FILL if before or roles else Effect.SAME
        return Plan(
            effect,
            subject_id=person.pk,
            made=made,
            before={"fields": before} if before else {},
            data={"person": person, "roles": roles, "fields": [*before]},
        )

    # --- what happens ---
    def write(self, plans, *, by, now):
        done = [plan for plan in plans if plan.data]
        people = list(dict.fromkeys(plan.data["person"] for plan in done))
        new = [person for person in people if getattr(person, "is_new", False)]
        firms = self.organisations.take_new()
        add_organisations(self.workspace, firms, now=now)
        add_people(self.workspace, new, now=now)
        filled = [
            plan for plan in done if not getattr(plan.data["person"], "is_new", 0)
        ]
        fields = {name: None for plan in filled for name in plan.data["fields"]}
        changed = dict.fromkeys(p.data["person"] for p in filled if p.data["fields"])
        save_changed(list(changed), fields, now=now)
        self.write_roles(done)
        for plan in done:
            if plan.effect != Effect.SAME:
                plan.before["rev"] = plan.data["person"].rev

    def write_roles(self, plans):
        pairs = [
            (plan, plan.data["person"], role)
            for plan in plans
            for role in plan.data["roles"]
        ]
        rows = add_roles(self.workspace, [(person, role) for _p, person, role in pairs])
        for (plan, _person, _role), row in zip(pairs, rows, strict=True):
            plan.made.append(["discovery.BuyingRole", str(row.pk), None])

    # --- back ---
    def undo(
        self, rows: Iterable[ImportRow], *, by: User, now: datetime
    ) -> dict[int, str]:
        return take_back_people(self.run, list(rows), now=now)

    def log_end(self, *, by, now, is_undone):
        log(
            self.workspace,
            by=by,
            verb="people.import_undone" if is_undone else "people.imported",
            subject=self.run,
            now=now,
            **self.run.result,
        )
