"""The same form sent again finds the first outcome."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection, transaction
from django.test import RequestFactory

from core.models import ActivityEntry, FormKey
from core.once import forget_old_keys, submit_once
from tests.factories import NOW, fresh_key, make_user


def posted(user, key):
    request = RequestFactory().post("/w/acme/forecasts/", {"form_key": key})
    request.user = user
    return request


def leave_a_mark():
    ActivityEntry(verb="venture.created", at=NOW).save()
    return f"/made/{ActivityEntry.objects.count()}/"


@pytest.mark.django_db
def test_second_post_replays_the_first_outcome():
    user, key = make_user(), fresh_key()

    first = submit_once(posted(user, key), leave_a_mark)
    second = submit_once(posted(user, key), leave_a_mark)

    assert (first, second) == ("/made/1/", "/made/1/")
    assert ActivityEntry.objects.count() == 1


@pytest.mark.django_db
def test_keys_belong_to_one_person():
    key = fresh_key()

    submit_once(posted(make_user(), key), leave_a_mark)
    submit_once(posted(make_user(), key), leave_a_mark)

    assert ActivityEntry.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_effect_gives_the_key_back():
    user, key = make_user(), fresh_key()

    def refuse():
        leave_a_mark()
        raise ValidationError("no")

    with pytest.raises(ValidationError):
        submit_once(posted(user, key), refuse)

    assert not FormKey.objects.exists()
    assert submit_once(posted(user, key), leave_a_mark) == "/made/1/"


@pytest.mark.django_db
def test_without_a_key_each_post_counts():
    user = make_user()

    submit_once(posted(user, ""), leave_a_mark)
    submit_once(posted(user, ""), leave_a_mark)

    assert ActivityEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_have_one_effect_and_one_answer():
    user, key = make_user(), fresh_key()

    def send(_):
        try:
            return submit_once(posted(user, key), leave_a_mark)
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(send, range(20)))

    assert answers == {"/made/1/"}
    assert ActivityEntry.objects.count() == 1


@pytest.mark.django_db
def test_keys_of_a_week_ago_are_forgotten():
    for days, key in ((8, "old"), (6, "young")):
        FormKey.objects.create(key=key, created_at=NOW - timedelta(days=days))

    done = forget_old_keys(NOW)

    assert done == {"forgotten": 1}
    assert list(FormKey.objects.values_list("key", flat=True)) == ["young"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="waits for a writer")
@pytest.mark.parametrize("has_key", [False, True])
def test_a_write_begins_again_when_there_was_no_time_for_it(has_key):
    """Somebody else writes for longer than one begin waits, and shorter than two."""
    user, key = make_user(), fresh_key() if has_key else ""
    is_held = Event()

    def hold():
        with transaction.atomic():
            is_held.set()
            time.sleep(0.45)
        connection.close()

    wait(300)
    other = Thread(target=hold)
    other.start()
    is_held.wait()
    try:
        assert submit_once(posted(user, key), leave_a_mark) == "/made/1/"
    finally:
        other.join()
        wait(5000)


def wait(milliseconds):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout={milliseconds}")
