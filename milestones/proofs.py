"""Proofs of words that somebody no longer lets us keep."""

from core.models import StoredFile
from interviews.models.quotes import refused
from milestones.models import EvidenceLink


def is_withheld(file: StoredFile) -> bool:
    """Hidden at once with the words it is to prove; see settings.WITHHELD_FILES."""
    return EvidenceLink.objects.filter(refused("quote__"), proof_file=file).exists()
