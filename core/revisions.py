"""No save is lost: a form says which revision of its row it was drawn from.

An action calls `take_up(row, rev)` first and `write(row, fields)` last. When somebody
saved in between, OutdatedError leaves the action, and the view answers 409 with
`form.meet(error.current)`: the person's own text stays in the fields, theirs stands
above it, and saving once more overwrites knowingly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.forms.written import refuse_unseen

Row = TypeVar("Row", bound=models.Model)


class OutdatedError(Exception):
    """Somebody saved in between. `current` is the row as it stands now."""

    def __init__(self, current: models.Model):
        super().__init__("somebody saved in between")
        self.current = current


class EndedError(ValidationError):
    """What the row belongs to has ended: it is read, and never written again. Whoever
    knows no better refuses it as a rule; pages and the API answer 409."""


def take_up(row: Row, rev: int | None) -> Row:
    """The row as it stands, locked until the transaction ends.

    `rev` is the revision the writer read; None for writers that read none, such as
    jobs. Raises OutdatedError when another one stands.
    """
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if rev is not None and current.rev != rev:
        raise OutdatedError(current)
    return current


def write(row: models.Model, fields: dict[str, Any]) -> list[str]:
    """Saves what differs and counts the revision up; the names of those fields."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.rev += 1
        row.save(update_fields=[*changed, "rev"])
    return changed


@dataclass(frozen=True)
class Difference:
    """One field that the two versions fill differently, in words."""

    label: str
    theirs: str
    yours: str


class RevisedForm(forms.ModelForm):
    """A ModelForm whose page carries the revision it was drawn from.

    `rev` stands among the cleaned data; new rows have none. A text that is required
    holds something that can be seen: nobody finds a row again whose name is invisible.
    """

    differences: tuple[Difference, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["rev"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=self.instance.rev, required=False
            )
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.required:
                field.validators.append(refuse_unseen)

    def meet(self, current: models.Model) -> None:
        """Takes up what somebody else saved. The next save starts from there."""
        theirs = type(self)(instance=current, **self.made_with())
        self.differences = tuple(differing(self, theirs))
        self.data = self.data.copy()
        self.data[self.add_prefix("rev")] = current.rev
        why = _("Somebody saved this while you were writing. Nothing is lost: compare.")
        self.add_error(None, ValidationError(why, code="outdated"))

    def made_with(self) -> dict[str, Any]:
        """What the form's own `__init__` wants beside data and instance."""
        return {}


def differing(mine: forms.BaseForm, theirs: forms.BaseForm) -> Iterable[Difference]:
    for field in mine.visible_fields():
        yours = in_words(field.field, field.value())
        stands = in_words(field.field, theirs[field.name].value())
        if yours != stands:
            yield Difference(str(field.label), stands, yours)


def in_words(field: forms.Field, value: Any) -> str:
    """What a person chose or typed, as they saw it."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if field.to_python(value) else _("no")
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(value, list | tuple) else [value]
        keys = {str(getattr(one, "pk", one)) for one in chosen if one is not None} - {
            ""
        }
        labels = [str(label) for key, label in field.choices if str(key) in keys]
        return ", ".join(labels)
    return "" if value is None else str(field.prepare_value(value)).strip()
