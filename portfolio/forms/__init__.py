from portfolio.forms.ventures import SampleForm, SetupForm

__all__ = ["SampleForm", "SetupForm"]
