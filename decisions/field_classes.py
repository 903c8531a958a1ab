"""What the text of this app's rows holds: see core/field_classes.py."""

from core.field_classes import FieldClass

CLASSES: dict[str, FieldClass] = {
    "Alert.reason": FieldClass.CONFIDENTIAL,
    "AlertObservation.state": FieldClass.OPERATIONAL,
    "AlertObservation.why": FieldClass.CONFIDENTIAL,
    "Evaluation.belief": FieldClass.CONFIDENTIAL,
    "Evaluation.happened": FieldClass.CONFIDENTIAL,
    "Evaluation.customers_say": FieldClass.CONFIDENTIAL,
    "Evaluation.no_talk_reason": FieldClass.CONFIDENTIAL,
    "Evaluation.explanations": FieldClass.CONFIDENTIAL,
    "Evaluation.depends": FieldClass.CONFIDENTIAL,
    "Evaluation.draft": FieldClass.CONFIDENTIAL,
    "Decision.reasons": FieldClass.CONFIDENTIAL,
    "Decision.dissent": FieldClass.CONFIDENTIAL,
    "Decision.prediction": FieldClass.CONFIDENTIAL,
    "Decision.change": FieldClass.CONFIDENTIAL,
    "EvaluationCoSignature.words": FieldClass.CONFIDENTIAL,
    "DecisionReview.words": FieldClass.CONFIDENTIAL,
    "FollowUp.what": FieldClass.CONFIDENTIAL,
    "FollowUp.outcome": FieldClass.CONFIDENTIAL,
    "Decision.snapshot": FieldClass.CONFIDENTIAL,
}
