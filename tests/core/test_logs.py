import logging
import sys

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.logs import BriefRefusals, FramesOnly
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def told(error):
    try:
        raise error
    except Exception:
        record = logging.LogRecord("x", 40, "f", 1, "failed", None, sys.exc_info())
    return FramesOnly("%(message)s").format(record)


def test_what_the_exception_says_is_left_out():
    text = told(ValueError("Dana Ruiz"))

    assert "Dana" not in text
    assert "builtins.ValueError" in text
    assert "in told" in text


def test_what_a_database_quotes_is_left_out():
    make_user("dana.ruiz@acme.example")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make_user("dana.ruiz@acme.example")

    text = told(refused.value)

    assert "dana.ruiz" not in text
    assert "IntegrityError" in text


@pytest.mark.parametrize(
    ("status", "has_traceback"), [(403, False), (404, False), (500, True), (None, True)]
)
def test_a_refused_request_is_one_line(status, has_traceback):
    try:
        raise PermissionDenied
    except PermissionDenied:
        told = (logging.WARNING, "f", 1, "Forbidden: /w/x/", None, sys.exc_info())
    record = logging.LogRecord("django.request", *told)
    if status is not None:
        record.status_code = status

    assert BriefRefusals().filter(record)

    assert ("Traceback" in FramesOnly().format(record)) is has_traceback


def test_causes_come_first():
    error = ValueError("later secret")
    error.__cause__ = KeyError("earlier secret")

    text = told(error)

    assert "secret" not in text
    assert text.index("builtins.KeyError") < text.index("builtins.ValueError")
