"""What the text of this app's rows holds: see core/field_classes.py."""

from core.field_classes import FieldClass

CLASSES: dict[str, FieldClass] = {
    "Answer.statement": FieldClass.CONFIDENTIAL,
    "Answer.looked_against": FieldClass.CONFIDENTIAL,
    "EvidenceLink.document": FieldClass.CONFIDENTIAL,
    "EvidenceLink.proof_url": FieldClass.CONFIDENTIAL,
    "EvidenceLink.answer": FieldClass.CONFIDENTIAL,
    "EvidenceLink.withdrawn_reason": FieldClass.CONFIDENTIAL,
    "Score.reason": FieldClass.CONFIDENTIAL,
    "Score.signals": FieldClass.OPERATIONAL,
    "Challenge.text": FieldClass.CONFIDENTIAL,
    "Challenge.answer": FieldClass.CONFIDENTIAL,
    "Checkpoint.finding": FieldClass.CONFIDENTIAL,
    "CriterionAnswer.note": FieldClass.CONFIDENTIAL,
    "QuestionState.state": FieldClass.OPERATIONAL,
    "Reconfirmation.how": FieldClass.CONFIDENTIAL,
    "ScheduledStop.finding": FieldClass.CONFIDENTIAL,
    "Slip.reason": FieldClass.CONFIDENTIAL,
}
