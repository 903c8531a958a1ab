"""No path closes an alert without a decision, edits a decision, signs a held commitment,
or lowers a forecast while an alert is open.

Here each path is tried with all four at once; what each action refuses by itself is in
the tests of its own. Columns: the four; rows: the paths.

| path | alert | decision | commitment | forecast |
|---|---|---|---|---|
| API | here, test_api_decisions | here | here, test_api_commitments | here |
| Django admin | here: there is none | here | here | here |
| import, CSV, paste | here | here | here | here, test_evasion (a revision by paste) |
| at once | test_at_once, test_decided_at_once | test_decided_at_once | test_decided_at_once | test_decided_at_once |
| edited form | here, test_views_evaluations | here | here, test_views_gates | here, test_evasion |
| back, sent again | here, test_views_evaluations | here | test_views_gates (two tabs), here | here |
| sample loaded again | here | here | here | here |
| out of the trash | here | here | here | here |
| by the clock, by recovery | test_actions_deciding (nothing else closes it) | – | test_actions_gates (seven days), test_gate_settings | – |
| the database alone | test_actions_deciding | test_actions_deciding | test_gate_settings | test_append_only |
"""

import inspect
import json
import re
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from config.api import api
from core.actions.tokens import issue_token
from core.models import Membership, Role
from core.routes import routes
from decisions.actions import judge_metric
from decisions.models import Alert, Commitment, Decision
from tests.attacks.guarded import forged, guard
from tests.attacks.hostile import forms_in
from tests.attacks.test_foreign import filled
from tests.decisions.cases import GOOD, REASONS, spans_of
from tests.factories import (
    NOW,
    fresh_key,
    make_person,
    make_problem,
    make_segment,
    make_workspace,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def guarded(workspace, owner):
    return guard(workspace, owner)


@pytest.fixture
def signed_in(client, guarded):
    client.force_login(guarded.owner)
    return client


# --- the API ---------------------------------------------------------------------
def writes():
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    for path, methods in schema["paths"].items():
        for method in set(methods) - {"get"}:
            yield method, path


def ids_for(guarded):
    return {
        "alerts": guarded.open.pk,
        "decisions": guarded.decided.pk,
        "commitments": guarded.held.pk,
        "metrics": guarded.metric.pk,
    }


@pytest.fixture
def token(guarded):
    """Of the owner: nobody may more."""
    member = Membership.objects.get(workspace=guarded.workspace, user=guarded.owner)
    _token, secret = issue_token(member, by=guarded.owner, now=NOW, name="Test")
    return {"Authorization": f"Bearer {secret}"}


def call(client, method, path, body, token):
    return client.generic(
        method.upper(),
        path,
        json.dumps(body),
        content_type="application/json",
        headers=token,
    )


def test_no_operation_of_the_api_does_any_of_it(client, guarded, token):
    """Every write there is, on the ids of the four, with one key too many each time."""
    before, ids = guarded.state(), ids_for(guarded)
    tried = 0
    for method, path in writes():
        first = re.match(r"/api/v1/([\w-]+)", path)[1]
        if first not in ids or path.endswith("/review"):
            continue
        url = path.replace("{pk}", str(ids[first]))
        bodies = [{"rev": 1}, forged(guarded), {"rev": 1} | forged(guarded)]
        bodies += [{"rev": 1, name: value} for name, value in forged(guarded).items()]
        for body in bodies:
            answer = call(client, method, url, body, token)
            taken = path.endswith("/check") or (method, len(body)) == ("put", 1)
            assert taken or answer.status_code in (404, 409, 422), (method, path, body)
            tried += 1

    assert tried >= 40
    assert guarded.state() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
@pytest.mark.parametrize("kind", ["alerts", "decisions", "metrics"])
def test_the_api_has_no_such_operation(client, guarded, token, method, kind):
    before = guarded.state()
    pk = ids_for(guarded)[kind]
    for tail in ("", "/close", "/decide", "/decision", "/forecast", "/revisions"):
        path = f"/api/v1/{kind}/{pk}{tail}"
        answer = call(client, method, path, {"kind": "stop"}, token)
        assert answer.status_code in (404, 405)

    assert guarded.state() == before


def test_good_numbers_over_the_api_close_nothing(client, guarded, token):
    before = guarded.state()
    for start, end in spans_of(guarded.metric)[3:6]:
        week = start.isocalendar()
        body = {"period": f"{week[0]}-W{week[1]:02}", "value": GOOD}
        path = f"/api/v1/metrics/{guarded.metric.pk}/actuals"
        assert call(client, "post", path, body, token).status_code == 201, end
    judge_metric(guarded.metric.pk, now=NOW)

    assert guarded.state() == before


# --- Django admin ----------------------------------------------------------------
def test_there_is_no_admin(signed_in, guarded):
    assert not apps.is_installed("django.contrib.admin")
    assert not [route for route in routes() if "admin" in route.path]
    guarded.owner.is_superuser = guarded.owner.is_staff = True
    for path in ("/admin/", "/admin/decisions/alert/"):
        assert signed_in.get(path).status_code == 404


# --- import, CSV, paste ----------------------------------------------------------
def test_no_import_writes_rows_of_decisions_or_plans():
    assert set(settings.IMPORTERS) == {
        *("people", "organisations", "interviews", "answers"),
        *("deals", "rep_quarters", "cost_lines"),
    }
    for name in settings.IMPORTERS.values():
        source = inspect.getsource(import_module(name.rpartition(".")[0]))
        assert "decisions" not in source
        assert "Forecast" not in source


@pytest.mark.parametrize(
    "header", ["period,value", "period,value,forecast,low,closed_at"]
)
def test_a_file_of_good_numbers_closes_nothing_and_promises_nothing(
    signed_in, guarded, header
):
    before = guarded.state()
    more = ",1" * (header.count(",") - 1)
    lines = [header]
    for start, _end in spans_of(guarded.metric)[3:6]:
        week = start.isocalendar()
        lines.append(f"{week[0]}-W{week[1]:02},{GOOD}{more}")
    slug = guarded.workspace.slug
    for route in ("actuals_import", "actuals_import_run"):
        signed_in.post(
            reverse(f"forecasts:{route}", args=[slug]),
            {
                "form_key": fresh_key(),
                "pasted": "\n".join(lines),
                "text": "\n".join(lines),
                "metric": str(guarded.metric.pk),
                **forged(guarded),
            },
        )
    judge_metric(guarded.metric.pk, now=NOW)

    assert guarded.state() == before


# --- edited forms ----------------------------------------------------------------
def pages_of(guarded):
    slug = guarded.workspace.slug
    alert, held, metric = guarded.open.pk, guarded.held.pk, guarded.metric.pk
    yield reverse("decisions:alert_detail", args=[slug, alert])
    yield reverse("decisions:alert_take_up", args=[slug, alert])
    yield reverse("decisions:alert_snooze", args=[slug, alert])
    for step in range(1, 5):
        yield reverse("decisions:evaluation_step", args=[slug, alert, step])
    for page in ("detail", "check", "sign", "cosign", "gate"):
        yield reverse(f"decisions:commitment_{page}", args=[slug, held])
    for page in ("metric_detail", "metric_edit", "metric_close", "forecast_revise"):
        yield reverse(f"forecasts:{page}", args=[slug, metric])


def test_forms_with_more_fields_than_they_have(signed_in, guarded):
    """Every form of every page about the four, each sent with all that is forged."""
    before, sent = guarded.state(), 0
    for page in pages_of(guarded):
        for form in forms_in(signed_in.get(page).content, page):
            if form.method == "post" and form.path.startswith("/w/"):
                signed_in.post(form.path, filled(form) | forged(guarded))
                sent += 1

    assert sent >= 6
    assert guarded.state() == before


@pytest.mark.parametrize("rev", ["", "0", "99", "-1", "1e9", "one", None])
def test_forged_revisions_sign_and_decide_nothing(signed_in, guarded, rev):
    before, slug = guarded.state(), guarded.workspace.slug
    for name, pk in (
        ("commitment_sign", guarded.held.pk),
        ("decision_add", guarded.open.pk),
    ):
        data = {"form_key": fresh_key()} | forged(guarded)
        data |= {} if rev is None else {"rev": rev}
        answer = signed_in.post(reverse(f"decisions:{name}", args=[slug, pk]), data)
        assert answer.status_code in (409, 422)

    assert guarded.state() == before


def test_the_rows_of_another_venture_do_nothing_here(signed_in, guarded):
    foreign = guard(make_workspace("Other", slug="other"))
    before, theirs = guarded.state(), foreign.state()
    slug = guarded.workspace.slug
    for name, pk in (
        ("decision_add", foreign.open.pk),
        ("decision_review", foreign.decided.pk),
        ("commitment_sign", foreign.held.pk),
        ("commitment_check", foreign.held.pk),
        ("commitment_override", foreign.held.pk),
    ):
        data = {"form_key": fresh_key(), "rev": 1} | forged(foreign)
        answer = signed_in.post(reverse(f"decisions:{name}", args=[slug, pk]), data)
        assert answer.status_code == 404
    edit = reverse("decisions:commitment_edit", args=[slug, guarded.held.pk])
    (form,) = [
        one
        for one in forms_in(signed_in.get(edit).content, edit)
        if one.path.endswith("/edit/")
    ]
    data = filled(form) | {"metric": str(foreign.metric.pk)}
    assert signed_in.post(edit, data).status_code == 422

    assert (guarded.state(), foreign.state()) == (before, theirs)


# --- back, and sent again --------------------------------------------------------
def test_a_decision_sent_again_with_other_words_stays_what_it_was(signed_in, guarded):
    """The form of before, from the history of the browser, with a key of its own."""
    slug, alert = guarded.workspace.slug, guarded.open
    url = reverse("decisions:decision_add", args=[slug, alert.pk])
    data = {"rev": alert.evaluation.rev, "form_key": fresh_key()}
    assert signed_in.post(url, data).status_code == 303
    decided = guarded.state()

    for again in (data, data | {"form_key": fresh_key()}):
        words = {"kind": "persevere", "reasons": REASONS[::-1], "prediction": "More."}
        assert signed_in.post(url, again | words).status_code in (303, 409)
    step = reverse("decisions:evaluation_step", args=[slug, alert.pk, 5])
    late = {"rev": alert.evaluation.rev, "form_key": fresh_key(), "kind": "persevere"}
    assert signed_in.post(step, late).status_code in (303, 409, 422)

    assert guarded.state() == decided
    assert Decision.objects.filter(alert=alert).count() == 1


def test_a_form_of_a_lower_forecast_from_before_the_alert(client, workspace, owner):
    """Opened while nothing was wrong, sent while the stop is open."""
    guarded = guard(workspace, owner)
    client.force_login(owner)
    before = guarded.state()
    url = reverse("forecasts:forecast_revise", args=[workspace.slug, guarded.metric.pk])
    data = {
        "p0-period": guarded.next_period.isoformat(),
        "p0-expected": "100",
        "reason": "It was written last week, when all was well.",
        "follows": "0",
    }
    for _again in range(3):
        assert client.post(url, data | {"form_key": fresh_key()}).status_code == 422

    assert guarded.state() == before


def test_the_signature_of_what_was_approved_and_is_held_now(signed_in, guarded):
    """Back to the page of the approval, and sent as often as one likes."""
    row, slug = guarded.held, guarded.workspace.slug
    Commitment.objects.filter(pk=row.pk).update(status="approved")
    url = reverse("decisions:commitment_sign", args=[slug, row.pk])

    for _again in range(3):
        data = {"rev": row.rev, "form_key": fresh_key()}
        assert signed_in.post(url, data).status_code == 409

    row.refresh_from_db()
    assert (row.status, row.signed_at) == ("held", None)


# --- samples, the trash ----------------------------------------------------------
def test_a_sample_is_not_loaded_over_a_venture_nor_taken_away_with_it(
    signed_in, guarded
):
    before, slug = guarded.state(), guarded.workspace.slug
    with pytest.raises(CommandError, match="real venture"):
        call_command("load_sample", "webvan", slug=slug, verbosity=0)
    remove = reverse("portfolio:sample_remove", args=[slug])

    answer = signed_in.post(remove, {"form_key": fresh_key()} | forged(guarded))

    assert answer.status_code == 404
    assert guarded.state() == before


def test_a_sample_that_is_there_is_not_loaded_again(guarded):
    guarded.workspace.is_sample = True
    guarded.workspace.save()
    before = guarded.state()

    call_command("load_sample", "webvan", slug=guarded.workspace.slug, verbosity=0)

    assert guarded.state() == before


def test_none_of_the_four_can_be_thrown_away_or_fetched_back(signed_in, guarded):
    before = guarded.state()
    kept = {"decisions", "forecasts", "milestones"}
    assert not [
        k for k in settings.TRASHABLE.values() if k["label"].split(".")[0] in kept
    ]
    for kind in ("alert", "decision", "commitment", "metric", "forecast", "person"):
        for page in ("row_trash", "row_restore", "row_archive", "row_unarchive"):
            for pk in ids_for(guarded).values():
                url = reverse(f"core:{page}", args=[guarded.workspace.slug, kind, pk])
                answer = signed_in.post(url, {"form_key": fresh_key()})
                assert answer.status_code == 404

    assert guarded.state() == before


def test_what_comes_out_of_the_trash_opens_no_gate(signed_in, guarded):
    """A person and a problem, put away and fetched back, change what is known at most."""
    before, slug = guarded.state(), guarded.workspace.slug
    rows = {
        "person": make_person(guarded.workspace, "Dana Ruiz"),
        "problem": make_problem(make_segment(guarded.workspace, "Clinics"), "The rota"),
    }
    for kind, row in rows.items():
        for page in ("row_trash", "row_restore"):
            url = reverse(f"core:{page}", args=[slug, kind, row.pk])
            data = {"form_key": fresh_key()} | forged(guarded)
            assert signed_in.post(url, data).status_code == 303

    assert guarded.state() == before
    assert Alert.objects.open().count() == 1


def test_only_owners_are_tried_here(guarded):
    """Nobody may more than who tried all this."""
    member = Membership.objects.get(workspace=guarded.workspace, user=guarded.owner)
    assert member.role == Role.OWNER
