"""A database with something in every table and every column, and what it holds."""

import json
from copy import copy
from datetime import timedelta
from decimal import Decimal
from itertools import count
from uuid import uuid4

from django.db import DatabaseError, connection, models, transaction

from core.backup.rows import fields_of
from core.backup.tables import of_ventures, whole
from core.erasure import erasing
from tests.factories import NOW

STRANGE = "Ünïcode ß İ \u0131 🚀 \u202e ' \" \\ {}\n\ttab"
STRANGE_JSON = {
    "ß🚀": [1, 2.5, 1e-7, None, True, "\\", {"b": 1, "a": {}}],
    "": 10**15,
}
numbers = count(1)


def fill():
    """Puts a row into every empty table and a value into every empty column, as far as
    the rules of the tables let it. What is empty still, it returns."""
    for model in whole():
        if not models.QuerySet(model).exists():
            attempt(insert, model)
    # some columns go together: a second pass finds their partners
    for way in (fill_column, fill_column, fill_new_row):
        for name in empty_columns():
            label, _dot, column = name.rpartition(".")
            model = next((m for m in whole() if m._meta.label == label), None)
            if model is not None:
                way(model, model._meta.get_field(column))
    for model in whole():
        for field in fields_of(model):
            if isinstance(field, models.TextField | models.JSONField):
                fill_column(model, field)
    return empty_columns()


def fill_column(model, field):
    """In the first row whose other columns allow it."""
    for pk in models.QuerySet(model).order_by("pk").values_list("pk", flat=True)[:20]:
        for value in values_for(field):
            if attempt(update, model, pk, field, value):
                return


def fill_new_row(model, field):
    """A copy of a row in which nothing else is said that may be left out, or one thing
    alone: of two authors one must be there."""
    for row in models.QuerySet(model).order_by("pk")[:20]:
        said = [one.attname for one in fields_of(model) if one.null]
        for kept in (None, *said):
            for value in values_for(field):
                if attempt(insert_like, copy(row), field, value, kept):
                    return


def insert_like(row, field, value, kept):
    for other in fields_of(type(row)):
        if other.null and other.attname != kept:
            setattr(row, other.attname, None)
    row.pk = uuid4()
    setattr(row, field.attname, value)
    row.save_base(raw=True, force_insert=True)


def update(model, pk, field, value):
    models.QuerySet(model).filter(pk=pk).update(**{field.name: value})


def insert(model):
    values = {}
    for field in fields_of(model):
        is_number = isinstance(field, models.AutoField)
        if field.null or field.has_default() or is_number:
            continue
        values[field.attname] = next(iter(values_for(field)))
    model(**values).save_base(raw=True, force_insert=True)


def attempt(write, *args):
    try:
        with transaction.atomic(), erasing():
            write(*args)
            connection.check_constraints()
    except (DatabaseError, StopIteration):
        return False
    return True


def values_for(field):
    """Candidates, the strangest first."""
    number = next(numbers)
    if field.is_relation:
        target = field.target_field
        taken = models.QuerySet(field.model).values(field.attname)
        rows = models.QuerySet(field.related_model).order_by("pk")
        if field.unique:
            known = set(taken.values_list(field.attname, flat=True))
            rows = rows.exclude(pk__in=known - {None})
        yield from rows.values_list(target.attname, flat=True)[:3]
    elif field.choices:
        yield from [value for value, _label in field.flatchoices if value != ""][::-1]
    elif isinstance(field, models.JSONField):
        yield STRANGE_JSON
    elif isinstance(field, models.TextField | models.CharField):
        room = field.max_length or 10**6
        yield f"{number}{STRANGE}"[:room]
        yield f"x{number}"[:room]
    else:
        yield plain_value(field, number)


def plain_value(field, number):
    at = NOW + timedelta(seconds=number, microseconds=123456)
    makers = {
        models.UUIDField: uuid4,
        models.DateTimeField: lambda: at,
        models.DateField: at.date,
        models.TimeField: at.time,
        models.DecimalField: lambda: Decimal("1.5"),
        models.FloatField: lambda: 0.1 + number,
        models.BooleanField: lambda: True,
        models.IntegerField: lambda: number,
    }
    return next(make() for kind, make in makers.items() if isinstance(field, kind))


def empty_columns():
    """Columns that say nothing in any row, and tables without a row."""
    found = []
    for model in whole():
        rows = models.QuerySet(model)
        if not rows.exists():
            found.append(model._meta.label)
            continue
        said = rows.aggregate(
            **{f"n_{f.name}": models.Count(f.name) for f in fields_of(model)}
        )
        for field in fields_of(model):
            if not said[f"n_{field.name}"]:
                found.append(f"{model._meta.label}.{field.name}")
    return found


def dumped():
    """Table → its rows as the database itself tells them; JSON without its spelling."""
    dump = {}
    with connection.cursor() as cursor:
        for model in whole():
            fields = fields_of(model)
            quote = connection.ops.quote_name
            columns = ", ".join(quote(field.column) for field in fields)
            table = quote(model._meta.db_table)
            cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608
            rows = [told(fields, row) for row in cursor.fetchall()]
            dump[model._meta.label] = sorted(rows)
    return dump


def told_of(workspace, without=None):
    """The same for one venture; `without`: table → columns that are left out."""
    dump = {}
    for model, way in of_ventures().items():
        left_out = (without or {}).get(model._meta.label, set())
        is_numbered = isinstance(model._meta.pk, models.AutoField)
        fields = [
            field
            for field in fields_of(model)
            if field.name not in left_out and not (is_numbered and field.primary_key)
        ]
        rows = models.QuerySet(model).filter(**{way: workspace.pk})
        values = rows.values_list(*(field.attname for field in fields))
        dump[model._meta.label] = sorted(
            repr(list(map(spelled, row))) for row in values
        )
    return dump


def spelled(value):
    is_json = isinstance(value, list | dict)
    return json.dumps(value, sort_keys=True) if is_json else value


def told(fields, row):
    return repr(
        [
            json.dumps(json.loads(value), sort_keys=True)
            if isinstance(field, models.JSONField)
            else value
            for field, value in zip(fields, row, strict=True)
        ]
    )
