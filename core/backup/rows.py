"""A row as one line of JSON that says the same whatever database it came from."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from math import isinf
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.dateparse import parse_duration
from django.utils.duration import duration_string

# SQLite keeps numbers with so many digits; what both databases hold is compared.
DIGITS = 15
LARGE = 1e16
Row = dict[str, Any]


def fields_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Its columns but those the database computes."""
    return [field for field in model._meta.concrete_fields if not field.generated]


# --- out -------------------------------------------------------------------------
def encoded(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return plainly(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    if isinstance(value, float | list | dict):
        return settled(value)
    raise TypeError(f"no way is known to write down a {type(value).__name__}")


def plainly(number: Decimal) -> str:
    """Without trailing zeros and exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def settled(value: Any) -> Any:
    """JSON as both databases give it back: PostgreSQL writes large floats as whole
    numbers and knows no negative zero."""
    if isinstance(value, float):
        is_whole = abs(value) >= LARGE and not isinf(value)
        return int(value) if is_whole else value or 0.0
    if isinstance(value, list):
        return [settled(item) for item in value]
    if isinstance(value, dict):
        return {key: settled(item) for key, item in value.items()}
    return value


def line_of(row: Row) -> bytes:
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


class Digest:
    """Of a table's rows in their order, the same on both databases."""

    def __init__(self, model: type[models.Model]) -> None:
        self._sha256 = hashlib.sha256()
        self._decimals = [
            field.name
            for field in fields_of(model)
            if isinstance(field, models.DecimalField)
        ]

    def add(self, row: Row, line: bytes) -> None:
        rounded = {
            name: plainly(Context(prec=DIGITS).create_decimal(row[name]))
            for name in self._decimals
            if row[name] is not None and len(row[name]) > DIGITS
        }
        self._sha256.update(line_of(row | rounded) if rounded else line)

    def hexdigest(self) -> str:
        return self._sha256.hexdigest()


# --- in --------------------------------------------------------------------------
def reader_of(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What makes the field's value of what `encoded` made of it; None: nothing to do."""
    while field.is_relation:
        field = field.target_field
    if isinstance(field, models.JSONField | models.CharField | models.TextField):
        return None
    if isinstance(field, models.BinaryField):
        return b64decode
    if isinstance(field, models.DurationField):
        return parse_duration
    return field.to_python
