from discovery.actions.hypotheses import (
    add_hypothesis,
    change_state,
    edit_hypothesis,
    register_hypothesis,
    revise_hypothesis,
)
from discovery.actions.market import (
    add_organisation,
    add_person,
    add_segment,
    edit_organisation,
    edit_person,
    edit_segment,
    open_market,
    organisation_called,
    put_in_segment,
)
from discovery.actions.problems import (
    add_feature,
    add_need,
    add_problem,
    edit_feature,
    edit_need,
    edit_problem,
)

__all__ = [
    "add_feature",
    "add_hypothesis",
    "add_need",
    "add_organisation",
    "add_person",
    "add_problem",
    "add_segment",
    "change_state",
    "edit_feature",
    "edit_hypothesis",
    "edit_need",
    "edit_organisation",
    "edit_person",
    "edit_problem",
    "edit_segment",
    "open_market",
    "organisation_called",
    "put_in_segment",
    "register_hypothesis",
    "revise_hypothesis",
]
