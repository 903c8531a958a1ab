from portfolio.actions.samples import remove_sample
from portfolio.actions.ventures import open_venture, set_up, setup_is_open

__all__ = ["open_venture", "remove_sample", "set_up", "setup_is_open"]
