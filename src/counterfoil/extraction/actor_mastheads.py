"""Who publishes a report, where its first lines say so in capitals: "BALTIC RESILIENCE UNIT"."""

import re
from collections.abc import Iterable, Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.institutions import BY_FORM
from counterfoil.extraction.naming import Named
from counterfoil.extraction.state_ties import state_within

_TOP = 500  #: letters in which a report says who publishes it
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ’'&.\-]{1,24}"
_LINE = Expression(
    rf"(?:^|\n)\s{{0,3}}(?P<name>{_CAPITALS}(?: (?:OF|FOR|THE|AND|DE|LA|DES|DU|&|{_CAPITALS})){{1,7}})(?=\s|$)",
    re.MULTILINE,
)
_BODIES = Expression(
    r"\b(?:INSTITUTE|CENTRE|CENTER|LAB|LABORATORY|OBSERVATORY|COUNCIL|COMMISSION|COMMITTEE|AGENCY|SERVICE|BUREAU|FOUNDATION|"
    r"UNIT|DEPARTMENT|MINISTRY|OFFICE|MISSION|NETWORK|PROJECT|ALLIANCE|COALITION|FORUM|INITIATIVE|AUTHORITY|DIRECTORATE|"
    r"FUNDACIÓN|INSTITUTO|OBSERVATORIO|LABORATORIO|INSTITUT|OBSERVATOIRE|LABORATOIRE|FONDATION|COLLECTIF|STIFTUNG|"
    r"BUNDESAMT|MINISTERIUM|WATCH|PARTNERSHIP|CONSORTIUM|THINK TANK|ASSOCIATION)\b"
)
_OUTLETS = Expression(r"\b(?:NEWS|TIMES|POST|HERALD|TRIBUNE|GAZETTE|OBSERVER|JOURNAL|COURIER|DISPATCH|CHRONICLE)\b")


def mastheads(text: str, named: Iterable[Named]) -> Iterator[Named]:
    """The publisher, if one of the first lines is or begins with its name in capitals and nothing else tells it."""
    told = {naming.name.casefold() for naming in named}
    for match in _LINE.finditer(text, 0, _TOP):
        name = match["name"]
        kind = "agency" if _BODIES.search(name) else "outlet" if _OUTLETS.search(name) else ""
        if kind and not any(one in name.casefold() for one in told):
            yield Named(match.start("name"), name, kind, state_within(name.title()), f"a masthead {BY_FORM}")
            return
