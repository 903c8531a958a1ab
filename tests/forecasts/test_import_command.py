import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from forecasts.models import Actual
from tests.factories import make_actual, make_metric, weeks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WEEK_43 = weeks(date(2026, 10, 19), 1)[0]
GOOD = "metric;period;value\nOrders;2026-W43;2.000,5\nOrders;2026-W44;\n"


@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders", unit="orders")


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "numbers.csv"
        path.write_bytes(content.encode())
        return path

    return write


def run(capsys, *arguments):
    """(exit status, what was printed)."""
    status = 0
    try:
        call_command("import_actuals", *map(str, arguments))
    except SystemExit as end:
        status = end.code
    except CommandError as error:
        return error.returncode, str(error)
    return status, capsys.readouterr().out


def test_numbers_are_added_once(capsys, workspace, metric, file):
    path = file(GOOD)

    first = run(capsys, "acme", path)
    again = run(capsys, "acme", path, "--json")

    assert first == (0, "1 numbers added.\n0 are on record already.\n")
    assert (again[0], json.loads(again[1])) == (
        0,
        {
            "ok": True,
            "dry_run": False,
            "added": 0,
            "would_add": 0,
            "unchanged": 1,
            "empty": 1,
            "rejected": [],
            "encoding": "UTF-8",
            "delimiter": "semicolon",
        },
    )
    assert Actual.objects.get().by is None


def test_a_dry_run_writes_nothing(capsys, workspace, metric, file):
    status, printed = run(capsys, "acme", file(GOOD), "--dry-run")

    assert (status, printed.splitlines()[0]) == (0, "1 numbers would be added.")
    assert not Actual.objects.exists()


def test_rejected_rows_end_with_status_1(capsys, workspace, metric, file):
    make_actual(metric, *WEEK_43, 7)
    path = file(GOOD)

    words = run(capsys, "acme", path)
    as_json = run(capsys, "acme", path, "--json")

    assert words[0] == 1
    assert words[1].splitlines()[:2] == [
        "Line 2, value: There is a number for W43 already, 7 orders: correct it there.",
        "Nothing was added: every row must be right.",
    ]
    answer = json.loads(as_json[1])
    assert (as_json[0], answer["ok"], answer["rejected"][0]["line"]) == (1, False, 2)


@pytest.mark.parametrize(("mark", "value"), [(".", 1.234), (",", 1234)])
def test_the_decimal_mark_can_be_said(capsys, workspace, metric, file, mark, value):
    path = file("metric;period;value\nOrders;2026-W43;1.234\n")

    assert run(capsys, "acme", path)[0] == 1
    assert run(capsys, "acme", path, "--decimal", mark)[0] == 0
    assert float(Actual.objects.get().value) == value


def test_wrong_use_ends_with_status_2(capsys, workspace, file, tmp_path):
    assert run(capsys, "nobody", file(GOOD)) == (2, "There is no venture 'nobody'.")
    status, words = run(capsys, "acme", tmp_path / "missing.csv")
    assert (status, words.endswith("cannot be read: No such file or directory.")) == (
        *(2, True),
    )


def test_a_file_that_is_no_table_ends_with_status_1(capsys, workspace, file):
    path = file("")

    assert run(capsys, "acme", path) == (
        1,
        "There is nothing in it: no row has any text.",
    )
    status, printed = run(capsys, "acme", path, "--json")
    assert (status, json.loads(printed)["ok"]) == (1, False)
    big = file("a" * (10 * 1024 * 1024 + 1))
    assert run(capsys, "acme", big)[1].startswith("The file is larger than 10 MB")
