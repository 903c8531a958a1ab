import pytest
from django import forms

from core.zones import ZoneField, places


class ZoneForm(forms.Form):
    timezone = ZoneField()


def offered(form):
    return [value for value, _words in form["timezone"].field.choices]


def test_each_place_is_offered_once_under_its_name_of_today():
    names = {"Europe/Amsterdam", "Asia/Kolkata", "America/New_York", "UTC"}
    older = {"Asia/Calcutta", "US/Eastern", "Europe/Kiev", "Etc/GMT+5", "GB"}

    assert names <= set(places())
    assert older & set(places()) == set()
    assert list(places()) == sorted(set(places()))


def test_an_older_name_that_is_stored_stays():
    shown = ZoneForm(initial={"timezone": "Asia/Calcutta"})
    sent = ZoneForm({"timezone": "Asia/Calcutta"})

    assert "Asia/Calcutta" in offered(shown)
    assert offered(shown) == sorted(offered(shown))
    assert sent.is_valid()
    assert "Asia/Calcutta" not in offered(ZoneForm(initial={"timezone": "UTC"}))


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "GB", None])
def test_what_is_no_zone_is_refused(zone):
    form = ZoneForm({"timezone": zone})

    assert not form.is_valid()
    assert "Mars/Base" not in offered(form)
