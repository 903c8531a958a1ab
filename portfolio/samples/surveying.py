"""Writes surveys with answers of customers nobody can name."""

from interviews.actions import add_survey, record_response
from interviews.models import SurveyResponse


def add_surveys(sample, market, sheets, consent):
    for sheet in sheets:
        sample.then(sheet.opened_ago, open_sheet, sample, market, sheet, consent)
        for number, row in enumerate(sheet.rows):
            ago = sheet.opened_ago - 1 - number
            sample.then(ago, record, sample, market, sheet, ago, row)


def open_sheet(sample, market, sheet, consent):
    needs = {"needs": [market.need[key] for key in sheet.needs]} if sheet.needs else {}
    market.survey[sheet.kind] = add_survey(
        sample.workspace,
        by=sample.owner,
        now=sample.ago(sheet.opened_ago),
        kind=sheet.kind,
        segment=market.segment,
        consent_text=consent,
        **needs,
        **sheet.fields,
    )


def record(sample, market, sheet, ago, row):
    """One answer a day from the second day on."""
    label, answers = row
    if sheet.needs:
        rated = zip(sheet.needs, answers["ratings"], strict=True)
        answers = {"ratings": [(market.need[key], *pair) for key, pair in rated]}
    record_response(
        market.survey[sheet.kind],
        by=sample.owner,
        now=sample.ago(ago),
        via=SurveyResponse.Via.FORM,
        asked_on=sample.workspace.today(sample.ago(ago)),
        consented_at=sample.ago(ago),
        label=label,
        answers=answers,
    )
