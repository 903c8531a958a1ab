"""One commitment as its page shows it, and all of a venture as a list or a file."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s

from django.urls import reverse

from core.models import Permission
from core.money import show_money
from decisions.gate_limits import GateLimits
from decisions.gates import About, Gate, Missing, Result
from decisions.models import Commitment, GateCheck, Override
from decisions.models.commitments import Status, tranche_of
from decisions.reports.gates import Found, gate_of, waits_for_advisor
from decisions.reports.together import gate_limits_of
from decisions.smaller_steps import Step

TOGETHER_SHOWN = 8
RESULT_CHIPS = {
    Result.PASSED: "gate_passed",
    Result.WARNED: "gate_warned",
    Result.HELD: "gate_held",
}
STATUS_CHIPS = {
    Status.IDEA: "idea",
    Status.PROPOSED: "proposed",
    Status.HELD: "gate_held",
    Status.APPROVED: "gate_passed",
    Status.OVERRIDDEN: "overridden",
    Status.SIGNED: "signed",
    Status.STAGED: "staged",
    Status.ENDED: "ended",
    Status.CANCELLED: "cancelled",
}


@dataclass(frozen=True)
class Line:
    """One condition. `url`: the page that would change it, if this reader may."""

    sentence: str
    is_met: bool
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A tranche in words."""

    money: str
    due_on: datetime
    number: str
    threshold: str
    stop_on: datetime | None


@dataclass(frozen=True)
class Checklist:
    """`together`: title, money and page of what counts together with it, and how many
    `more`. `at`: when it was checked, of a commitment whose gate is behind it."""

    result: str
    why: str
    gate_class: str
    lines: tuple[Line, ...]
    missing: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str, str], ...] = ()
    more: int = 0
    at: datetime | None = None

    @property
    def chip(self) -> str:
        return RESULT_CHIPS[Result(self.result)]

    @property
    def met(self) -> int:
        return sum(line.is_met for line in self.lines)


@dataclass(frozen=True)
class CommitmentPage:
    """`valid_until`: of an approval. `step`: the smaller one, and its money in words.
    `override`: of any of its terms; `is_current`: of these."""

    commitment: Commitment
    chip: str
    checklist: Checklist | None
    parts: tuple[Part, ...]
    value: str
    cost: str
    override: Override | None
    is_waiting: bool
    is_current: bool
    step: Step | None
    step_money: str
    valid_until: datetime | None
    now: datetime

    @property
    def mark(self) -> str:
        """Changes when the gate would read differently, or something was done about it."""
        row, found = self.commitment, self.checklist
        said = (row.rev, row.status, row.checked_at, self.is_waiting, found)
        return blake2s(repr(said).encode(), digest_size=8).hexdigest()

    @property
    def is_held(self) -> bool:
        found = self.checklist
        return found is not None and found.result == Result.HELD

    @property
    def in_force(self) -> bool:
        return self.is_current and not self.is_waiting

    @property
    def is_valid(self) -> bool:
        return self.valid_until is not None and self.now < self.valid_until

    @property
    def can_sign(self) -> bool:
        row = self.commitment
        if not row.is_open or row.status == Status.IDEA:
            return False
        is_approved = row.status == Status.APPROVED and self.is_valid
        return self.in_force or (is_approved and not self.is_held)

    @property
    def can_override(self) -> bool:
        row = self.commitment
        is_proposed = row.is_open and row.status != Status.IDEA
        return is_proposed and self.is_held and not self.is_current

    @property
    def can_cosign(self) -> bool:
        """An override waits for it, or class D asks for it."""
        row, found = self.commitment, self.checklist
        if not row.is_open or row.status == Status.IDEA or found is None:
            return False
        return self.is_waiting or (found.gate_class == "D" and not row.is_cosigned)


def commitment_page(commitment, *, membership, now) -> CommitmentPage:
    """The gate is live while it is before the signature, and as kept afterwards."""
    found = gate_of(commitment, now=now) if commitment.is_open else None
    override = latest_override(commitment) if commitment.is_marked else None
    is_current = override is not None and override.terms == commitment.terms
    gate_class = found.gate.gate_class if found else None
    is_waiting = is_current and waits_for_advisor(override, gate_class)
    own = commitment.workspace.currency
    step = found.step if found else None
    return CommitmentPage(
        commitment=commitment,
        chip=STATUS_CHIPS[commitment.status],
        checklist=checklist_of(commitment, found, membership),
        parts=tuple(parts_of(commitment)),
        value=show_money(commitment.value_minor, own) if commitment.value_minor else "",
        cost=show_money(commitment.cancel_minor, commitment.currency),
        override=override,
        is_waiting=is_waiting,
        is_current=is_current,
        step=step,
        step_money=show_money(step.amount, commitment.currency) if step else "",
        valid_until=valid_until(commitment, gate_limits_of(commitment.workspace)),
        now=now,
    )


