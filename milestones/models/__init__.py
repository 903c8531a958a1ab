from milestones.models.challenges import Challenge
from milestones.models.checkpoints import Checkpoint, ScheduledStop, Slip
from milestones.models.criteria import CriterionAnswer
from milestones.models.evidence import EvidenceLink, Grade, Reconfirmation, Stance
from milestones.models.questions import Answer, Question
from milestones.models.scores import Score
from milestones.models.states import BoardPulse, QuestionState

__all__ = [
    "Answer",
    "BoardPulse",
    "Challenge",
    "Checkpoint",
    "CriterionAnswer",
    "EvidenceLink",
    "Grade",
    "Question",
    "QuestionState",
    "Reconfirmation",
    "ScheduledStop",
    "Score",
    "Slip",
    "Stance",
]
