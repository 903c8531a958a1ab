"""Keyboard shortcuts: one table for the attributes in pages and for the `?` page."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`key` is written as people press it: `g q` is g, then q; one of them if `is_choice`.

    `url_name` is where it leads; empty where it acts on what the page shows.
    """

    id: str
    key: str
    label: str | Promise
    url_name: str = ""
    is_choice: bool = False

    @property
    def keys(self) -> list[str | Promise]:
        """One keycap each; `Mod` is Control, or Command on a Mac."""
        parts = self.key.replace("+", " ").split()
        return [_("Ctrl or ⌘") if part == "Mod" else part for part in parts]

    @property
    def joint(self) -> str | Promise:
        """Between the keycaps: held together, one of them, or one after the other."""
        if self.is_choice:
            return _("or")
        return "+" if "+" in self.key else _("then")


SHORTCUTS: Final = (
    Shortcut("new_interview", "c", _("New interview"), "interviews:interview_new"),
    Shortcut("search", "/", _("Search"), "interviews:search"),
    Shortcut("today", "g t", _("Go to Today"), "portfolio:today"),
    Shortcut("questions", "g q", _("Go to Questions"), "milestones:board"),
    Shortcut("customers", "g c", _("Go to Customers"), "interviews:customer_list"),
    Shortcut("interviews", "g i", _("Go to Interviews"), "interviews:interview_list"),
    Shortcut("forecasts", "g f", _("Go to Forecasts"), "forecasts:metric_list"),
    Shortcut("sales", "g s", _("Go to the sales curve"), "decisions:sales_curve"),
    Shortcut("commitments", "g m", _("Go to Commitments"), "decisions:commitment_list"),
    Shortcut("edit", "e", _("Edit what the page shows")),
    Shortcut("next", "j", _("Next row")),
    Shortcut("previous", "k", _("Previous row")),
    Shortcut(
        "link_question",
        "1 0 -",
        _("On a quote not linked yet: question 1 (and so on), 10, 11"),
        is_choice=True,
    ),
    Shortcut(
        "link_stance",
        "s c n",
        _("On a quote not linked yet: supports, contradicts, neither"),
        is_choice=True,
    ),
    Shortcut("help", "?", _("This list"), "core:shortcuts"),
    Shortcut("submit", "Mod+Enter", _("Send the form you are typing in")),
)


def shortcut(wanted: str) -> Shortcut:
    """The one with this id; an unknown id is a mistake in a template."""
    for entry in SHORTCUTS:
        if entry.id == wanted:
            return entry
    raise LookupError(f"no shortcut {wanted!r}")


def for_url(url_name: str) -> Shortcut | None:
    """The one that leads to this page, if there is one."""
    return next((entry for entry in SHORTCUTS if entry.url_name == url_name), None)
