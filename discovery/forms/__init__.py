from discovery.forms.market import (
    TAKEN,
    NextStepForm,
    OnceInVenture,
    OrganisationForm,
    PersonForm,
    SegmentForm,
)

__all__ = [
    "TAKEN",
    "NextStepForm",
    "OnceInVenture",
    "OrganisationForm",
    "PersonForm",
    "SegmentForm",
]
