from interviews.actions.counting import requalify, requalify_talks_of
from interviews.actions.quotes import edit_quote, take_quote, withdraw_quote
from interviews.actions.talks import finish_interview, keep_draft, save_draft

__all__ = [
    "edit_quote",
    "finish_interview",
    "keep_draft",
    "requalify",
    "requalify_talks_of",
    "save_draft",
    "take_quote",
    "withdraw_quote",
]
