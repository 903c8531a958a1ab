"""Many finished talks at once, as an import writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from core.activity import written
from interviews.actions.talks import begin
from interviews.models import Interview

if TYPE_CHECKING:
    from core.models import User, Workspace
    from discovery.models import Person


@dataclass
class OldTalk:
    """A talk that was noted elsewhere. It is recorded now, whenever it was held: late
    notes do not count as a discovery interview."""

    pk: UUID
    people: list[Person]
    fields: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def add_talks(
    workspace: Workspace, talks: Sequence[OldTalk], *, by: User, now: datetime
) -> list[Interview]:
    """Finished as they are, each judged whether it counts. Whoever calls logs once for
    all of them."""
    made = []
    for talk in talks:
        fields = talk.fields | {"state": Interview.State.FINISHED}
        named = {"people": talk.people}
        made.append(begin(workspace, talk.pk, by, now, named, fields))
    written(Interview, [talk.pk for talk in talks])
    return made
