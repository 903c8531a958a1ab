"""Who does the talking as a CSV file: one line for each row of the page's three tables."""

from core.spreadsheets import write_csv
from interviews.reports.talking import Talking

HEADER = (
    *("table", "who", "role", "leads", "talks"),
    *("with_one_customer", "with_several_customers"),
)

LEADS = {True: "yes", False: "no"}


def talking_csv(talking: Talking) -> str:
    total = talking.total
    rows: list = [
        ("all", "", "", None, total.talks, total.alone, total.group),
        ("all", "", "", "yes", total.led, total.alone_led, total.group_led),
    ]
    rows += [
        ("role", "", one.role, None, one.talks, one.alone, one.group)
        for one in talking.roles
    ]
    rows += [
        (
            "person",
            one.name,
            one.role,
            LEADS[one.leads],
            one.talks,
            one.alone,
            one.group,
        )
        for one in talking.people
    ]
    return write_csv(HEADER, rows)