def valid_until(commitment, limits: GateLimits):
    """None where the last check was of other terms, or under other settings."""
    is_of_these = commitment.check_terms == commitment.terms
    is_passed = commitment.check_result in (Result.PASSED, Result.WARNED)
    is_as_set = commitment.check_limits == limits.as_kept()
    if not (is_of_these and is_passed and is_as_set):
        return None
    return commitment.checked_at + limits.valid_for


def latest_override(commitment):
    rows = Override.objects.filter(commitment=commitment)
    return rows.select_related("by", "cosignature__by").first()


def parts_of(commitment):
    for kept in commitment.tranches:
        part = tranche_of(kept)
        money = show_money(part.amount, commitment.currency)
        yield Part(money, part.due_on, part.number, part.threshold, part.stop_on)


# --- the checklist ---------------------------------------------------------------
def checklist_of(commitment, found: Found | None, membership) -> Checklist | None:
    if found is None:
        return checklist_kept(commitment)
    gate = found.gate
    return Checklist(
        result=gate.result,
        why=gate.rating.why,
        gate_class=gate.gate_class,
        lines=lines_of(gate, commitment, found, membership),
        missing=missing_of(found, commitment, membership),
        together=tuple(named(found.together[:TOGETHER_SHOWN], commitment.workspace)),
        more=max(0, len(found.together) - TOGETHER_SHOWN),
    )


def named(together, workspace):
    for row in together:
        url = reverse("decisions:commitment_detail", args=[workspace.slug, row.pk])
        yield row.title, row.money, url


def checklist_kept(commitment) -> Checklist | None:
    """As it was when it was last checked; of what was cancelled before, nothing."""
    check = GateCheck.objects.filter(commitment=commitment).first()
    if check is None:
        return None
    lines = (Line(one["sentence"], one["is_met"]) for one in check.conditions)
    return Checklist(
        result=check.result,
        why=check.why,
        gate_class=check.gate_class,
        lines=tuple(lines),
        at=check.evaluated_at,
    )


def lines_of(gate: Gate, commitment, found: Found, membership) -> tuple[Line, ...]:
    urls = urls_of(commitment, found, membership)
    segment = commitment.metric.segment_id if commitment.metric else None
    query = f"?segment={segment}" if segment else ""

    def url_of(condition):
        if condition.about is not About.QUESTION:
            return urls[condition.about]
        slug = commitment.workspace.slug
        args = [slug, condition.number]
        return reverse("milestones:question_detail", args=args) + query

    return tuple(Line(one.sentence, one.is_met, url_of(one)) for one in gate.conditions)


def urls_of(commitment, found: Found, membership) -> dict[About, str]:
    """Nobody is sent to a page that their role does not open."""
    slug, pk = commitment.workspace.slug, commitment.pk
    stops = reverse("decisions:alert_list", args=[slug])
    if found.stops:
        stops = reverse("decisions:alert_detail", args=[slug, found.stops[0][0]])
    edit = reverse("decisions:commitment_edit", args=[slug, pk])
    cosign = reverse("decisions:commitment_cosign", args=[slug, pk])
    periods = reverse("forecasts:metric_list", args=[slug])
    if commitment.metric_id:
        args = [slug, commitment.metric_id]
        periods = reverse("forecasts:metric_detail", args=args)
    may = membership.may
    return {
        About.STOPS: stops,
        About.SHIPPING: reverse("core:settings_general", args=[slug]),
        About.PERIODS: periods,
        About.SCHEDULED: reverse("milestones:checkpoint_list", args=[slug])
        + "#planned-stops",
        About.TRANCHES: edit if Permission.DECIDE in may else "",
        About.COSIGN: cosign if Permission.REVIEW in may else "",
        About.HIRING: curve_url(commitment),
    }


def curve_url(commitment) -> str:
    url = reverse("decisions:sales_curve", args=[commitment.workspace.slug])
    curve = commitment.sales_curve_id
    return f"{url}?curve={curve}" if curve else url


def missing_of(found: Found, commitment, membership) -> tuple[tuple[str, str], ...]:
    """(what, the page where it is said, if this reader may say it)."""
    slug = commitment.workspace.slug
    may_decide = Permission.DECIDE in membership.may

    def page_of(what: Missing) -> str:
        if what is Missing.CASH:
            return reverse("core:settings_general", args=[slug])
        row = commitment
        if what is Missing.BESIDE:
            row = next(one for one in found.together if one.what_it_asks.value is None)
        name = "commitment_edit" if may_decide else "commitment_detail"
        return reverse(f"decisions:{name}", args=[slug, row.pk])

    return tuple((str(one), page_of(one)) for one in found.gate.rating.missing)


def resting_on(alert):
    """What is open or signed and rests on the number, or on the question, that the alert
    is about; or is what it is about."""
    rows = Commitment.objects.in_workspace(alert.workspace).select_related("workspace")
    rows = rows.exclude(status__in=(Status.ENDED, Status.CANCELLED))
    if alert.metric_id is not None:
        return rows.filter(metric=alert.metric_id)
    if alert.commitment_id is not None:
        return rows.filter(pk=alert.commitment_id)
    number = alert.question and alert.question.number
    return [row for row in rows if number in row.questions]
