"""The ledger: one row for each message that must leave, by mail or to a channel.

The database is the queue. `plan` writes a row in the transaction of the event; every
minute `dispatch_due` takes back what a dead worker left and sends what is due; tasks
only hurry that on. States:

    planned → sending → handed → sent
                     ↘ retry, bounced, failed, skipped, unknown

`sending` and `handed` are leases of one process. `handed` is committed when the server
has accepted the recipient and before the message goes out: a process that dies in
`sending` has sent nothing, one that dies in `handed` may have. The first is started
again after 90 s; the second once more after ten minutes, marked ambiguous, under the
same Message-ID, and if it happens again the row stays `unknown`. So every mail leaves,
and nobody gets more than two copies.

A new kind of mail is a module named in settings.DELIVERY_KINDS, with two functions:

    def render(delivery: Delivery) -> Mail
        Reads what it needs by `delivery.subject_id`, `delivery.workspace`,
        `delivery.recipient` (an account, or None), `delivery.address`, `delivery.period`,
        `delivery.transition`; a secret planned as `payload` is `unseal(delivery.payload)`
        (core.sealing). `core.mails.rendering.from_templates(name, context)` makes the
        Mail of `emails/<name>.subject.txt`, `.txt` and `.html`. Runs outside every
        transaction.

    def recheck(delivery: Delivery, now: datetime) -> str | None
        Why the mail must not go after all, as a short code for the ledger ("decided",
        "unsubscribed", "late"), or None. Runs inside the transaction that claims the
        row: reads only, no network, no rendering. Samples, inactive accounts, people who
        left the venture and addresses that bounced three times are refused before;
        the role within the venture is the kind's to check.

What either raises counts as a failed start; after five the row is `failed`.

A row with a `channel` goes by HTTP: its kind renders a `Post` in the place of a `Mail`.
All else is the same, but that a channel which does not answer keeps back only its own
rows, and that posts leave after the mails of a pass (`call_due`).
"""

from core.deliveries.kinds import Mail, Post
from core.deliveries.planning import plan
from core.deliveries.sending import (
    call_due,
    deliver_about,
    deliver_due,
    deliver_newest,
    deliver_one,
    dispatch_due,
    is_much,
)

__all__ = [
    "Mail",
    "Post",
    "call_due",
    "deliver_about",
    "deliver_due",
    "deliver_newest",
    "deliver_one",
    "dispatch_due",
    "is_much",
    "plan",
]
