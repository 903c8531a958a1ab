"""The sales curve of 50 reps, 40 quarters and 5,000 deals, beside its bare rows.

    python -m benchmarks.selling [--json FILE]

The floor reads the same figures, costs and deals on the same server and writes a line
for each rep and quarter. Also a small curve, to see what grows.
"""

import argparse
import json
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.board import beside
from benchmarks.server import Server, running

SIZES = {"small": (3, 8, 60), "large": (50, 40, 5_000)}
THOUSAND = 100_000
FILL = "from benchmarks.selling import fill; fill({slug!r}, {name!r}, *{size!r})"


def fill(slug: str, name: str, reps: int, quarters: int, deals: int) -> None:
    """Inside Django: a curve with a row for each rep and quarter, three cost lines of
    each, two shared ones, and won deals spread over all of them. Prints its id."""
    from core import clock  # noqa: PLC0415  Django is set up by now
    from core.models import Workspace  # noqa: PLC0415
    from forecasts.models import SalesCurve  # noqa: PLC0415

    workspace, now = Workspace.objects.get(slug=slug), clock.now()
    starts = starts_before(workspace.today(now), quarters)
    curve = SalesCurve.objects.create(
        workspace=workspace,
        product=name,
        channel="direct",
        currency=workspace.currency,
        ready_on=starts[0],
        created_at=now,
    )
    sellers = add_reps(workspace, name, reps, starts[0], now)
    add_figures(curve, sellers, starts, now)
    add_costs(curve, sellers, starts, now)
    add_deals(curve, sellers, starts, deals, now)
    print(curve.pk)


def starts_before(today: date, count: int) -> list[date]:
    """First days of the last quarters that are over, the earliest first."""
    index = today.year * 4 + (today.month - 1) // 3
    return [date(one // 4, 1 + 3 * (one % 4), 1) for one in range(index - count, index)]


def add_reps(workspace: Any, name: str, count: int, first: date, now: Any) -> list[Any]:
    from forecasts.models import Rep  # noqa: PLC0415

    return Rep.objects.bulk_create(
        Rep(
            workspace=workspace,
            name=f"{name} seller {number}",
            pseudonym=f"{name} {number}",
            kind="renaissance",
            started_on=first - timedelta(days=200),
            created_at=now,
        )
        for number in range(count)
    )


def add_figures(curve: Any, reps: list[Any], starts: list[date], now: Any) -> None:
    from forecasts.models import RepQuarter  # noqa: PLC0415

    chance = Random(1)  # noqa: S311  no secret
    rows = []
    for place, start in enumerate(starts):
        for rep in reps:
            revenue = int((40 + 5 * place) * chance.uniform(0.5, 1.5) * THOUSAND)
            rows.append(
                RepQuarter(
                    workspace=curve.workspace,
                    curve=curve,
                    rep=rep,
                    quarter_start=start,
                    kind=rep.kind,
                    fte=1,
                    bookings_minor=revenue,
                    revenue_minor=revenue,
                    margin_minor=revenue * 4 // 5,
                    recorded_at=now,
                )
            )
    RepQuarter.objects.bulk_create(rows)


def add_costs(curve: Any, reps: list[Any], starts: list[date], now: Any) -> None:
    from forecasts.models import CostLine  # noqa: PLC0415

    parts = [(rep, kind) for rep in reps for kind in ("base", "variable", "travel")]
    parts += [(None, "sales_engineering"), (None, "marketing")]
    CostLine.objects.bulk_create(
        CostLine(
            workspace=curve.workspace,
            curve=curve,
            quarter_start=start,
            rep=rep,
            kind=kind,
            amount_minor=30 * THOUSAND,
            recorded_at=now,
        )
        for start in starts
        for rep, kind in parts
    )


def add_deals(
    curve: Any, reps: list[Any], starts: list[date], count: int, now: Any
) -> None:
    from forecasts.models import Deal  # noqa: PLC0415

    Deal.objects.bulk_create(
        Deal(
            workspace=curve.workspace,
            curve=curve,
            rep=reps[number % len(reps)],
            title=f"Deal {number}",
            currency=curve.currency,
            paid_minor=20 * THOUSAND + number,
            opened_on=starts[number % len(starts)],
            closed_on=starts[number % len(starts)] + timedelta(days=number % 80),
            outcome="won",
            created_at=now,
        )
        for number in range(count)
    )


def measure(server: Server, venture: dict[str, Any]) -> dict[str, Any]:
    session = server.sign_in(venture["users"][0]["email"])
    slug, found = venture["slug"], {}
    for name, size in SIZES.items():
        words = FILL.format(slug=slug, name=name, size=size)
        key = server.manage("shell", "--no-imports", "-c", words).strip()
        page = f"{server.origin}/w/{slug}/sales/?curve={key}"
        found[name] = beside(
            session, page, f"{server.origin}/floor/{slug}/curve/{key}/"
        )
    return found


def show(found: dict[str, Any]) -> None:
    for name, one in found.items():
        reps, quarters, deals = SIZES[name]
        print(
            f"{reps:3} reps, {quarters:2} quarters, {deals:5} deals: "
            f"{one['ms']:6.1f} ms  floor {one['floor_ms']:6.1f} ms  "
            f"{one['ratio']:4.1f} ×  {one['queries']:.0f} queries"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "data", 1) as (server, seeded),
    ):
        results = measure(server, seeded["ventures"][0])
    show(results)
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
