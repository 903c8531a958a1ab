"""The main job, with real processes, from nothing: sample, red block, actual, decision."""

import os
import re
import signal
import time

import pytest

from tests.faults.installation import running
from tests.faults.visitor import Visitor
from tests.processes import eventually

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(
        bool(os.environ.get("TEST_DATABASE_URL")),
        reason="the embedded default is SQLite",
    ),
]

REASONS = (
    "The centre was built for 8,000 orders a day and a quarter of them came in. Those "
    "who ordered twice say the slots were gone when they wanted them. We go on with one "
    "centre only, and see whether a doubled number of evening slots doubles the orders."
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loop") / "data"
    with running(folder, options=(), prepared=False) as installation:
        yield installation


@pytest.fixture(scope="module")
def founder(installation):
    link = re.search(r"as owner.*?(http\S+)", installation.said()).group(1)
    visitor = Visitor(f"http://127.0.0.1:{installation.port}")
    visitor.open(link, values_of_form(visitor.open(link)))
    return visitor


def values_of_form(page):
    return page.form("csrfmiddlewaretoken")[1]


def board(founder):
    return founder.open("/w/webvan/questions/")


def episodes(installation):
    return installation.one("SELECT count(*) FROM decisions_alert")[0]


def test_the_red_block_is_there_raised_by_the_worker(installation, founder):
    block = "Stop and evaluate: Orders per day"

    assert eventually(lambda: block in board(founder).text, within=15)
    raised, loaded = installation.one(
        "SELECT raised_at, (SELECT created_at FROM core_workspace) FROM decisions_alert"
    )
    assert raised > loaded
    assert installation.one("SELECT count(*) FROM decisions_alert")[0] == 1


def test_a_further_actual_is_judged_within_three_seconds(installation, founder):
    page = founder.open(founder.open("/w/webvan/forecasts/").link("Orders per day"))
    sent = time.monotonic()

    answer = founder.send(page, "value", value="2,100")

    assert answer.status == 200
    assert eventually(lambda: judged_through(installation), within=6)
    assert time.monotonic() - sent < 3.0
    assert episodes(installation) == 1


def judged_through(installation):
    """True once the verdict knows both numbers of the metric told by Blank."""
    return installation.one(
        "SELECT 1 FROM forecasts_standing s JOIN forecasts_metric m "
        "ON m.id = s.metric_id WHERE m.name = 'Orders per day' "
        "AND s.judged_rev = m.evidence_rev AND m.evidence_rev >= 3"
    )


@pytest.mark.parametrize("victim", ["worker", "beat", "broker", "web"])
def test_kills_lose_no_acknowledged_number_and_raise_no_second_alert(
    installation, founder, victim
):
    before = installation.one("SELECT count(*) FROM forecasts_actual")[0]
    page = founder.open(founder.open("/w/webvan/forecasts/").link("Orders per day"))
    form = founder.open(page.link("Correct"))
    value = str(2000 + before)

    answer = founder.send(form, "reason", value=value, reason=f"Recount {victim}")
    killed = installation.leader(victim)
    os.kill(killed, signal.SIGKILL)

    assert answer.status == 200
    assert installation.one("SELECT count(*) FROM forecasts_actual")[0] == before + 1
    # Until then a child that outlived its leader may answer, and be cut off later.
    assert eventually(
        lambda: installation.leader(victim) not in (killed, None), within=30
    )
    assert eventually(installation.answers, within=20)
    assert eventually(lambda: judged_through(installation), within=90)
    assert episodes(installation) == 1


def test_only_the_recorded_decision_clears_the_block(installation, founder):
    page = founder.open(board(founder).link("Start the evaluation"))
    page = evaluate(founder, page.url.rstrip("/"))

    assert "Stop and evaluate" not in board(founder).text
    closed = installation.one("SELECT closed_at FROM decisions_alert")[0]
    kind = installation.one("SELECT kind FROM decisions_decision")[0]
    assert closed
    assert kind == "persevere"


def evaluate(founder, alert):
    """All five steps, and the record."""
    alert = re.sub(r"/evaluate/.*", "", alert)
    step = founder.open(f"{alert}/evaluate/1/")
    founder.send(step, "belief", belief="We believed that one centre fills at once.")
    step = founder.open(f"{alert}/evaluate/2/")
    founder.send(
        step,
        "happened",
        happened="A quarter of the orders came in, week after week.",
        is_actual_right="True",
    )
    step = founder.open(f"{alert}/evaluate/3/")
    founder.send(
        step,
        "customers_say",
        customers_say="Two of six said the slots were gone when they wanted them.",
        no_talk_reason="The talks of this month are noted; the next one is on Friday.",
        for_capacity="The evening slots were gone by noon.",
        against_capacity="On Sundays half of the slots stayed free.",
        questions=step.soup.find(attrs={"name": "questions"})["value"],
    )
    step = founder.open(f"{alert}/evaluate/4/")
    founder.send(
        step,
        "depends",
        depends="The contract for 26 centres rests on it.",
        runway="Four months, at what a month cost so far.",
        keeps_scores="on",
    )
    return decide(founder, founder.open(f"{alert}/evaluate/5/"))


def decide(founder, step):
    summary = founder.send(
        step,
        "reasons",
        kind="persevere",
        reasons=REASONS,
        prediction="4,000 orders a day in the mean of the quarter",
        predict_by="2030-03-31",
        review_on="2030-01-31",
        what_1="Tell the suppliers.",
        owner_1=step.soup.select("[name=owner_1] option")[-1]["value"],
        due_1="2030-01-15",
        rule_metric=step.soup.select("[name=rule_metric] option")[-1]["value"],
        rule_comparison="at_least",
        rule_mark="4,000",
        rule_by="2030-01-31",
    )
    return founder.send(summary, "form_key")
