from interviews.models.grades import Grade, Stance
from interviews.models.guides import Guide, GuideQuestion
from interviews.models.quotes import Quote, QuoteLink, QuoteTag, Tag
from interviews.models.search import SearchDocument
from interviews.models.surveys import (
    MustHaveAnswer,
    NeedRating,
    PriceAnswer,
    Survey,
    SurveyLink,
    SurveyResponse,
)
from interviews.models.talks import Interview

__all__ = [
    "Grade",
    "Guide",
    "GuideQuestion",
    "Interview",
    "MustHaveAnswer",
    "NeedRating",
    "PriceAnswer",
    "Quote",
    "QuoteLink",
    "QuoteTag",
    "SearchDocument",
    "Stance",
    "Survey",
    "SurveyLink",
    "SurveyResponse",
    "Tag",
]
