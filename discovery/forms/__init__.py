from discovery.forms.market import (
    TAKEN,
    OnceInVenture,
    OrganisationForm,
    PersonForm,
    SegmentForm,
)

__all__ = ["TAKEN", "OnceInVenture", "OrganisationForm", "PersonForm", "SegmentForm"]
