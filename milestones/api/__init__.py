"""The eleven questions, and all that is said about them, over the API."""

from milestones.api import (
    board,
    challenges,
    course,
    criteria,
    evidence,
    quotes,
    scores,
    signals,
    stages,
)

parts = (board, evidence, quotes, scores, challenges, criteria, signals, course, stages)
routers = tuple(part.router for part in parts)

__all__ = ["routers"]
