"""How good the coder is, as one page that stands by itself: figures, plots and the worst misses."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from counterfoil.site import plots
from counterfoil.site.hypertext import Cell, Html, figure, page, paragraph, section, side_by_side, table
from counterfoil.site.plots import Axis, Dot, Plot, Series
from counterfoil.site.quality_details import misses, siblings, tactics, techniques
from counterfoil.site.quality_reviews import reviews_section

if TYPE_CHECKING:
    from counterfoil.coding.calibration import Bin, Calibration
    from counterfoil.coding.measure import Figure
    from counterfoil.workflow.quality import Ablated, About, Point, Quality, Reviews

#: measure -> (its name, what it says)
MEASURES: Mapping[str, tuple[str, str]] = {
    "R@5": ("R@5", "share of a text's codes among the first five ranked"),
    "R@10": ("R@10", "the same among the first ten"),
    "MAP": ("MAP", "mean average precision of the whole ranking"),
    "micro_f1": ("micro F1", "of asserted codes, all texts together"),
    "macro_f1": ("macro F1", "of asserted codes, mean over techniques"),
    "precision": ("precision", "share of asserted codes that experts gave"),
    "recall": ("recall", "share of experts' codes that were asserted"),
}
LEVELS = {"technique": "technique", "parent": "parent technique", "tactic": "tactic"}
_HEADLINE = ("R@5", "R@10", "MAP", "micro_f1")
_LOST = (-0.2, 0.5)  #: what the bars of the ablation reach over

Part = tuple[str, str, str]  #: a section's id, title and markup


def write(quality: "Quality | None", reviews: "Reviews | None") -> str:
    """The page: of coded texts, of a workspace's reviews, or of both."""
    parts: list[Part] = []
    lead = paragraph("What analysts made of the coder's suggestions.")
    if quality:
        lead = _lead(quality.about)
        parts += _measured(quality)
    if reviews:
        parts.append(("reviews", "Reviews", reviews_section(reviews)))
    return page("How good the coder is", lead, parts)


def _measured(quality: "Quality") -> Iterator[Part]:
    yield "figures", "Figures", _figures(quality)
    if quality.curve:
        yield "learning", "Learning", _learning(quality.curve)
    yield "familiarity", "Seen and unseen", _familiarity(quality)
    if quality.variants:
        yield "parts", "Parts", _parts(quality.variants)
    yield "calibration", "Calibration", _calibration(quality)
    yield "threshold", "Abstaining", _abstaining(quality)
    yield "tactics", "Tactics", tactics(quality)
    yield "techniques", "Techniques", techniques(quality)
    yield "siblings", "Siblings", siblings(quality)
    yield "misses", "Worst misses", misses(quality)
    yield "method", "Method", _method(quality.about)


def _lead(about: "About") -> str:
    counted = (
        f"{about.texts} coded texts of {about.incidents} incidents, {about.codings} codes of {about.techniques} "
        f"techniques; {about.framework}."
    )
    made = f"Codebook {about.codebook}, first layer {about.knowledge}, measured {about.at[:16].replace('T', ' ')} UTC."
    left_out = "Every text is ranked by a coder that has learned from the other incidents only."
    return paragraph(f"{counted} {left_out}") + paragraph(made)


def _figures(quality: "Quality") -> str:
    found = quality.levels["technique"]
    tiles = "\n".join(_tile(name, found[name]) for name in _HEADLINE)
    rows: list[list[Cell]] = [
        [name, *(_with_range(quality.levels[level][measure]) for level in LEVELS)]
        for measure, (name, _) in MEASURES.items()
    ]
    return section(
        "figures",
        "Figures",
        f'<div class="tiles">\n{tiles}\n</div>',
        table(
            "All measures with 90 % intervals, drawn by incident. A code is right by parent technique if it is of the "
            "same family, by tactic if it is of the same tactic.",
            ["measure", *(f"by {name}#" for name in LEVELS.values())],
            rows,
        ),
        paragraph(
            "Experts' codes are incomplete: one that is missing is no proof that it does not apply. "
            "Precision is a lower bound."
        ),
    )


