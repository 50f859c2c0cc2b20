"""Pictures as SVG: a group, all groups, and when a group acted. Nothing in them runs, and names are text, never markup.

They take their colours from the page by class; standing alone they bring their own (`alone`). An account's name, ties
and posts are told when the pointer rests on it.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html import escape

from counterfoil.detect.clusters import Account, Cluster, Histogram
from counterfoil.detect.network import Network, Tie, leading
from counterfoil.detect.network_colours import class_of, css
from counterfoil.detect.network_files import in_line

WIDE, HIGH = 600, 470  #: of the picture of one group
ALL_WIDE, ALL_HIGH = 1000, 560  #: of the picture of all
DRAWN = 2000  #: accounts in a picture at most, those with the most ties
LINES = 5000  #: ties in a picture at most, those with the most evidence
NAMED = 14  #: accounts of a group with a name beside them at most
LONGEST = 22  #: letters of such a name
BARS_HIGH, BARS_TOP, BARS_LEFT, BARS_BOTTOM = 170, 12, 40, 30
_STYLE = (
    "text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;fill:var(--ink);"
    "paint-order:stroke;stroke:var(--sheet);stroke-width:3px;stroke-linejoin:round}"
    ".tie{fill:none;stroke:var(--ink);stroke-width:1}.weak{opacity:.1}.middle{opacity:.2}.strong{opacity:.38}"
    "circle{stroke:var(--sheet);stroke-width:1}.leads{stroke:var(--ink);stroke-width:2.5}"
    + "".join(f".c{number}{{fill:var(--c{number})}}" for number in range(9))
)
_SCHEME = ":root{--sheet:#fffefb;--ink:#1c232d}@media (prefers-color-scheme:dark){:root{--sheet:#1a1e23;--ink:#e5e7ea}}"


def picture_style() -> str:
    """The style that the pictures in a page need, without the page's own --ink and --sheet."""
    dots = "".join(f".dot.c{number}{{background:var(--c{number})}}" for number in range(9))
    return css() + _scoped(_STYLE) + dots


def _scoped(style: str) -> str:
    return "".join(f".net {rule}}}" for rule in style.split("}") if rule)


def group_picture(network: Network, cluster: Cluster) -> str:
    """One group as an SVG element: larger dots have more ties, colours are communities, a ring marks who leads."""
    at = network.places[cluster.number][:DRAWN]
    shown = cluster.accounts[: len(at)]
    reach_x = max(max(abs(x) for x, _ in at), 0.5)
    reach_y = max(max(abs(y) for _, y in at), 0.5)
    unit = min((WIDE / 2 - 44) / reach_x, (HIGH / 2 - 40) / reach_y, 92.0)
    high = min(HIGH, round(2 * (reach_y * unit + 42)))
    spots = [(WIDE / 2 + x * unit, high / 2 + y * unit) for x, y in at]
    most = max(cluster.accounts[0].ties, 1)
    sizes = [max(2.2, min(15.0, unit * (0.16 + 0.2 * (one.ties / most) ** 0.5))) for one in shown]
    title = f"Network of {len(cluster.accounts)} accounts; the table below names them."
    parts = [f'<svg class="net" viewBox="0 0 {WIDE} {high}" role="img" aria-label="{title}">']
    parts += _lines(network.ties[cluster.number], spots)
    parts += [
        _dot(account, spot, size, class_of(account.community or 1) + (" leads" if leading(cluster, account) else ""))
        for account, spot, size in zip(shown, spots, sizes, strict=True)
    ]
    parts += _names(cluster, spots, sizes)
    return "".join([*parts, "</svg>"])


