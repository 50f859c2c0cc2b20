"""Companies that a text calls one: "the marketing firm X", "PR company X", "the consultancies X and Y"."""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import Named
from counterfoil.extraction.not_names import is_name
from counterfoil.extraction.organisations import known

#: Words for a firm. "Agency", "vendor" and "corporation" may be a state's and need their trade before them.
_ONE = "firm|company|consultancy|conglomerate|startup|start-up|subsidiary|agency|vendor|corporation"
_MANY = "firms|companies|consultancies|conglomerates|startups|start-ups|subsidiaries|agencies|vendors|corporations"
_NEEDS_TRADE = ("agenc", "vendor", "corporation")
_TRADE_BEFORE = Expression(
    r"\b(?:PR|public[ -]relations|marketing|advertising|ad|communications?|digital|social[ -]media|influencer|creative|"
    r"branding|media[ -]buying|reputation|spyware|surveillance|shell) $",
    re.IGNORECASE,
)
_CALLED = r"(?: (?:called|named|known as))?"
_CAP = r"(?:[A-ZÀ-ÞА-Я]|\d(?=[A-Za-z]))[\w’'&\-]{1,30}"
_PLAIN = rf"{_CAP}(?: {_CAP}){{0,3}}"
_NAME = rf"(?:[“\"«]{_PLAIN},?[”\"»]|{_PLAIN})"
_ONE_NAMED = Expression(rf"(?:{_ONE}){_CALLED} (?P<names>{_NAME})")
_MANY_NAMED = Expression(rf"(?:{_MANY}){_CALLED} (?P<names>{_NAME}(?:, {_NAME}){{0,6}},? and {_NAME})")
_EACH = Expression(_PLAIN)
#: "in company Ann" is an idiom, "no company Ann knows" is about none.
_NO_FIRM_BEFORE = Expression(r"\b(?:[Ii]n|[Nn]o|[Aa]ny|[Ee]very|[Ee]ach|[Ww]hich|[Kk]eep|[Kk]eeps|[Kk]ept) $")
#: Capitalised words behind a firm's name that are not part of it: "the company Acme Chief Executive Ann Lee".
_OFFICES = frozenset(
    "CEO CTO CFO COO CISO Chief Executive President Vice Director Founder Co-founder Chairman Chairwoman Chair "
    "Head Owner Manager Spokesman Spokeswoman Spokesperson Inc Ltd LLC GmbH".split()
)
#: Last words that make any words before them a firm's name ("Social Design Agency").
_FIRM_WORDS = frozenset(
    "Agency Group Media Solutions Technologies Labs Consulting Communications Partners Holding Holdings Systems "
    "Marketing Studio Studios Digital Networks Strategies Advisors Associates".split()
)
#: "the firm Ann Lee founded in May", "the company Tesla hired": who is named there is not the firm.
_NAMED_IS_DOER = Expression(
    r" (?:(?:has|had|have|once|also|later|then|now|previously) ){0,2}(?:"
    r"(?:hired|paid|used|uses|bought|acquired|sold|owns|owned|founded|co-founded|runs|ran|controls|controlled|heads|"
    r"headed|led|leads|identified|identifies|named|names|calls|called|dubbed|dubs|tracks|tracked|accused|accuses|"
    r"blamed|blames|contracted|works|worked|created|set up|built|registered)(?= (?:to|for|in|as|on|at|with|was|were|"
    r"is|and|but|last|earlier|when|while|after|before|until|from|by|through)\b|[.,;:)\n]|\s*$)"
    r"|(?:said|says|believes|alleges|alleged|claimed) (?:was|is|were|had|has|would)\b)"
)
#: "the company Slack channel", "the company Christmas party": the name says which channel or party.
_THING_AFTER = Expression(
    r" (?:accounts?|pages?|profiles?|repositor(?:y|ies)|websites?|sites?|blogs?|channels?|servers?|e-?mails?|"
    r"executives?|employees?|officials?|phones?|part(?:y|ies)|calls?|departments?|offices?|polic(?:y|ies)|events?|"
    r"meetings?|cards?)\b"
)


def firms(text: str) -> Iterator[Named]:
    """Every naming of a company by the word for it."""
    for pattern in (_ONE_NAMED, _MANY_NAMED):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 20) : match.start()]
            inside = before[-1:].isalnum() or before.endswith(("-", "_"))
            trade = not match.group().startswith(_NEEDS_TRADE) or _TRADE_BEFORE.search(before)
            if trade and not inside and not _NO_FIRM_BEFORE.search(before):
                yield from _each(text, match)


def _each(text: str, match: re.Match[str]) -> Iterator[Named]:
    said = match.group()[: match.start("names") - match.start()].rstrip(' “"«')
    for one in _EACH.finditer(text, *match.span("names")):
        name = _without_offices(one.group())
        end = one.start() + len(name)
        other = _NAMED_IS_DOER.match(text, end, end + 80) or _THING_AFTER.match(text, end)
        if name and not other and name not in known() and (is_name(name) or _ends_as_firm(name)):
            yield Named(one.start(), name, "company", "", f"called “{said}”")


def _without_offices(name: str) -> str:
    """The words before an officer's title, without a possessive."""
    kept: list[str] = []
    for word in name.split(" "):
        if word in _OFFICES:
            break
        kept.append(word)
        if word.endswith(("’s", "'s")):
            break
    return re.sub(r"['’]s?$", "", " ".join(kept))


def _ends_as_firm(name: str) -> bool:
    first, _, rest = name.partition(" ")
    return name.split(" ")[-1] in _FIRM_WORDS and bool(rest) and first not in ("The", "A", "An", "In", "On")
