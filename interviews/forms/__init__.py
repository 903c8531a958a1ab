from interviews.forms.guides import GuideForm, QuestionRows
from interviews.forms.quotes import QuoteForm, WithdrawForm
from interviews.forms.starting import values_of, values_of_new
from interviews.forms.talks import TalkForm

__all__ = [
    "GuideForm",
    "QuestionRows",
    "QuoteForm",
    "TalkForm",
    "WithdrawForm",
    "values_of",
    "values_of_new",
]
