"""Plots as inline SVG: they take their colours from the page, scale with it, and need nothing else.

Classes: `grid`, `axis` and `guide` lines; `one` and `two` for the series; `band` for intervals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH, HEIGHT = 440, 290
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 34, 46  #: what the axes' numbers and names take
SERIES = ("one", "two")  #: the series' classes, in order
BAR_HEIGHT = 10


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a series with its interval; `size` is its radius."""

    x: float
    y: float
    low: float
    high: float
    size: float = 3.0


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together. Their intervals are drawn as a band, or as a whisker each if `apart`."""

    name: str
    dots: Sequence[Dot]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from `low` to `high` with its name and where it has numbers."""

    name: str
    low: float
    high: float
    ticks: Sequence[float]


@dataclass(frozen=True, slots=True)
class Plot:
    """Series over two axes. `title` says what is seen to whom cannot see it; `diagonal` draws where y is x."""

    title: str
    x: Axis
    y: Axis
    series: Sequence[Series] = field(default_factory=tuple)
    diagonal: bool = False


UNIT = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def unit(name: str) -> Axis:
    """An axis from 0 to 1."""
    return Axis(name, 0, 1, UNIT)


def counting(name: str, most: int) -> Axis:
    """An axis of whole numbers from 0 on, with about six of them named."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if most <= 6 * step)
    return Axis(name, 0, most, [float(tick) for tick in range(0, most + 1, step)])


def draw(plot: Plot) -> str:
    """The plot as an SVG element."""
    lines = [
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(plot.title)}">',
        *_axes(plot),
    ]
    if plot.diagonal:
        low, high = max(plot.x.low, plot.y.low), min(plot.x.high, plot.y.high)
        lines.append(f'<path class="guide" d="M{_at(plot, low, low)}L{_at(plot, high, high)}"/>')
    for name, series in zip(SERIES, plot.series, strict=False):
        lines += _series(plot, series, name)
    lines += _legend(plot.series)
    return "\n".join([*lines, "</svg>"])


def bar(value: float, low: float, high: float, bounds: tuple[float, float] = (0.0, 1.0)) -> str:
    """A value with its interval as a small bar for a table's cell; beyond the bounds it is cut off.

    A line marks zero where that lies inside the bounds.
    """

    def at(number: float) -> float:
        return round(100 * (min(max(number, bounds[0]), bounds[1]) - bounds[0]) / (bounds[1] - bounds[0]), 2)

    middle = BAR_HEIGHT / 2
    zero = f'<rect class="guide" x="{at(0)}" y="0" width="0.6" height="{BAR_HEIGHT}"/>' if bounds[0] < 0 else ""
    return (
        f'<svg class="bar" viewBox="0 0 100 {BAR_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="{BAR_HEIGHT}"/>{zero}'
        f'<rect class="reach" x="{at(low)}" y="{middle - 1.5}" width="{round(at(high) - at(low), 2)}" height="3"/>'
        f'<rect class="value" x="{round(max(0, at(value) - 0.9), 2)}" y="1" width="1.8" height="{BAR_HEIGHT - 2}"/>'
        "</svg>"
    )


def _axes(plot: Plot) -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for tick in plot.y.ticks:
        height = _y(plot, tick)
        yield f'<path class="grid" d="M{LEFT} {height}H{right}"/>'
        yield f'<text class="tick" x="{LEFT - 7}" y="{height + 4}" text-anchor="end">{tick:g}</text>'
    for tick in plot.x.ticks:
        yield f'<text class="tick" x="{_x(plot, tick)}" y="{bottom + 17}" text-anchor="middle">{tick:g}</text>'
    yield f'<path class="axis" d="M{LEFT} {bottom}H{right}"/>'
    centre = (LEFT + right) / 2
    yield f'<text class="name" x="{centre}" y="{HEIGHT - 8}" text-anchor="middle">{escape(plot.x.name)}</text>'
    if plot.y.name:
        across = (TOP + bottom) / 2
        turned = f'transform="rotate(-90 12 {across})"'
        yield f'<text class="name" x="12" y="{across}" text-anchor="middle" {turned}>{escape(plot.y.name)}</text>'


def _series(plot: Plot, series: Series, name: str) -> Iterator[str]:
    dots = sorted(series.dots, key=lambda dot: dot.x)
    if not dots:
        return
    if series.apart:
        for dot in dots:
            yield f'<path class="whisker {name}" d="M{_at(plot, dot.x, dot.low)}V{_y(plot, dot.high)}"/>'
    else:
        edge = [_at(plot, dot.x, dot.high) for dot in dots] + [_at(plot, dot.x, dot.low) for dot in reversed(dots)]
        yield f'<path class="band {name}" d="M{"L".join(edge)}Z"/>'
        yield f'<path class="line {name}" d="M{"L".join(_at(plot, dot.x, dot.y) for dot in dots)}"/>'
    for dot in dots:
        told = f"{series.name}: {dot.y:.2f} ({dot.low:.2f} to {dot.high:.2f}) at {dot.x:.3g}"
        yield (
            f'<circle class="{name}" cx="{_x(plot, dot.x)}" cy="{_y(plot, dot.y)}" r="{dot.size:.1f}">'
            f"<title>{escape(told)}</title></circle>"
        )


def _legend(series: Sequence[Series]) -> Iterator[str]:
    left = float(LEFT)
    for name, one in zip(SERIES, series, strict=False):
        yield f'<rect class="key {name}" x="{left}" y="9" width="14" height="6" rx="1"/>'
        yield f'<text class="name" x="{left + 20}" y="16">{escape(one.name)}</text>'
        left += 44 + 8.5 * len(one.name)  # the letters are about so wide, at their largest


def _at(plot: Plot, x: float, y: float) -> str:
    return f"{_x(plot, x)} {_y(plot, y)}"


def _x(plot: Plot, value: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * _along(plot.x, value), 1)


def _y(plot: Plot, value: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * _along(plot.y, value), 1)


def _along(axis: Axis, value: float) -> float:
    return (value - axis.low) / ((axis.high - axis.low) or 1)
