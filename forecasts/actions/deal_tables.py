"""Many deals at once, as an import writes them and takes them back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import written
from core.importing.plans import Effect
from core.importing.undo_rules import delete_made, follow, why_left
from forecasts.actions.deals import step_of
from forecasts.models import Deal, DealStep


@transaction.atomic
def save_deals(workspace, changes, *, by, now):
    """`changes`: {deal, fields, steps} of each row, in their order. A deal that is new
    is written once, with what later rows say of it; so is one that changed."""
    new, changed, fields, steps = {}, {}, set(), []
    for one in changes:
        deal = one["deal"]
        if getattr(deal, "is_new", False):
            new[deal.pk] = deal
        elif one["fields"]:
            changed[deal.pk] = deal
            fields |= {*one["fields"]}
        told = {"by": by, "now": now}
        steps += [step_of(deal, name=name, on=on, **told) for name, on in one["steps"]]
    for deal in new.values():
        deal.created_at, deal.is_new = now, False
    for deal in changed.values():
        deal.rev += 1
    Deal.objects.bulk_create(new.values())
    if changed:
        Deal.objects.bulk_update(changed.values(), [*sorted(fields), "rev"])
    DealStep.objects.bulk_create(steps)
    written(Deal, [*new, *changed])


def take_back_deals(run, rows, *, by, now):
    """Last line first: what a row added is taken back, what it changed is put back.
    {line: why it is left}."""
    ids = {row.subject_id for row in rows}
    deals = Deal.objects.select_for_update().in_bulk(ids)
    left, revs = {}, {}
    for row in rows:
        deal = deals.get(row.subject_id)
        if deal is None or deal.withdrawn_at is not None:
            continue
        is_changed = deal.rev not in (row.before.get("rev"), revs.get(deal.pk))
        if is_changed or has_steps_since(deal, row):
            left[row.line] = why_left("changed")
            continue
        put_back(deal, row, by=by, now=now)
        revs[deal.pk] = deal.rev
    written(Deal, list(revs))
    firms = [one for row in rows if row.line not in left for one in row.made]
    delete_made(firms)
    if revs:
        follow(run, revs)
    return left


def has_steps_since(deal, row):
    """Whether a deal the row added took steps that came neither with it nor with a
    later row of its table, which is taken back before."""
    if row.outcome != Effect.CREATE:
        return False
    came = {(name, day) for name, day in row.before.get("steps", [])}
    steps = deal.steps.current().values_list("name", "on")
    return any((name, on.isoformat()) not in came for name, on in steps)


def put_back(deal, row, *, by, now):
    names = ["rev"]
    if row.outcome == Effect.CREATE:
        deal.withdrawn_at = now
        # a firm that came with the table goes only when nothing points to it
        deal.organisation = None
        names += ["withdrawn_at", "organisation"]
    for name, value in row.before.get("fields", {}).items():
        field = Deal._meta.get_field(name)
        setattr(deal, field.attname, field.to_python(value))
        names.append(name)
    deal.rev += 1
    deal.save(update_fields=names)
    for name, day in row.before.get("steps", []):
        on = date.fromisoformat(day)
        step = deal.steps.current().filter(name=name, on=on).first()
        if step is not None:
            reason = _("The import was taken back.")
            told = {"by": by, "now": now, "name": "", "on": on}
            step_of(deal, supersedes=step, reason=reason, **told).save()
