"""What the text of this app's rows holds: see core/field_classes.py."""

from core.field_classes import FieldClass

CLASSES: dict[str, FieldClass] = {
    "Guide.name": FieldClass.CONFIDENTIAL,
    "Guide.kind": FieldClass.OPERATIONAL,
    "Guide.aim": FieldClass.CONFIDENTIAL,
    "GuideQuestion.text": FieldClass.CONFIDENTIAL,
    "GuideQuestion.tests": FieldClass.OPERATIONAL,
    "Interview.who_typed": FieldClass.PERSONAL,
    "Interview.notes": FieldClass.PERSONAL,
    "Interview.next_step": FieldClass.PERSONAL,
    "Interview.reasons_against": FieldClass.OPERATIONAL,
    "Quote.text": FieldClass.PERSONAL,
    "Quote.prefix": FieldClass.PERSONAL,
    "Quote.suffix": FieldClass.PERSONAL,
    "Quote.withdrawn_reason": FieldClass.CONFIDENTIAL,
    "Tag.name": FieldClass.CONFIDENTIAL,
    "Tag.definition": FieldClass.CONFIDENTIAL,
    "QuoteLink.proof_url": FieldClass.CONFIDENTIAL,
    "QuoteLink.withdrawn_reason": FieldClass.CONFIDENTIAL,
    "Survey.name": FieldClass.CONFIDENTIAL,
    "Survey.offer": FieldClass.CONFIDENTIAL,
    "Survey.currency": FieldClass.OPERATIONAL,
    "Survey.consent_text": FieldClass.CONFIDENTIAL,
    "SearchDocument.kind": FieldClass.OPERATIONAL,
    "SurveyLink.token_hash": FieldClass.SECRET,
    "SurveyResponse.label": FieldClass.PERSONAL,
    "SurveyResponse.withdrawn_reason": FieldClass.CONFIDENTIAL,
    "MustHaveAnswer.why": FieldClass.PERSONAL,
}
