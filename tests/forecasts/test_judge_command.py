"""manage.py judge as its callers meet it: bytes in, lines out, a status."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]


def make_line(name, actuals, **changes):
    points = [
        {"t": f"2026-03-{day:02d}", "forecast": 8000, "actual": actual}
        for day, actual in enumerate(actuals, start=2)
    ]
    series = {
        "id": name,
        "direction": "higher",
        "tolerance": None,
        "cadence": "daily",
        "points": points,
    }
    return json.dumps(series | changes)


def run(monkeypatch, text, *args):
    """Answers and exit status of one run inside this process."""
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    out, status = io.StringIO(), 0
    try:
        call_command("judge", *args, stdout=out)
    except SystemExit as stopped:
        status = stopped.code
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_one_verdict_a_line_in_order(monkeypatch):
    text = "\n".join(
        [make_line("webvan", [2000, 2100]), "", make_line("fine", [8000, 8100]), ""]
    )

    answers, status = run(monkeypatch, text)

    told = [(a["id"], a["alert_at"], a["state"]) for a in answers]
    assert told == [("webvan", 1, "stop"), ("fine", None, "on_track")]
    assert status == 0


def test_malformed_line_is_told_and_the_run_goes_on(monkeypatch):
    lines = [make_line("bad", [1], cadence="hourly"), "nonsense", make_line("ok", [1])]

    answers, status = run(monkeypatch, "\n".join(lines))

    assert [sorted(answer) for answer in answers[:2]] == [["error", "id"]] * 2
    assert [answer["id"] for answer in answers] == ["bad", None, "ok"]
    assert answers[2]["state"] == "unjudged"
    assert status == 1


def test_nothing_in_nothing_out(monkeypatch):
    assert run(monkeypatch, "") == ([], 0)


def test_rate_moves_the_alert(monkeypatch):
    text = make_line("orders", [5400, 4900, 5100, 5600, 4800, 5300, 5000, 5200] * 3)

    strict = run(monkeypatch, text, "--alpha", "0.0005")[0][0]["alert_at"]
    loose = run(monkeypatch, text, "--alpha", "0.1")[0][0]["alert_at"]

    assert loose < strict


@pytest.mark.parametrize("alpha", ["0", "1", "-0.01", "nan", "many"])
def test_wrong_rate_is_wrong_use(monkeypatch, alpha):
    with pytest.raises(CommandError, match="between 0 and 1") as caught:
        run(monkeypatch, "", "--alpha", alpha)

    assert caught.value.returncode == 2


def test_answers_each_line_before_the_next_is_written():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "judge"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for name in ("first", "second"):
            process.stdin.write(make_line(name, [2000, 2100]) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.write("broken\n")
        process.stdin.close()
        assert json.loads(process.stdout.readline())["id"] is None
        assert process.wait(timeout=60) == 1
