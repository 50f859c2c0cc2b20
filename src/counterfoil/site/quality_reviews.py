"""The quality page's section on reviews: how many of the coder's suggestions analysts accepted."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from counterfoil.site import plots
from counterfoil.site.hypertext import Cell, Html, paragraph, section, table
from counterfoil.site.quality_details import named

if TYPE_CHECKING:
    from counterfoil.coding.survival import Survived
    from counterfoil.workflow.quality import Reviews

_HEADS = ["decided#", "accepted#", "share#", "interval", "open#"]


def reviews_section(reviews: "Reviews") -> str:
    """What became of the suggestions of a workspace."""
    found = reviews.survival
    whole = found.whole.accepted
    told = (
        f"{whole.right} of {whole.of} suggestions that analysts decided on were accepted "
        f"({100 * whole.rate:.0f} %, 90 % interval {100 * whole.low:.0f} to {100 * whole.high:.0f} %); "
        f"{found.whole.open} are open. "
        f"{reviews.reports} report{'s' * (reviews.reports != 1)}."
        if whole.of
        else f"Nothing was decided yet; {found.whole.open} suggestions are open."
    )
    left_out = (
        f" {reviews.left_out} suggestions that were imported or carried over from another version are left out."
        if reviews.left_out
        else ""
    )
    return section(
        "reviews",
        "What survives review",
        paragraph(told + left_out),
        paragraph(
            "Analysts decide first on what looks worth deciding, and what nobody suggested is counted nowhere: "
            "this is a measure of suggestions, not of all that a text holds."
        ),
        table("By what the coder made of it.", ["band", *_HEADS], _rows(found.bands)),
        table("By coder.", ["coder", *_HEADS], _rows(found.coders)),
        table(
            "By technique.",
            ["technique", *_HEADS],
            ([named(kind.key, reviews.names), *_cells(kind)] for kind in found.techniques),
        ),
    )


def _rows(kinds: "Iterable[Survived]") -> Iterable[list[Cell]]:
    return ([Html(escape(kind.key)), *_cells(kind)] for kind in kinds)


def _cells(kind: "Survived") -> list[Cell]:
    share = kind.accepted
    return [
        share.of,
        share.right,
        f"{share.rate:.2f}" if share.of else "–",
        Html(plots.bar(share.rate, share.low, share.high)) if share.of else "",
        kind.open,
    ]
