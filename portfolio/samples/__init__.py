"""The sample ventures by the names they are loaded by."""

from portfolio.samples import linenfold, webvan

SAMPLES = {"webvan": webvan, "linenfold": linenfold}


def says_of(workspace):
    """One sentence about a sample, or nothing about one that is not ours."""
    found = (one.SAYS for one in SAMPLES.values() if workspace.name == one.NAME)
    return next(found, "")
