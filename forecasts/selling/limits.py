"""What a venture set of the phases, or the starting values."""

from forecasts.learning_curve import Limits


def limits_of(workspace) -> Limits:
    """No query where the venture was loaded with its `selling_settings`."""
    row = getattr(workspace, "selling_settings", None)
    if row is None:
        return Limits()
    return Limits(
        traction_multiple=row.traction_multiple,
        initiation_cap=row.initiation_cap,
        transition_growth=row.transition_growth,
        hysteresis=row.hysteresis,
        whale_share=row.whale_share,
        margin_switch=row.margin_switch,
    )
