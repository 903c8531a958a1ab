"""The main menu of a venture: what stands in it, for whom, and which item is current."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import Permission


@dataclass(frozen=True, slots=True)
class MenuItem:
    """`holds`: namespaces, or URL names, of the pages that belong under it. `unless`:
    who may do that has another way there.
    """

    label: str | Promise
    url_name: str
    permission: Permission
    holds: tuple[str, ...]
    unless: Permission | None = None


IMPORT_PAGES: Final = (
    *("core:import_list", "core:import_new", "core:import_progress"),
    *("core:import_map", "core:import_check", "core:import_result"),
)
HYPOTHESIS_PAGES: Final = ("list", "add", "edit", "register", "revise")
COMMITMENT_PAGES: Final = (
    *("list", "add", "detail", "edit", "smaller", "close"),
    *("check", "gate", "sign", "override", "cosign"),
)
SELLING_PAGES: Final = (
    *("curve_list", "curve_add", "curve_edit", "curve_close"),
    *("rep_list", "rep_add", "rep_edit", "quarter_list", "quarter_add"),
    *("quarter_correct", "cost_list", "cost_add", "cost_correct"),
    *("deal_list", "deal_add", "deal_detail", "deal_edit", "deal_withdraw"),
    *("step_add", "step_correct"),
    *("learning_log", "learning_add", "learning_correct"),
)
MENU: Final = (
    MenuItem(_("Today"), "portfolio:today", Permission.VIEW, ("portfolio:today",)),
    # what changed since they were here; founders find it behind the venture's name
    MenuItem(
        _("For advisors"),
        "portfolio:shared",
        Permission.VIEW,
        ("portfolio:shared",),
        unless=Permission.SEE_PEOPLE,
    ),
    MenuItem(
        _("Questions"),
        "milestones:board",
        Permission.VIEW,
        (
            "milestones",
            *(f"discovery:hypothesis_{page}" for page in HYPOTHESIS_PAGES),
            "interviews:hypothesis_detail",
            "interviews:hypothesis_settle",
        ),
    ),
    MenuItem(
        _("Customers"),
        "interviews:customer_list",
        Permission.SEE_PEOPLE,
        (
            "discovery",
            "milestones:problem_list",
            "milestones:problem_detail",
            "core:trash_list",
            "interviews:customer_list",
            "interviews:person_detail",
            "interviews:organisation_list",
            "interviews:organisation_detail",
            *IMPORT_PAGES,
        ),
    ),
    MenuItem(
        _("Interviews"),
        "interviews:interview_list",
        Permission.SEE_PEOPLE,
        ("interviews", "milestones:inbox"),
    ),
    # what surveys asked, and how many answered what: also for readers without names
    MenuItem(
        _("Surveys"),
        "interviews:survey_list",
        Permission.VIEW,
        ("interviews:survey_list", "interviews:survey_detail"),
        unless=Permission.SEE_PEOPLE,
    ),
    MenuItem(
        _("Forecasts"),
        "forecasts:metric_list",
        Permission.VIEW,
        ("forecasts", "decisions"),
    ),
    MenuItem(
        _("Sales curve"),
        "decisions:sales_curve",
        Permission.VIEW,
        ("decisions:sales_curve", *(f"forecasts:{page}" for page in SELLING_PAGES)),
    ),
    MenuItem(
        _("Commitments"),
        "decisions:commitment_list",
        Permission.VIEW,
        (
            *(f"decisions:commitment_{page}" for page in COMMITMENT_PAGES),
            "decisions:gate_settings",
            "decisions:gate_settings_try",
        ),
    ),
)


def menu_for(may: Collection[str]) -> list[MenuItem]:
    return [item for item in MENU if item.permission in may and item.unless not in may]


def current_item(url_name: str, items: Sequence[MenuItem]) -> MenuItem | None:
    """The one of them a page belongs to: by its own name first, then by its namespace."""
    namespace = url_name.partition(":")[0]
    for wanted in (url_name, namespace):
        for item in items:
            if wanted in item.holds:
                return item
    return None
