"""What the text of this app's rows holds: see core/field_classes.py."""

from core.field_classes import FieldClass

CLASSES: dict[str, FieldClass] = {
    "Metric.name": FieldClass.CONFIDENTIAL,
    "Metric.definition": FieldClass.CONFIDENTIAL,
    "Metric.unit": FieldClass.OPERATIONAL,
    "Metric.provenance": FieldClass.CONFIDENTIAL,
    "Actual.source": FieldClass.CONFIDENTIAL,
    "Actual.reason": FieldClass.CONFIDENTIAL,
    "Forecast.rationale": FieldClass.CONFIDENTIAL,
    "Revision.reason": FieldClass.CONFIDENTIAL,
    "Point.source": FieldClass.CONFIDENTIAL,
    "Standing.why": FieldClass.OPERATIONAL,
}
