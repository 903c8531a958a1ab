"""A value is written down so that any database gives the same back."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import models

from core.backup.rows import Digest, encoded, line_of, reader_of
from forecasts.models import Actual

ZONE = timezone(timedelta(hours=5, minutes=45))


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (models.DecimalField(), Decimal("1500.500000"), "1500.5"),
        (models.DecimalField(), Decimal("-0.25"), "-0.25"),
        (models.DecimalField(), Decimal("1E+3"), "1000"),
        (models.DateField(), date(2026, 11, 2), "2026-11-02"),
        (models.TimeField(), time(9, 5, 1, 7), "09:05:01.000007"),
        (models.DurationField(), timedelta(days=-2, seconds=3), "-2 00:00:03"),
        (models.BinaryField(), b"\x00\xff", "AP8="),
        (models.UUIDField(), UUID(int=5), "00000000-0000-0000-0000-000000000005"),
        (models.BooleanField(), False, False),
        (models.BigIntegerField(), 2**60, 2**60),
        (models.FloatField(), 0.1, 0.1),
        (models.CharField(), "ß\u2028🚀", "ß\u2028🚀"),
    ],
)
def test_there_and_back(field, value, text):
    assert encoded(value) == text
    read = reader_of(field)
    assert (read(text) if read else text) == value


def test_moments_keep_their_microseconds():
    at = datetime(2026, 11, 2, 9, 0, 0, 1, tzinfo=ZONE)

    assert models.DateTimeField().to_python(encoded(at)) == at


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ({"a": 1e22}, {"a": 10**22}),
        ([-0.0], [0.0]),
        ([1.5, "x", None], [1.5, "x", None]),
    ],
)
def test_numbers_in_json_as_both_databases_tell_them(value, same):
    assert line_of({"j": encoded(value)}) == line_of({"j": encoded(same)})


def test_what_nobody_knows_how_to_write_is_refused():
    with pytest.raises(TypeError, match="object"):
        encoded(object())


def test_digits_that_sqlite_cannot_hold_do_not_count():
    digests = []
    for value in ("12345678901234567.5", "12345678901234600"):
        digest = Digest(Actual)
        row = {"value": value}
        digest.add(row, line_of(row))
        digests.append(digest.hexdigest())

    assert digests[0] == digests[1]
