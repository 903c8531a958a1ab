from milestones.models.evidence import EvidenceLink, Grade, Stance
from milestones.models.questions import Answer, Question
from milestones.models.scores import Score

__all__ = ["Answer", "EvidenceLink", "Grade", "Question", "Score", "Stance"]
