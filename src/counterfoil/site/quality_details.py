"""The quality page's lists: by tactic and technique, siblings that are mixed up, and the worst misses."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from counterfoil.site import plots
from counterfoil.site.hypertext import Cell, Html, paragraph, section, table

if TYPE_CHECKING:
    from counterfoil.coding.breakdown import Row
    from counterfoil.coding.misses import Miss
    from counterfoil.coding.share import Share
    from counterfoil.workflow.quality import Quality

CONFUSIONS = 30  #: siblings that the page lists; --format json has all
FALSE_ALARMS = 15

_HEADS = ["codes#", "incidents#", "in first 10#", "interval", "mean place#", "median#", "asserted#", "right#", "F1#"]


def named(code: str, names: Mapping[str, str]) -> Html:
    """A code and its name."""
    name = names.get(code, "unknown in this framework")
    return Html(f'<span class="code">{escape(code)}</span> {escape(name)}')


def share_bar(share: "Share") -> Html:
    """A share with its interval, drawn."""
    return Html(plots.bar(share.rate, share.low, share.high))


def tactics(quality: "Quality") -> str:
    """The figures by tactic."""
    return section(
        "tactics",
        "By tactic",
        table(
            "A text's technique counts for its tactic; places are among all techniques. Bars are 90 % intervals.",
            ["tactic", *_HEADS],
            (_row(row, quality.names) for row in quality.tactics),
        ),
    )


def techniques(quality: "Quality") -> str:
    """The figures by technique, and what is asserted where nobody coded it."""
    coded = [row for row in quality.techniques if row.codings]
    alarms = [row for row in quality.techniques if not row.codings][:FALSE_ALARMS]
    blocks = [
        table(
            "Every technique that experts coded, most often coded first.",
            ["technique", *_HEADS],
            (_row(row, quality.names) for row in coded),
        )
    ]
    if alarms:
        blocks.append(
            table(
                "Asserted most often among those that experts coded nowhere.",
                ["technique", "asserted#"],
                ([named(row.key, quality.names), row.precision.of] for row in alarms),
            )
        )
    return section("techniques", "By technique", *blocks)


def _row(row: "Row", names: Mapping[str, str]) -> list[Cell]:
    return [
        named(row.key, names),
        row.codings,
        row.incidents,
        f"{row.at_10.right} of {row.at_10.of}" if row.codings else "–",
        share_bar(row.at_10) if row.codings else "",
        "–" if row.mean_place is None else f"{row.mean_place:.1f}",
        "–" if row.median_place is None else f"{row.median_place:g}",
        row.precision.of,
        row.precision.right,
        f"{row.f1:.2f}",
    ]


def siblings(quality: "Quality") -> str:
    """Which technique of the same family stands above the right one."""
    shown = quality.siblings[:CONFUSIONS]
    if not shown:
        return section("siblings", "Mixed-up siblings", paragraph("No sibling stands above a right code."))
    more = len(quality.siblings) - len(shown)
    rest = f" {more} more, each as rare or rarer, are in --format json." if more else ""
    return section(
        "siblings",
        "Mixed-up siblings",
        table(
            f"A technique of the same family that stands above the right one where experts did not code it.{rest}",
            ["coded", "stands above it", "times#", "of#", "asserted#"],
            (
                [named(one.code, quality.names), named(one.above, quality.names), one.times, one.of, one.asserted]
                for one in shown
            ),
        ),
    )


def misses(quality: "Quality") -> str:
    """The codes that came furthest down, and why."""
    cards = "\n".join(_card(miss, quality.names) for miss in quality.misses)
    return section(
        "misses",
        "Worst misses",
        paragraph(
            "The experts' codes that came furthest down the ranking, what spoke for them, and what stood at the top."
        ),
        f'<div class="cards">\n{cards}\n</div>',
    )


def _card(miss: "Miss", names: Mapping[str, str]) -> str:
    facts = "\n".join(f"<dt>{escape(label)}</dt><dd>{value}</dd>" for label, value in _facts(miss, names))
    return (
        f'<article class="card">\n<h3>{named(miss.code, names).markup}</h3>\n'
        f"<blockquote>{escape(miss.quote)}</blockquote>\n<dl>\n{facts}\n</dl>\n</article>"
    )


def _facts(miss: "Miss", names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "text", escape(f"{miss.text}, incident {miss.incident}")
    yield "place", f"{miss.place}, chance {miss.chance:.4f}"
    by = (("cues", miss.place_by_cues), ("words", miss.place_by_linear), ("likeness", miss.place_by_likeness))
    yield "alone", ", ".join(f"{place or 'nothing'} by {kind}" for kind, place in by)
    yield "cues", _lines(map(escape, miss.cues)) or "none of its cues fires"
    yield "coded", f"in {miss.known or 'no'} other incident{'s' * (miss.known > 1)}"
    if miss.family:
        yield "family", f"{miss.family} of its own family {'stand' if miss.family > 1 else 'stands'} above it"
    yield (
        "on top",
        _lines(
            f"{above.chance:.2f} {named(above.code, names).markup}"
            + (' <span class="right">right</span>' * above.coded)
            for above in miss.above
        ),
    )


def _lines(texts: Iterable[str]) -> str:
    return "<br>".join(texts)