def _tile(measure: str, found: "Figure") -> str:
    name, says = MEASURES[measure]
    return (
        f'<div class="tile"><b>{escape(name)}</b><span class="big">{found.value:.3f}</span>'
        f"{plots.bar(found.value, found.low, found.high)}"
        f"<small>{found.low:.2f} to {found.high:.2f}: {escape(says)}</small></div>"
    )


def _with_range(found: "Figure") -> Html:
    return Html(f'{found.value:.3f} <span class="range">{found.low:.2f}–{found.high:.2f}</span>')


def _learning(points: "tuple[Point, ...]") -> str:
    incidents = plots.counting("incidents reviewed before", points[-1].incidents)

    def drawn(which: str, title: str) -> str:
        series = [
            Series(name, [_dot(point.incidents, getattr(point, which)[name]) for point in points])
            for name in ("R@10", "MAP")
        ]
        return plots.draw(Plot(title, incidents, plots.unit(""), series))

    rows: list[list[Cell]] = [
        [
            point.incidents,
            point.texts,
            *(_with_range(point.ahead[name]) for name in ("R@10", "MAP")),
            *(_with_range(point.last[name]) for name in ("R@10", "MAP")),
        ]
        for point in points
    ]
    return section(
        "learning",
        "Learning",
        paragraph(
            "A simulated analyst reviews the incidents in their order, and the coder learns from each. What is still "
            "to come gets less from point to point, and harder or easier: the second plot keeps to the same incidents, "
            "the last ones."
        ),
        side_by_side(
            figure(drawn("ahead", "Quality on all incidents still to come"), "On all incidents still to come."),
            figure(
                drawn("last", "Quality on the last incidents"), "On the last quarter of the incidents, always the same."
            ),
        ),
        table(
            "After so many incidents, with 90 % intervals.",
            ["incidents", "texts learned#", "R@10 ahead#", "MAP ahead#", "R@10 of the last#", "MAP of the last#"],
            rows,
        ),
    )


def _dot(x: float, found: "Figure") -> Dot:
    return Dot(x, found.value, found.low, found.high)


def _familiarity(quality: "Quality") -> str:
    says = {"seen": "coded in another incident too", "unseen": "in no other incident: nothing to learn from"}
    rows: list[list[Cell]] = [
        [
            Html(f'{kind.name} <span class="means">{says[kind.name]}</span>'),
            kind.codings,
            kind.techniques,
            *(_with_range(kind.figures[name]) for name in ("at_5", "at_10", "reciprocal_place", "asserted")),
        ]
        for kind in quality.familiarity
    ]
    return section(
        "familiarity",
        "Seen and unseen techniques",
        table(
            "Codes whose technique experts gave in another incident, and codes for which there is no example. "
            "Figures are over codes, not texts.",
            ["technique", "codes#", "techniques#", "in first 5#", "in first 10#", "mean of 1/place#", "asserted#"],
            rows,
        ),
    )


def _parts(variants: "tuple[Ablated, ...]") -> str:
    whole = [one for one in variants if not one.alone]
    alone = [one for one in variants if one.alone]
    heads = ["coder", "R@5#", "R@10#", "MAP#", "micro F1#", "MAP lost#", "interval"]
    return section(
        "parts",
        "What each part is worth",
        paragraph(
            "Each variant learns for itself, both from our own passages and from the other incidents, so that what is "
            "left may make up for what is missing. The loss is against all parts, on the same resamples; a bar that "
            "does not reach over zero is a loss beyond chance."
        ),
        table("The coder without one of its parts.", heads, [_variant(one) for one in whole]),
        table(
            "One kind of evidence alone. It only orders, so nothing is asserted and there is no F1; ties go by id.",
            heads,
            [_variant(one) for one in alone],
        ),
    )


def _variant(one: "Ablated") -> list[Cell]:
    lost = one.lost["MAP"]
    differs = any((lost.value, lost.low, lost.high))
    told = f'{lost.value:+.3f} <span class="range">{lost.low:+.2f} to {lost.high:+.2f}</span>'.replace("-", "−")
    return [
        one.name,
        *(f"{one.figures[name].value:.3f}" for name in ("R@5", "R@10", "MAP")),
        "–" if one.alone else f"{one.figures['micro_f1'].value:.3f}",
        Html(told) if differs else "–",
        Html(plots.bar(lost.value, lost.low, lost.high, _LOST)) if differs else "",
    ]


