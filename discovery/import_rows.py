"""Cells about people and organisations, read into values or problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext as _

from core.days import UnclearError, read_date
from core.importing.plans import Problem
from core.importing.values import read_list, read_word, read_yes
from core.written import is_written
from discovery.models import BuyingRole, Organisation, Person, Segment, Source

SOURCES = {
    **{str(label).casefold(): code for code, label in Source.choices},
    "kalt": "cold",
    "kaltakquise": "cold",
    "warm": "warm",
    "bekannt": "warm",
    "empfehlung": "referral",
    "intro": "referral",
    "anfrage": "inbound",
    "freund": "friend",
    "freundin": "friend",
}
CONSENTS = {
    **{code: code for code in Person.Consent.values},
    **{str(label).casefold(): code for code, label in Person.Consent.choices},
    "quotes": "quote",
    "keine": "none",
    "notizen": "notes",
    "zitat": "quote",
    "aufnahme": "recording",
}
ROLES = {
    **{str(label).casefold(): code for code, label in BuyingRole.Role.choices},
    "nutzer": "user",
    "anwender": "user",
    "beeinflusser": "influencer",
    "empfehler": "recommender",
    "entscheider": "decision_maker",
    "budget": "economic_buyer",
    "saboteurin": "saboteur",
}


@dataclass
class Read:
    """A row's values; problems by field. A field without a column is not in `values`;
    one with an empty cell is there, and empty."""

    cells: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, name: str, reading: Callable[[str], Any]) -> None:
        """Reads a cell by a function that raises UnclearError or ValidationError."""
        if name not in self.cells:
            return
        try:
            self.values[name] = reading(self.cells[name])
        except UnclearError as error:
            self.problems.append(Problem(name, str(error)))
        except ValidationError as error:
            self.problems.append(Problem(name, " ".join(error.messages)))

    def get(self, name: str) -> Any:
        return self.values.get(name) or ""


def read_person(
    cells: Mapping[str, str], segments: Mapping[str, Segment], order: str
) -> Read:
    parts = [cells.get("first_name", ""), cells.get("last_name", "")]
    name = cells.get("name", "").strip() or " ".join(parts)
    read = Read({**cells, "name": name})
    read.take("name", line_of(Person, "name"))
    for name in ("role_title", "phone", "consent_how", "next_step"):
        read.take(name, line_of(Person, name))
    read.take("organisation", line_of(Organisation, "name"))
    read.take("email", read_email)
    read.take("segment", lambda text: read_segment(text, segments))
    read.take("source", lambda text: read_word(text, SOURCES))
    read.take("roles", lambda text: read_list(text, ROLES))
    read.take("consent", lambda text: read_word(text, CONSENTS))
    read.take("is_related_party", read_yes)
    for name in ("consent_on", "next_step_on"):
        read.take(name, lambda text: read_date(text, order))
    if not read.get("name") and not read.problems:
        read.problems.append(Problem("name", _("The name is missing.")))
    return read


def read_organisation(cells: Mapping[str, str]) -> Read:
    read = Read(cells)
    read.take("name", line_of(Organisation, "name"))
    read.take("size", line_of(Organisation, "size"))
    read.take("source", lambda text: read_word(text, SOURCES))
    read.take("is_related_party", read_yes)
    if not read.get("name") and not read.problems:
        read.problems.append(Problem("name", _("The name is missing.")))
    return read


def line_of(model: type[models.Model], name: str) -> Callable[[str], str]:
    """A line of text no longer than the field it is for."""
    most = model._meta.get_field(name).max_length

    def line(text: str) -> str:
        flat = " ".join(text.split())
        if flat and not is_written(flat):
            raise UnclearError(_("Nothing of it can be seen."))
        if len(flat) > most:
            raise UnclearError(
                _("It has %(n)d characters; at most %(most)d fit.")
                % {"n": len(flat), "most": most}
            )
        return flat

    return line


def read_email(text: str) -> str:
    address = text.strip().removeprefix("mailto:")
    if address:
        if len(address) > 254:
            raise UnclearError(_("The address is too long."))
        validate_email(address)
    return address


def read_segment(text: str, segments: Mapping[str, Segment]) -> Segment | None:
    name = " ".join(text.split())
    if not name:
        return None
    if name.casefold() not in segments:
        raise UnclearError(
            _("There is no segment “%(name)s”. Add it first, or leave the cell empty.")
            % {"name": name[:60]}
        )
    return segments[name.casefold()]


def stored(value: Any) -> Any:
    """A value as JSON keeps it, for undo."""
    if isinstance(value, models.Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else value
