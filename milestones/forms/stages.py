"""Saying at which stage the venture is."""

from core.models import Workspace
from core.revisions import RevisedForm


class StageForm(RevisedForm):
    class Meta:
        model = Workspace
        fields = ["stage"]
