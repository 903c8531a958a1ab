from discovery.models.hypotheses import Hypothesis, HypothesisStatus
from discovery.models.market import (
    BuyingRole,
    Merge,
    ModelVersion,
    Organisation,
    Person,
    Segment,
    Source,
)
from discovery.models.problems import Feature, Need, Problem

__all__ = [
    "BuyingRole",
    "Feature",
    "Hypothesis",
    "HypothesisStatus",
    "Merge",
    "ModelVersion",
    "Need",
    "Organisation",
    "Person",
    "Problem",
    "Segment",
    "Source",
]