def all_groups(network: Network, alone: bool = False) -> str:
    """All groups in one picture, as far as it has room: each has its colour and its number.

    Args:
        alone: the picture as a file of its own.
    """
    shown: list[Cluster] = []
    accounts = 0
    for cluster in network.clusters:
        if shown and accounts + len(cluster.accounts) > DRAWN:
            break
        shown.append(cluster)
        accounts += min(len(cluster.accounts), DRAWN)
    if not shown:
        return _nothing(alone)
    boxes = []
    for cluster in shown:
        left, top = network.middles[cluster.number]
        boxes += [(x + left, y + top) for x, y in network.places[cluster.number][:DRAWN]]
    low_x, low_y = min(x for x, _ in boxes) - 1.3, min(y for _, y in boxes) - 1.9
    reach_x, reach_y = max(x for x, _ in boxes) + 1.3 - low_x, max(y for _, y in boxes) + 1.3 - low_y
    unit = min(ALL_WIDE / reach_x, max(ALL_HIGH / reach_y, 0.5 * ALL_WIDE / reach_x), 30.0)
    wide, high = ALL_WIDE, round(reach_y * unit)
    shift = (wide - reach_x * unit) / 2
    told = f"{len(shown)} groups with {accounts} accounts."
    head = f'<svg class="net" viewBox="0 0 {wide} {high}" role="img" aria-label="{told}"'
    parts = [head + (' xmlns="http://www.w3.org/2000/svg">' if alone else ">")]
    if alone:
        parts.append(f"<title>{told}</title><style>{_SCHEME}{css()}{_STYLE}</style>")
        parts.append('<rect width="100%" height="100%" fill="var(--sheet)"/>')
    for cluster in shown:
        left, top = network.middles[cluster.number]
        at = network.places[cluster.number][:DRAWN]
        spots = [(shift + (x + left - low_x) * unit, (y + top - low_y) * unit) for x, y in at]
        parts += _lines(network.ties[cluster.number], spots)
        most = max(cluster.accounts[0].ties, 1)
        for account, spot in zip(cluster.accounts, spots, strict=False):
            size = max(1.5, min(13.0, unit * (0.16 + 0.18 * (account.ties / most) ** 0.5)))
            ring = " leads" if leading(cluster, account) else ""
            parts.append(_dot(account, spot, size, class_of(cluster.number) + ring))
        x, y = spots[0][0], min(y for _, y in spots) - max(8.0, 0.5 * unit)
        x = sum(x for x, _ in spots) / len(spots)
        parts.append(f'<text x="{x:.1f}" y="{max(y, 13):.1f}" text-anchor="middle">{cluster.number}</text>')
    return "".join([*parts, "</svg>\n" if alone else "</svg>"])


def left_out(network: Network) -> str:
    """What the picture of all groups leaves out, in a sentence; "" if nothing."""
    accounts = shown = 0
    for cluster in network.clusters:
        if shown and accounts + len(cluster.accounts) > DRAWN:
            break
        shown, accounts = shown + 1, accounts + min(len(cluster.accounts), DRAWN)
    rest = len(network.clusters) - shown
    return f"{rest:,} smaller groups are not drawn." if rest else ""


def _nothing(alone: bool) -> str:
    if not alone:
        return ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 80"><style>{_SCHEME}{_STYLE}</style>'
        '<rect width="100%" height="100%" fill="var(--sheet)"/>'
        '<text x="160" y="44" text-anchor="middle">No group was found.</text></svg>\n'
    )


