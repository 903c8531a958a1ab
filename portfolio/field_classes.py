"""What the text of this app's rows holds: see core/field_classes.py."""

from core.field_classes import FieldClass

CLASSES: dict[str, FieldClass] = {"SampleOrder.name": FieldClass.OPERATIONAL}
