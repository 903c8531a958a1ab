"""Tags, guides and surveys as CSV files."""

from collections.abc import Iterable

from core.spreadsheets import write_csv
from interviews.exporter import local
from interviews.models import Guide, Survey
from interviews.reports.tags import Branch

TAGS = ("tag", "part_of", "what_it_means", "quotes", "talks", "people")
GUIDES = ("guide", "kind", "segment", "aim", "position", "question", "tests")
SURVEYS = ("name", "kind", "segment", "answers", "created_at", "closed_at")


def tags_csv(branches: Iterable[Branch]) -> str:
    rows = list(branches)
    names = {branch.tag.pk: branch.tag.name for branch in rows}
    return write_csv(TAGS, (tag_row(branch, names) for branch in rows))


def tag_row(branch, names):
    tag = branch.tag
    return (
        *(tag.name, names.get(tag.parent_id, ""), tag.definition),
        *(branch.quotes, branch.talks, branch.people),
    )


def guides_csv(guides: Iterable[Guide]) -> str:
    """A row for each question."""
    return write_csv(GUIDES, (row for guide in guides for row in guide_rows(guide)))


def guide_rows(guide):
    segment = guide.segment.name if guide.segment else ""
    for question in guide.questions.all():
        tests = " ".join(str(number) for number in question.tests)
        yield (
            *(str(guide), guide.kind, segment, guide.aim),
            *(question.position, question.text, tests),
        )


def surveys_csv(surveys: Iterable[Survey]) -> str:
    return write_csv(SURVEYS, (survey_row(survey) for survey in surveys))


def survey_row(survey):
    return (
        *(survey.name, survey.kind, survey.segment.name, survey.answer_count),
        *(local(survey.created_at), local(survey.closed_at)),
    )
