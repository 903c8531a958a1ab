"""The sample venture: true to its sources, stopped by the judge and not by the loader."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.models import ActivityEntry, Delivery, User, Workspace
from decisions.models import Alert
from decisions.tasks import judge_due
from forecasts.models import Actual, Metric, Point, Standing
from interviews.models import Interview
from milestones.models import EvidenceLink, Score
from portfolio.actions import remove_sample
from portfolio.samples import webvan
from tests.factories import NOW, fresh_key
from tests.helpers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def sample():
    return webvan.load(now=NOW)


def told(sample):
    return Metric.objects.in_workspace(sample).get(name="Orders per day")


def test_blanks_pair_stands_as_he_tells_it(sample):
    actual = Actual.objects.get(metric=told(sample))
    point = Point.objects.get(
        revision__forecast__metric=told(sample), period_start="1999-06-02"
    )

    assert (point.expected, point.value_kind) == (8000, "narrative")
    assert (actual.value, actual.value_kind) == (2000, "narrative")
    assert "Blank" in told(sample).provenance


def test_kinds_are_never_mixed_silently(sample):
    kinds = set(
        Actual.objects.in_workspace(sample).values_list("value_kind", flat=True)
    )
    planned = set(
        Point.objects.in_workspace(sample).values_list("value_kind", flat=True)
    )

    assert kinds == {"narrative", "derived", "estimated", "reported"}
    assert planned == {"narrative", "illustrative", "modelled", "reported"}
    unsourced = Actual.objects.in_workspace(sample).filter(source="")
    assert not unsourced.exists()


def test_talks_say_that_they_are_illustrative(sample):
    talks = Interview.objects.in_workspace(sample)

    assert talks.count() == 6
    assert all("not historical" in talk.notes for talk in talks)
    assert talks.qualifying().count() == 5
    assert not talks.get(kind="sales").qualifies


def test_the_loader_raises_nothing_and_the_judge_one_stop(sample):
    assert not Alert.objects.exists()
    assert not Standing.objects.exists()

    for _ in range(3):
        judge_due(NOW)

    alert = Alert.objects.get()
    assert (alert.metric, alert.rule) == (told(sample), "collapse")
    assert "2,000 against 8,000" in alert.reason


def test_the_red_block_shows_and_a_sample_sends_no_mail(client, sample):
    judge_due(NOW)
    client.force_login(User.objects.get(email="owner@webvan.example"))

    page = client.get(reverse("milestones:board", args=["webvan"]))

    assert "Stop and evaluate: Orders per day" in text_of(page)
    assert not Delivery.objects.filter(state="sent").exists()


def test_loading_it_again_gives_the_same():
    first, second = StringIO(), StringIO()
    call_command("load_sample", "webvan", "--json", stdout=first)
    rows = counts()

    call_command("load_sample", "webvan", "--json", stdout=second)

    assert '"loaded": true' in first.getvalue()
    assert '"loaded": false' in second.getvalue()
    assert counts() == rows


def counts():
    found = {
        model._meta.label: model._base_manager.exclude(workspace=None).count()
        for model in apps.get_models()
        if hasattr(model, "workspace_id")
    }
    return found | {"core.Workspace": Workspace.objects.count()}


def test_removing_it_takes_everything_and_it_can_come_back(client, sample):
    judge_due(NOW)
    before = Actual.objects.count()
    client.force_login(User.objects.get(email="owner@webvan.example"))

    response = client.post(
        reverse("portfolio:sample_remove", args=["webvan"]), {"form_key": fresh_key()}
    )

    assert response.status_code == 303
    assert not any(counts().values()), counts()
    assert ActivityEntry.objects.get(verb="sample.removed").data == {"slug": "webvan"}
    webvan.load(now=NOW)
    assert Actual.objects.count() == before


def test_a_real_venture_cannot_be_removed_so(workspace, owner, client):
    with pytest.raises(ValidationError, match="Only sample"):
        remove_sample(workspace, by=owner, now=NOW)
    client.force_login(owner)

    url = reverse("portfolio:sample_remove", args=[workspace.slug])

    assert client.post(url).status_code == 404
    assert Workspace.objects.filter(pk=workspace.pk).exists()


def test_two_samples_stand_beside_each_other(sample):
    other = webvan.load(now=NOW, slug="webvan-again")

    assert EvidenceLink.objects.in_workspace(other).exists()
    assert Score.objects.in_workspace(other).count() == 10


def test_unknown_sample_and_taken_address_are_said_in_words(workspace):
    with pytest.raises(CommandError, match="No sample") as unknown:
        call_command("load_sample", "enron")
    assert unknown.value.returncode == 2
    with pytest.raises(CommandError, match="real venture"):
        call_command("load_sample", "webvan", "--slug", workspace.slug)
