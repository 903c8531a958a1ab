"""The problems of one segment: how many raise each by themselves, and what answers it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.spreadsheets import write_csv
from discovery.models import Feature, Need, Problem
from milestones.reports.mentions import asked_in, heard_of, mentions_in, saturation_in
from milestones.reports.problem_words import (
    Bar,
    bars_of,
    people_sentence,
    prompted_sentence,
    rate_sentence,
    saturation_sentences,
)
from milestones.statistics.mentions import Heard, Verdict
from milestones.statistics.saturation import Saturation

if TYPE_CHECKING:
    from discovery.models import Segment

CHIP_OF = {
    Verdict.SUPPORTS: "supported",
    Verdict.CONTRADICTS: "contradicted",
    Verdict.CANNOT_SAY: "unjudged",
}
HEADER = (
    *("problem", "segment", "status", "trigger", "frequency", "consequence"),
    *("workaround", "voices_asked", "raised_unprompted", "only_prompted", "against"),
    *("interval_low", "interval_high", "verdict", "people_asked", "people_raised"),
    *("needs", "features"),
)


@dataclass(frozen=True)
class Row:
    """One problem. `chip` and the sentences say the same as `heard`."""

    problem: Problem
    heard: Heard
    chip: str
    rate: str
    people: str
    prompted: str
    needs: tuple[Need, ...]
    features: tuple[Feature, ...]


@dataclass(frozen=True)
class Answers:
    """What hangs on the problems of a segment, by problem."""

    needs: dict
    features: dict


@dataclass(frozen=True)
class Page:
    segment: Segment | None
    rows: tuple[Row, ...]
    dropped: tuple[Row, ...]
    orphans: tuple[Feature, ...]
    unanswered: tuple[Problem, ...]
    saturation: Saturation
    sentences: tuple[str, ...]
    bars: tuple[Bar, ...]


def problem_page(segment: Segment) -> Page:
    """Most often raised first; dropped problems apart. The same queries for any number."""
    asked = asked_in(segment)
    said = mentions_in(segment, asked)
    answers = answers_in(segment)
    problems = Problem.objects.filter(segment=segment).current()
    problems = problems.select_related("segment")
    rows = [row_of(p, heard_of(said[p.pk], asked), asked, answers) for p in problems]
    rows.sort(key=lambda row: -row.heard.voices.raised)
    alive = tuple(row for row in rows if not is_dropped(row.problem))
    found = saturation_in(segment, asked)
    return Page(
        segment=segment,
        rows=alive,
        dropped=tuple(row for row in rows if is_dropped(row.problem)),
        orphans=orphans_of(segment),
        unanswered=tuple(row.problem for row in alive if not row.features),
        saturation=found,
        sentences=saturation_sentences(found),
        bars=bars_of(found),
    )


def is_dropped(problem):
    return problem.status == Problem.Status.DROPPED


def row_of(problem, heard: Heard, asked, answers: Answers) -> Row:
    return Row(
        problem=problem,
        heard=heard,
        chip=CHIP_OF[heard.voices.verdict],
        rate=rate_sentence(heard.voices, by_organisation=asked.by_organisation),
        people=people_behind(heard, asked),
        prompted=prompted_sentence(heard.voices),
        needs=tuple(answers.needs[problem.pk]),
        features=tuple(answers.features[problem.pk]),
    )


def people_behind(heard, asked) -> str:
    """Who stands behind the organisations; where people are counted they stand there."""
    if not asked.by_organisation:
        return ""
    return people_sentence(heard, organisations=len(asked.organisations))


def answers_in(segment: Segment) -> Answers:
    """Needs and features that are put away, or dropped, answer nothing."""
    needs = Need.objects.in_workspace(segment.workspace).current()
    features = features_in(segment)
    return Answers(
        needs=by_problem(Need.problems.through, needs, "need", segment),
        features=by_problem(Feature.problems.through, features, "feature", segment),
    )


def orphans_of(segment: Segment) -> tuple[Feature, ...]:
    """Features of the venture that no problem of any segment asks for."""
    problems = Problem.objects.in_workspace(segment.workspace).current()
    alive = problems.exclude(status=Problem.Status.DROPPED)
    return tuple(features_in(segment).exclude(problems__in=alive))


def features_in(segment):
    features = Feature.objects.in_workspace(segment.workspace).current()
    return features.exclude(stage=Feature.Stage.DROPPED)


def by_problem(through, rows, name, segment):
    links = through.objects.filter(
        problem__segment=segment, **{f"{name}__in": rows}
    ).select_related(name)
    found = defaultdict(list)
    for link in links.order_by("pk"):
        found[link.problem_id].append(getattr(link, name))
    return found


# --- as a file -------------------------------------------------------------------
def problems_csv(segments: Iterable[Segment]) -> str:
    pages = [problem_page(segment) for segment in segments]
    rows = [row for page in pages for row in (*page.rows, *page.dropped)]
    return write_csv(HEADER, (csv_row(row) for row in rows))


def csv_row(row):
    problem, voices, people = row.problem, row.heard.voices, row.heard.people
    return (
        problem.statement,
        problem.segment.name,
        problem.status,
        problem.trigger,
        problem.frequency,
        problem.consequence,
        problem.workaround,
        voices.asked,
        voices.raised,
        voices.prompted,
        voices.against,
        round(voices.interval.low, 3),
        round(voices.interval.high, 3),
        str(voices.verdict),
        people.asked,
        people.raised,
        "; ".join(need.outcome for need in row.needs),
        "; ".join(feature.name for feature in row.features),
    )
