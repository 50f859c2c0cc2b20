"""The network as GEXF 1.3 (Gephi, with places, sizes and colours) and as GraphML (most other tools).

Written line by line, so that a network of any size takes no memory, and the same bytes come of the same network (the
format's date of modification is left out).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from counterfoil.detect.clusters import Account, Cluster
from counterfoil.detect.network import Network, Tie, leading
from counterfoil.detect.network_colours import rgb_of

SCALE = 40  #: of GEXF's places: distance of near neighbours
#: what XML 1.0 cannot hold, not even as a reference
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: marks that turn the direction of all that follows: outside of a name's own box they would turn the words around it
_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
Values = list[tuple[str, str, str]]  #: name, type (string, integer, double, boolean), value
NODES = (
    ("account", "string"),
    ("platform", "string"),
    ("handle", "string"),
    ("name", "string"),
    ("cluster", "integer"),
    ("finding", "string"),
    ("community", "integer"),
    ("ties", "integer"),
    ("posts", "integer"),
    ("acts", "integer"),
    ("lead", "double"),
    ("leads", "boolean"),
    ("signals", "string"),
)
EDGES = (
    ("cluster", "integer"),
    ("signals", "string"),
    ("met", "integer"),
    ("evidence", "double"),
    ("q", "double"),
    ("source_first", "double"),
    ("first", "string"),
    ("last", "string"),
)
_GRAPHML = {"integer": "int", "string": "string", "double": "double", "boolean": "boolean"}


def plain(text: str) -> str:
    """The text without what XML cannot hold; each such character becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def in_line(text: str) -> str:
    """A name as it can stand in the middle of a sentence: one line, nothing that turns what follows."""
    return " ".join(_TURNING.sub("", plain(text)).split())


def write_gexf(network: Network, ids: dict[int, str], out: TextIO) -> None:
    """The network as GEXF 1.3.

    Args:
        ids: the findings' by group.
    """
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n'
        "<meta><creator>Counterfoil</creator>"
        "<description>Accounts that act together more often than chance would have it</description></meta>\n"
        '<graph defaultedgetype="undirected" mode="static">\n'
    )
    number = {"node": NODES, "edge": EDGES}
    for kind, columns in number.items():
        out.write(f'<attributes class="{kind}">\n')
        out.writelines(f'<attribute id="{name}" title="{name}" type="{of}"/>\n' for name, of in columns)
        out.write("</attributes>\n")
    out.write("<nodes>\n")
    for cluster, nth, account in _accounts(network):
        x, y = network.places[cluster.number][nth]
        left, top = network.middles[cluster.number]
        red, green, blue = rgb_of(account.community or cluster.number)
        size = round(8 + 14 * (account.ties / max(cluster.accounts[0].ties, 1)) ** 0.5, 2)
        out.write(
            f'<node id="{_id(cluster, nth)}" label={_attribute(account.called)}>'
            f"<attvalues>{_gexf_values(_node(cluster, account, ids))}</attvalues>"
            f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
            f'<viz:position x="{(x + left) * SCALE:.2f}" y="{0.0 - (y + top) * SCALE:.2f}" z="0.0"/>'
            f'<viz:size value="{size}"/></node>\n'
        )
    out.write("</nodes>\n<edges>\n")
    for nth, (cluster, tie) in enumerate(_ties(network)):
        out.write(
            f'<edge id="e{nth}" source="{_id(cluster, tie.low)}" target="{_id(cluster, tie.high)}" '
            f'weight="{max(tie.met, 1)}"><attvalues>{_gexf_values(_edge(tie))}</attvalues></edge>\n'
        )
    out.write("</edges>\n</graph>\n</gexf>\n")


def write_graphml(network: Network, ids: dict[int, str], out: TextIO) -> None:
    """The network as GraphML."""
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
        'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    for kind, columns in (("node", (*NODES, *_PLACE)), ("edge", (*EDGES, ("weight", "double")))):
        out.writelines(
            f'<key id="{kind[0]}_{name}" for="{kind}" attr.name="{name}" attr.type="{_GRAPHML[of]}"/>\n'
            for name, of in columns
        )
    out.write('<graph edgedefault="undirected">\n')
    for cluster, nth, account in _accounts(network):
        (x, y), (left, top) = network.places[cluster.number][nth], network.middles[cluster.number]
        at = [("x", "double", f"{(x + left) * SCALE:.2f}"), ("y", "double", f"{0.0 - (y + top) * SCALE:.2f}")]
        called = [("label", "string", account.called)]
        out.write(f'<node id="{_id(cluster, nth)}">')
        out.write(f"{_data('n', [*called, *_node(cluster, account, ids), *at])}</node>\n")
    for nth, (cluster, tie) in enumerate(_ties(network)):
        weight = [("weight", "double", str(max(tie.met, 1)))]
        out.write(f'<edge id="e{nth}" source="{_id(cluster, tie.low)}" target="{_id(cluster, tie.high)}">')
        out.write(f"{_data('e', [*_edge(tie), *weight])}</edge>\n")
    out.write("</graph>\n</graphml>\n")


_PLACE = (("label", "string"), ("x", "double"), ("y", "double"))


def _accounts(network: Network) -> Iterator[tuple[Cluster, int, Account]]:
    for cluster in network.clusters:
        for nth, account in enumerate(cluster.accounts):
            yield cluster, nth, account


def _ties(network: Network) -> Iterator[tuple[Cluster, Tie]]:
    for cluster in network.clusters:
        for tie in network.ties[cluster.number]:
            yield cluster, tie


def _id(cluster: Cluster, nth: int) -> str:
    # Accounts of two platforms may have the same key, and a key may be anything: ids are our own.
    return f"c{cluster.number}a{nth + 1}"


def _node(cluster: Cluster, account: Account, ids: dict[int, str]) -> Values:
    values: dict[str, object] = {
        "account": account.key,
        "platform": account.platform,
        "handle": account.handle,
        "name": account.name,
        "cluster": cluster.number,
        "finding": ids.get(cluster.number, ""),
        "community": account.community,
        "ties": account.ties,
        "posts": account.posts,
        "acts": account.acts,
        "lead": account.lead,
        "leads": leading(cluster, account),
        "signals": " ".join(account.signals),
    }
    return [(name, of, _said(values[name])) for name, of in NODES]


def _edge(tie: Tie) -> Values:
    values: dict[str, object] = {
        "cluster": tie.cluster,
        "signals": " ".join(tie.signals),
        "met": tie.met,
        "evidence": tie.evidence,
        "q": None if tie.q is None else float(f"{tie.q:.6g}"),
        "source_first": tie.ahead,
        "first": None if tie.first is None else _moment(tie.first),
        "last": None if tie.last is None else _moment(tie.last),
    }
    return [(name, of, _said(values[name])) for name, of in EDGES if values[name] is not None]


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _moment(moment: int) -> str:
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return ""


def _gexf_values(values: Values) -> str:
    return "".join(
        f'<attvalue for="{name}" value={_attribute(value) if of == "string" else _quoted(value)}/>'
        for name, of, value in values
    )


def _data(kind: str, values: Values) -> str:
    return "".join(
        f'<data key="{kind}_{name}">{escape(plain(value)) if of == "string" else value}</data>'
        for name, of, value in values
    )


def _quoted(value: str) -> str:
    return f'"{value}"'


def _attribute(value: str) -> str:
    # Line ends in an attribute would be read back as blanks, unless they are references.
    return quoteattr(plain(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
