"""What a kind of table means: the class an app offers, and how it is found."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.forms.choices import ChoicesForm
from core.importing.plans import Field, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.models import ImportRow, ImportRun, User, Workspace


class Importer:
    """Made anew for each batch of work on a run, once for a whole check.

    It remembers the rows it planned, so that lines of one table that mean the same
    thing are seen to.
    """

    title: ClassVar[str | Promise]
    # one sentence: what makes two rows the same
    sameness: ClassVar[str | Promise] = ""
    # what to make before such a table can come in, and the URL name where
    needs_first: ClassVar[tuple[str | Promise, str] | None] = None
    # rows of one transaction: no batch may keep other writers waiting half a second
    batch: ClassVar[int] = 100
    choices_form: ClassVar[type[ChoicesForm]] = ChoicesForm

    def __init__(self, run: ImportRun, choices: dict[str, Any]):
        self.run, self.workspace, self.choices = run, run.workspace, choices

    @classmethod
    def targets(cls, workspace: Workspace) -> list[tuple[str, str | Promise]]:
        """What a table of this kind may be for, as (id, words); ids go into
        `run.choices["target"]`. An empty list: nothing to import into yet."""
        return [("", cls.title)]

    def fields(self) -> Sequence[Field]:
        raise NotImplementedError

    def plan(self, rows: list[dict[str, str]], *, now: datetime) -> list[Plan]:
        """What each row would do, in their order. Writes nothing."""
        raise NotImplementedError

    def write(self, plans: list[Plan], *, by: User, now: datetime) -> None:
        """Does what the plans say; `made` and `before` of each are complete after."""
        raise NotImplementedError

    def undo(
        self, rows: Iterable[ImportRow], *, by: User, now: datetime
    ) -> dict[int, str]:
        """Takes rows back, last line first; {line: why it is left as it is}."""
        raise NotImplementedError

    def log_end(self, *, by: User, now: datetime, is_undone: bool) -> None:
        """One activity entry about the whole run, with counts."""
        raise NotImplementedError


def importer_class(kind: str) -> type[Importer]:
    found: type[Importer] = import_string(settings.IMPORTERS[kind])
    return found


def importer_for(run: ImportRun) -> Importer:
    """Raises ValidationError when what was chosen is gone by now."""
    offered = importer_class(run.kind)
    form = offered.choices_form(run.choices, workspace=run.workspace)
    if not form.is_valid():
        raise ValidationError(
            _("What was chosen for all rows is there no more: %(names)s.")
            % {"names": ", ".join(str(form.fields[name].label) for name in form.errors)}
        )
    target = {"target": run.choices.get("target", "")}
    return offered(run, form.cleaned_data | target)


def fields_of(run: ImportRun) -> Sequence[Field]:
    """The columns a table of this kind may have. Needs no choices but the target."""
    target = {"target": run.choices.get("target", "")}
    return importer_class(run.kind)(run, target).fields()


def offered_kinds(workspace: Workspace) -> list[tuple[str, str]]:
    """("people", words) or ("answers:<id>", words) for the first page."""
    return [
        (f"{kind}:{target}" if target else kind, str(words))
        for kind in settings.IMPORTERS
        for target, words in importer_class(kind).targets(workspace)
    ]


def kinds_to_come(workspace: Workspace) -> list[tuple[str, str, str]]:
    """(kind, what it needs first, URL name) for kinds nothing can come in for yet."""
    found = {kind: importer_class(kind) for kind in settings.IMPORTERS}
    return [
        (str(one.title), str(one.needs_first[0]), one.needs_first[1])
        for one in found.values()
        if one.needs_first is not None and not one.targets(workspace)
    ]