def _calibration(quality: "Quality") -> str:
    found, shown = quality.calibration, quality.calibration_shown
    rows: list[list[Cell]] = [
        [
            f"{made.low:.1f} to {made.high:.1f}",
            f"{made.coded.of:,}",
            f"{made.coded.right:,}",
            f"{made.chance:.3f}",
            Html(f'{made.coded.rate:.3f} <span class="range">{made.coded.low:.2f}–{made.coded.high:.2f}</span>'),
        ]
        for made in found.bins
    ]
    return section(
        "calibration",
        "Are chances what they say?",
        paragraph(
            f"Expected calibration error {shown.error:.3f} over the chances that an analyst is shown, and "
            f"{found.error:.4f} over all (nearly all of which are small, and right to be). Brier score "
            f"{shown.brier:.3f} and {found.brier:.4f}."
        ),
        side_by_side(
            figure(_reliability(found), "Reliability: on the dashed line, chances come true as often as they say."),
            table(
                "Chances in ten bins. Intervals are 90 %, as if codes of one text did not hang together: rather too "
                "narrow.",
                ["chance", "given#", "coded#", "mean chance#", "came true#"],
                rows,
            ),
        ),
    )


def _reliability(found: "Calibration") -> str:
    dots = [_bin_dot(made) for made in found.bins]
    axes = plots.unit("chance given"), plots.unit("share that experts coded")
    return plots.draw(Plot("Reliability of the chances", *axes, [Series("came true", dots, apart=True)], diagonal=True))


def _bin_dot(made: "Bin") -> Dot:
    return Dot(made.chance, made.coded.rate, made.coded.low, made.coded.high, size=4)


def _abstaining(quality: "Quality") -> str:
    bands: list[list[Cell]] = [
        [
            band.name,
            f"{band.low:.2f} to {band.high:.2f}",
            f"{band.per_text:.1f}",
            f"{band.right.right:,} of {band.right.of:,}",
            f"{band.right.rate:.3f}",
            f"{band.of_coded.rate:.3f}",
        ]
        for band in quality.bands
    ]
    tried: list[list[Cell]] = [
        [
            f"{one.chance:.2f}",
            f"{one.per_text:.1f}",
            *(f"{value:.3f}" for value in (one.precision.rate, one.recall.rate, one.f1)),
        ]
        for one in quality.thresholds
    ]
    series = [
        Series(
            "precision",
            [Dot(t.chance, t.precision.rate, t.precision.low, t.precision.high) for t in quality.thresholds],
        ),
        Series("recall", [Dot(t.chance, t.recall.rate, t.recall.low, t.recall.high) for t in quality.thresholds]),
    ]
    chances = Axis("asserted from this chance on", 0, 0.8, (0, 0.2, 0.4, 0.6, 0.8))
    return section(
        "threshold",
        "Asserting and abstaining",
        paragraph(
            "What is likely is asserted; below that the coder shows and abstains; the rest is not shown. "
            "The thresholds of the second table are tried on the same texts: none is chosen by it."
        ),
        table(
            "The three bands.",
            ["band", "chance#", "codes a text#", "right#", "share right#", "of experts' codes#"],
            bands,
        ),
        side_by_side(
            figure(
                plots.draw(Plot("Precision and recall by threshold", chances, plots.unit(""), series)),
                "Precision and recall of asserted codes, with 90 % intervals.",
            ),
            table("Other thresholds.", ["from", "codes a text#", "precision#", "recall#", "micro F1#"], tried),
        ),
    )


def _method(about: "About") -> str:
    return section(
        "method",
        "How it was measured",
        paragraph(
            "Each coded text is one window. For each incident in turn, the coder learns from the packaged codebook, "
            f"{about.own_passages} passages of our own, and the coded texts of all other incidents, and then ranks all "
            "techniques for the texts of that incident."
        ),
        paragraph(
            "Intervals of the figures are bootstraps: incidents are drawn with replacement a thousand times, each with "
            "all its texts. Intervals of counted shares are Wilson's. All are 90 %: one in ten misses the truth."
        ),
        paragraph(
            "Repeat it with: counterfoil measure GOLD.jsonl --html FILE. "
            "The same numbers, and more, come with --format json."
        ),
    )
