"""Talks from a table, with the people who took part.

A talk is the same by its day, its people and its notes, as they stood in the table it
came from: what was edited here later is not added again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.activity import log
from core.days import UnclearError, read_date
from core.forms.choices import DatesForm
from core.importing import Effect, Importer, Plan, Problem
from core.importing.plans import refused
from core.importing.values import read_word
from discovery.actions.bulk import add_organisations, add_people
from discovery.actions.taking_back import TakingBack
from discovery.import_rows import Read, line_of, read_segment
from discovery.known import KnownOrganisations, KnownPeople
from discovery.models import Person, Segment
from interviews.actions.bulk import OldTalk, add_talks
from interviews.import_fields import CHANNELS, KINDS, PITCHED, talk_fields
from interviews.models import Interview
from interviews.participants import MOST, split

if TYPE_CHECKING:
    from core.models import ImportRow, User

NOON = time(12)
LONGEST_NAME = 200


class TalkChoices(DatesForm):
    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        label=gettext_lazy("Segment, where the table names none"),
        required=False,
        empty_label=gettext_lazy("None yet"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of talk, where the table does not say"),
        choices=Interview.Kind,
        initial=Interview.Kind.PROBLEM,
    )
    pitched = forms.ChoiceField(
        label=gettext_lazy("Did we pitch, where the table does not say?"),
        choices=Interview.Pitched,
        initial=Interview.Pitched.NEVER,
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("What people who are new here agreed to"),
        choices=Person.Consent,
        initial=Person.Consent.NOTES,
    )
    field_order = ["segment", "kind", "pitched", "consent", "day_order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        segments = Segment.objects.in_workspace(self.workspace)
        self.fields["segment"].queryset = segments


class TalkImporter(Importer):
    title = gettext_lazy("Interviews, with their notes")
    sameness = gettext_lazy(
        "A talk is the same by its day, its people and its notes. Notes are kept as "
        "written today: what was held more than 72 hours ago does not count as a "
        "discovery interview, however good it was."
    )
    choices_form = TalkChoices
    # a talk takes a dozen statements
    batch = 20

    def __init__(self, run, choices):
        super().__init__(run, choices)
        self.people = KnownPeople(run.workspace)
        self.organisations = KnownOrganisations(run.workspace)
        self.segments: dict[str, Segment] | None = None
        self.seen: set[UUID] = set()

    def fields(self):
        return talk_fields()

    # --- what would happen ---
    def plan(self, rows, *, now):
        if self.segments is None:
            segments = Segment.objects.in_workspace(self.workspace)
            self.segments = {one.name.casefold(): one for one in segments}
        reads = [self.read(cells, now) for cells in rows]
        good = [read for read in reads if not read.problems]
        lines = [line for read in good for line in read.values["who"]]
        self.people.look_up(
            [("", name) for line in lines for name in {line, split(line)[0]}]
        )
        self.organisations.look_up([split(line)[1] for line in lines])
        known = self.known_talks([self.key_of(read) for read in good])
        return [self.planned(read, known) for read in reads]

    def read(self, cells, now) -> Read:
        order = self.choices["day_order"]
        read = Read(cells)
        read.take("held_at", lambda text: read_moment(text, order, now))
        read.take("who", read_who)
        read.take("notes", read_notes)
        read.take("kind", lambda text: read_word(text, KINDS))
        read.take("channel", lambda text: read_word(text, CHANNELS))
        read.take("pitched", lambda text: read_word(text, PITCHED))
        read.take("segment", lambda text: read_segment(text, self.segments or {}))
        read.take("next_step", line_of(Interview, "next_step"))
        return read

    def key_of(self, read: Read) -> UUID:
        day = timezone.localdate(read.values["held_at"])
        people = sorted(line.casefold() for line in read.values["who"])
        said = " ".join(read.values["notes"].split())
        return uuid5(self.workspace.pk, f"talk {day} {people} {said}")

    def known_talks(self, keys: list[UUID]) -> dict[UUID, Interview]:
        talks = Interview.objects.in_workspace(self.workspace)
        return talks.only("pk", "trashed_at").in_bulk(keys)

    def planned(self, read: Read, known: dict[UUID, Interview]) -> Plan:
        if read.problems:
            return refused(*read.problems)
        key = self.key_of(read)
        talk = known.get(key)
        if talk is not None and talk.trashed_at is not None:
            return refused(
                Problem("", _("This talk came in before and is in the trash."))
            )
        if talk is not None or key in self.seen:
            return Plan(Effect.SAME, subject_id=key)
        self.seen.add(key)
        return self.new(read, key)

    def new(self, read: Read, key: UUID) -> Plan:
        meant = {line: self.people.meant_by(line) for line in read.values["who"]}
        unclear = [line for line, people in meant.items() if len(people) > 1]
        if unclear:
            words = _("Which %(name)s? Add the organisation after a comma.")
            return refused(Problem("who", words % {"name": unclear[0][:60]}))
        fields = {
            name: read.get(name) or self.choices[name]
            for name in ("kind", "pitched", "segment")
        }
        fields |= {name: read.values[name] for name in ("held_at", "notes")}
        for name in ("channel", "next_step"):
            if read.get(name):
                fields[name] = read.values[name]
        plan = Plan(Effect.CREATE, subject_id=key)
        people = [
            found[0] if found else self.newcomer(line, fields["segment"], plan)
            for line, found in meant.items()
        ]
        plan.data = OldTalk(key, list(dict.fromkeys(people)), fields)
        return plan

    def newcomer(self, line: str, segment: Segment | None, plan: Plan) -> Person:
        name, firm_name = split(line)
        firm = None
        if firm_name:
            firm, is_new = self.organisations.called(firm_name)
            if is_new:
                plan.made.append(["discovery.Organisation", str(firm.pk), 1])
        person = Person(
            workspace=self.workspace,
            name=name,
            organisation=firm,
            segment=segment,
            consent=self.choices["consent"],
        )
        person.is_new = True
        self.people.add(person)
        # before its organisation, which undo can remove only after it
        plan.made.insert(0, ["discovery.Person", str(person.pk), 1])
        return person

    # --- what happens ---
    def write(self, plans, *, by, now):
        talks = [plan.data for plan in plans if plan.data]
        people = dict.fromkeys(person for talk in talks for person in talk.people)
        add_organisations(self.workspace, self.organisations.take_new(), now=now)
        new = [person for person in people if getattr(person, "is_new", False)]
        add_people(self.workspace, new, now=now)
        made = add_talks(self.workspace, talks, by=by, now=now)
        for plan, talk in zip([p for p in plans if p.data], made, strict=True):
            plan.before = {"rev": talk.rev}

    def undo(
        self, rows: Iterable[ImportRow], *, by: User, now: datetime
    ) -> dict[int, str]:
        return TakingBack(self.run, Interview, list(rows)).all()

    def log_end(self, *, by, now, is_undone):
        log(
            self.workspace,
            by=by,
            verb="interviews.import_undone" if is_undone else "interviews.imported",
            subject=self.run,
            now=now,
            **self.run.result,
        )


# --- cells -----------------------------------------------------------------------
def read_moment(text: str, order: str, now: datetime) -> datetime:
    """A day, at noon unless the cell has the time too; in the venture's zone."""
    try:
        moment = datetime.fromisoformat(text.strip())
        has_time = ":" in text
    except ValueError:
        day = read_date(text, order)
        if day is None:
            raise UnclearError(_("The day is missing.")) from None
        moment, has_time = datetime.combine(day, NOON), True
    read_date(moment.date().isoformat())
    if not has_time:
        moment = datetime.combine(moment, NOON)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.get_current_timezone())
    if timezone.localdate(moment) > timezone.localdate(now):
        raise UnclearError(_("This day is in the future."))
    return moment


def read_who(text: str) -> list[str]:
    parts = text.replace("\n", ";").split(";")
    lines = [" ".join(part.split()) for part in parts if part.strip()]
    lines = list({line.casefold(): line for line in lines}.values())
    if not lines:
        raise UnclearError(_("It does not say who it was."))
    if len(lines) > MOST:
        raise UnclearError(_("At most %(n)s people.") % {"n": MOST})
    for name, firm in map(split, lines):
        if not name:
            raise UnclearError(_("A name is missing before the comma."))
        if max(len(name), len(firm)) > LONGEST_NAME:
            raise UnclearError(_("A name is too long: at most 200 characters."))
    return lines


def read_notes(text: str) -> str:
    notes = text.strip()
    if not notes:
        raise UnclearError(_("The notes are empty."))
    return notes