def _lines(ties: Sequence[Tie], spots: list[tuple[float, float]]) -> Iterator[str]:
    """Ties in three strengths, each one path: the most evident third is the darkest."""
    drawn = [one for one in ties if one.low < len(spots) and one.high < len(spots)]
    drawn = sorted(drawn, key=lambda one: (one.evidence, one.low, one.high))[-LINES:]
    third = -(-len(drawn) // 3)
    for name, start in (("weak", 0), ("middle", third), ("strong", 2 * third)):
        way = "".join(
            f"M{spots[one.low][0]:.1f} {spots[one.low][1]:.1f}L{spots[one.high][0]:.1f} {spots[one.high][1]:.1f}"
            for one in drawn[start : start + third]
        )
        if way:
            yield f'<path class="tie {name}" d="{way}"/>'


def _dot(account: Account, spot: tuple[float, float], size: float, classes: str) -> str:
    told = f"{in_line(account.called)}: {account.ties} ties, {account.acts} of {account.posts} posts"
    if account.meetings:
        told += f", first in {account.lead:.0%}"
    return (
        f'<circle class="{classes}" cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{size:.1f}">'
        f"<title>{escape(told)}</title></circle>"
    )


def _names(cluster: Cluster, spots: list[tuple[float, float]], sizes: list[float]) -> Iterator[str]:
    """Names below the accounts that matter most, where they do not run into each other."""
    order = sorted(range(len(spots)), key=lambda nth: (not leading(cluster, cluster.accounts[nth]), nth))
    taken: list[tuple[float, float, float]] = []
    for nth in order:
        if len(taken) >= NAMED:
            return
        called = in_line(cluster.accounts[nth].called)
        called = called if len(called) <= LONGEST else called[: LONGEST - 1] + "…"
        half = 3.9 * len(called) + 4
        x, y = spots[nth][0], spots[nth][1] + sizes[nth] + 13
        x = min(max(x, half + 2), WIDE - half - 2)
        if any(abs(x - other) < half + wide and abs(y - below) < 15 for other, below, wide in taken):
            continue
        rank = "" if len(taken) < 4 else ' class="minor"'
        taken.append((x, y, half))
        yield f'<text{rank} x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(called)}</text>'


def histogram_picture(histogram: Histogram, classes: dict[str, str]) -> str:
    """When a group acted, as an SVG element: bars of all signals, one on the other.

    Args:
        classes: the colours' classes by signal.
    """
    bins = len(next(iter(histogram.counts.values())))
    totals = [sum(of[place] for of in histogram.counts.values()) for place in range(bins)]
    top = _round_up(max(totals))
    broad = (WIDE - BARS_LEFT - 8) / bins
    floor, room = BARS_HIGH - BARS_BOTTOM, BARS_HIGH - BARS_BOTTOM - BARS_TOP
    title = f"Posts over time, at most {max(totals)} in {length_of(histogram.width)}."
    parts = [f'<svg class="net bars" viewBox="0 0 {WIDE} {BARS_HIGH}" role="img" aria-label="{title}">']
    for mark in (0, top / 2, top) if top % 2 == 0 else (0, top):
        y = floor - room * mark / top
        parts.append(f'<path class="tie weak" d="M{BARS_LEFT} {y:.1f}H{WIDE - 8}"/>')
        parts.append(f'<text class="tick" x="{BARS_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{mark:g}</text>')
    for place in range(bins):
        if totals[place]:
            parts.append(_bar(histogram, classes, place, (BARS_LEFT + place * broad, broad, room / top)))
    parts += _days(histogram, bins, broad)
    return "".join([*parts, "</svg>"])


def _bar(histogram: Histogram, classes: dict[str, str], place: int, size: tuple[float, float, float]) -> str:
    left, broad, tall = size
    floor = float(BARS_HIGH - BARS_BOTTOM)
    start = histogram.start + place * histogram.width
    told = ", ".join(f"{signal} {of[place]}" for signal, of in histogram.counts.items() if of[place])
    parts = [f"<g><title>{_clock(start)}, {length_of(histogram.width)}: {escape(told)}</title>"]
    wide = max(broad - 1.2, 0.8)
    for signal, of in histogram.counts.items():
        if of[place]:
            high = max(of[place] * tall, 0.8)
            floor -= high
            name = classes[signal]
            parts.append(
                f'<rect class="{name}" x="{left:.1f}" y="{floor:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'
            )
    return "".join([*parts, "</g>"])


def _days(histogram: Histogram, bins: int, broad: float) -> Iterator[str]:
    """The time at the start, in the middle and at the end."""
    marks = (0, bins // 2, bins - 1) if bins > 8 else (0, bins - 1) if bins > 1 else (0,)
    for place in marks:
        x = BARS_LEFT + (place + 0.5) * broad
        anchor = "start" if place == 0 else "end" if place == bins - 1 else "middle"
        x += -broad / 2 if anchor == "start" else broad / 2 if anchor == "end" else 0
        moment = histogram.start + place * histogram.width
        said = _clock(moment) if histogram.width < 86_400_000_000 else _clock(moment)[:10]
        name = "tick mid" if anchor == "middle" else "tick"
        yield f'<text class="{name}" x="{x:.1f}" y="{BARS_HIGH - 10}" text-anchor="{anchor}">{said}</text>'


def _round_up(number: int) -> int:
    step = 10 ** max(len(str(number)) - 2, 0)
    return -(-number // (2 * step)) * 2 * step if number > 10 else max(number, 1)


def _clock(moment: int) -> str:
    try:
        return f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment):%Y-%m-%d %H:%M}"
    except OverflowError:
        return ""


def length_of(width: int) -> str:
    """A length of time in words: microseconds as "6 hours"."""
    for name, unit in (("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60)):
        count = width / 1e6 / unit
        if count >= 1 and count == int(count):
            return f"{count:g} {name}{'' if count == 1 else 's'}"
    seconds = width / 1e6
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"
