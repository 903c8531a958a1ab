from discovery.actions.market import (
    add_organisation,
    add_person,
    add_segment,
    edit_organisation,
    edit_person,
    edit_segment,
    open_market,
    organisation_called,
)

__all__ = [
    "add_organisation",
    "add_person",
    "add_segment",
    "edit_organisation",
    "edit_person",
    "edit_segment",
    "open_market",
    "organisation_called",
]
