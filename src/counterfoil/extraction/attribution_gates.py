"""What no attribution is, whatever the words: a responder's sponsor, a study's funder, a sponsor that is anybody.

Who investigates, is quoted or takes accounts down acts for nobody: an agency, a company or a newsroom that makes
claims itself is an actor only of those who employ it by its state.
"""

from collections.abc import Iterable, Iterator

from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.model.extraction import Attribution

#: "This work was supported by the Research Council of X": an acknowledgement.
_FUNDED = Expression(
    r"\b(?:[Tt]his|[Tt]he|[Oo]ur|[Tt]hat) (?:present |joint )?(?:work|study|research|article|paper|survey|"
    r"analysis|thesis|"
    r"report|publication|fieldwork)(?: (?:of|on|into) [^.;\n]{2,60}?)? (?:was|is|were|has been|received) "
    r"(?:\w+ )?(?:support\w*|fund\w*|financ\w*|sponsor\w*|made possible|commissioned)"
)
#: "a commercial provider", "some contractor": nobody in particular
_ANYBODY = Expression(
    r"(?:[a-z\-]{1,20} ){0,6}(?:providers?|contractors?|compan(?:y|ies)|firms?|customers?|clients?|agenc(?:y|ies)|"
    r"actors?|vendors?|"
    r"entit(?:y|ies)|individuals?|people|persons?|services|someone|somebody|outfits?|groups?|parties|"
    r"(?:prime )?ministers?|president|government|parliament|board|ministry|cabinet)"
)
_RESPONDS = Expression(
    r"\b(?:CERT|CSIRT|Cyber Security Centre|Research Council|University|Observatory|Fact-?check\w*|Lab|Labs|"
    r"Institute|"
    r"Institut|Instituto|Police|Prosecutor\w*|Court|Commission|Committee|Electoral|Parliament|Senate|Watch)\b"
)
#: A state's office: it acts for its own state, if for any.
_OFFICE = Expression(
    r"\b(?:Bureau|Directorate|Ministry|Department|Service|Establishment|Council|Office|Bundesamt|Centre|Center|"
    r"Embassy|"
    r"Government|Administration|Authority|Inspectorate)(?: |$)"
)


def kept(parties: Parties, claims: Iterable[Attribution]) -> Iterator[Attribution]:
    """The claims that stand."""
    claims = list(claims)
    accusers = {claim.by for claim in claims if claim.by and claim.strength != "denied"}
    accused = {claim.to for claim in claims if claim.strength != "denied"} - accusers
    for claim in claims:
        acts = claim.actor in accused or _may_act(parties, claim, accusers)
        if acts and not _is_anybody(claim) and not _is_funding(parties, claim):
            yield claim


def _may_act(parties: Parties, claim: Attribution, accusers: set[str]) -> bool:
    """Whether somebody may be said to act for another: no responder."""
    name = claim.actor
    kind = parties.kind_of.get(name, "actor")
    if kind in INFLUENCE or kind == "person":
        return True
    if parties.is_onlooker(name) or parties.is_platform(name) or name in (parties.publisher, claim.by):
        return claim.strength == "denied" and name == claim.by
    if name in accusers:
        return False
    if kind != "agency" and _OFFICE.search(name) is None:
        return True
    state = parties.state_name.get(parties.state_of.get(name, ""), "")
    sponsors = parties.state_of.get(claim.to) or ""
    own = claim.to == state or (bool(sponsors) and parties.state_name.get(sponsors) == state)
    return own or (not state and _RESPONDS.search(name) is None and _OFFICE.search(name) is None)


def _is_anybody(claim: Attribution) -> bool:
    return claim.to[:1].islower() and _ANYBODY.fullmatch(claim.to) is not None


def _is_funding(parties: Parties, claim: Attribution) -> bool:
    """Whether the words acknowledge who paid for a study."""
    return any(_FUNDED.search(parties.text, max(0, span.start - 90), span.end) for span in claim.spans)


def undenied(claims: Iterable[Attribution], denials: Iterable[Attribution]) -> Iterator[Attribution]:
    """The claims but those that only a denial quotes: "called claims that Y was behind X groundless"."""
    denied: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for denial in denials:
        denied.setdefault((denial.actor, denial.to), []).extend((span.start, span.end) for span in denial.spans)
    for claim in claims:
        places = denied.get((claim.actor, claim.to), [])[:40] if claim.strength == "alleged" and not claim.by else []
        span = claim.spans[0]
        if not any(start < span.end and span.start < end for start, end in places):
            yield claim
