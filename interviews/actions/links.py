"""A quote speaks for or against a problem, need, feature, hypothesis or rung."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from interviews.models import Quote, QuoteLink
from interviews.models.quotes import LINK_TARGETS

if TYPE_CHECKING:
    from core.models import StoredFile, User

PROOF_FROM = 4
PARAPHRASE_UP_TO = 2
RUNGS = range(1, 6)


@transaction.atomic
def link_quote(
    quote: Quote,
    *,
    by: User,
    now: datetime,
    stance: str,
    grade: int,
    proof_url: str = "",
    proof_file: StoredFile | None = None,
    seen_by: User | None = None,
    **target: Any,
) -> QuoteLink:
    """`target`: one of problem, need, feature, hypothesis, rung.

    ValidationError when a rule is broken, also when it is linked there already.
    """
    quote = Quote.objects.select_for_update().get(pk=quote.pk)
    refuse_wrong_target(quote, target)
    refuse_unusable(quote, grade)
    refuse_unproven(grade, proof_url or proof_file or seen_by)
    if quote.links.filter(withdrawn_at__isnull=True, **target).exists():
        raise ValidationError(
            _("This quote is linked to that already."), "linked_before"
        )
    link = QuoteLink.objects.create(
        workspace_id=quote.workspace_id,
        quote=quote,
        stance=stance,
        grade=grade,
        proof_url=proof_url,
        proof_file=proof_file,
        had_proof_file=proof_file is not None,
        seen_by=seen_by,
        by=by,
        linked_at=now,
        **target,
    )
    about = {"target": next(iter(target)), "stance": stance, "grade": grade}
    log(quote.workspace, by=by, verb="quote.linked", subject=link, now=now, **about)
    return link


def refuse_wrong_target(quote: Quote, target: dict[str, Any]) -> None:
    if len(target) != 1 or not set(target) <= set(LINK_TARGETS):
        raise ValidationError(_("Choose one thing it is about."), code="one_target")
    row = next(iter(target.values()))
    if "rung" in target:
        if row not in RUNGS:
            raise ValidationError(_("The ladder has five rungs."), code="rung")
        return
    if row.workspace_id != quote.workspace_id:
        raise ValidationError(_("That belongs to another venture."), code="foreign")
    if getattr(row, "trashed_at", None) is not None:
        raise ValidationError(_("That is in the trash."), code="trashed")


def refuse_unusable(quote: Quote, grade: int) -> None:
    """No link of a quote that was taken back; our own words prove no more than E2."""
    if quote.withdrawn_at is not None:
        raise ValidationError(_("This quote was withdrawn."), code="withdrawn")
    if quote.is_paraphrase and grade > PARAPHRASE_UP_TO:
        why = _("These are our words, not theirs. They count as E2 at most.")
        raise ValidationError({"grade": ValidationError(why, code="paraphrase")})


def refuse_unproven(grade: int, proof: Any) -> None:
    if grade >= PROOF_FROM and not proof:
        why = _("From E4 on, give a file, a link, or say that you saw it.")
        raise ValidationError({"proof_url": ValidationError(why, code="no_proof")})


@transaction.atomic
def withdraw_link(
    link: QuoteLink, *, by: User, reason: str, now: datetime
) -> QuoteLink:
    """The row stays, with the reason."""
    link = QuoteLink.objects.select_for_update().get(pk=link.pk)
    if link.withdrawn_at is not None:
        raise ValidationError(_("It was withdrawn already."), code="withdrawn")
    link.withdrawn_at, link.withdrawn_reason = now, reason
    link.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log(link.workspace, by=by, verb="quote.link_withdrawn", subject=link, now=now)
    return link
