"""Writes commitments, and checks their gate once everything else is known."""

from decimal import Decimal

from core.money import to_minor
from decisions.actions import add_commitment, check_gate
from decisions.models import Commitment
from decisions.models.commitments import tranche_as_kept
from decisions.terms import Tranche
from forecasts.models import Metric


def add_commitments(sample, rows):
    for row in rows:
        sample.then(row.ago, commit, sample, row)
        sample.then(row.checked_ago, check, sample, row)


def commit(sample, row):
    workspace = sample.workspace
    add_commitment(
        workspace,
        by=sample.owner,
        now=sample.ago(row.ago),
        currency=workspace.currency,
        amount_minor=to_minor(Decimal(row.amount), workspace.currency),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        metric=Metric.objects.in_workspace(workspace).get(name=row.metric),
        tranches=[kept(one, workspace.currency) for one in row.tranches],
        **row.fields,
    )


def check(sample, row):
    rows = Commitment.objects.in_workspace(sample.workspace)
    commitment = rows.get(title=row.fields["title"])
    check_gate(commitment, by=sample.owner, now=sample.ago(row.checked_ago))


def kept(one, currency):
    amount = to_minor(Decimal(one.amount), currency)
    rule = (one.number, one.threshold, one.stop_on)
    return tranche_as_kept(Tranche(amount, one.due_on, *rule))
