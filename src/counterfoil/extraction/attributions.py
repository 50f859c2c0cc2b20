"""Attributions: who is said to act for whom, by whom, how strongly.

Always a wording that attributes, never a country's mere mention: a tie inside a name's own phrase ("China-linked
influence actor X"), a clause that says who is behind what ("X is run by Y", "Z attributes X to Y"), blame, a
sanctions notice, or a denial ("the embassy denied any link"). A report's own words are its publisher's.
"""

from collections.abc import Iterator

from counterfoil.extraction.attribution_abroad import claims_abroad
from counterfoil.extraction.attribution_blame import blames, compounds, descriptions, listings
from counterfoil.extraction.attribution_claims import Readers
from counterfoil.extraction.attribution_clauses import Clauses
from counterfoil.extraction.attribution_denials import denials
from counterfoil.extraction.attribution_foreign import foreign_claims
from counterfoil.extraction.attribution_gates import kept, undenied
from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.attribution_relations import relations
from counterfoil.extraction.attribution_sources import Sources
from counterfoil.extraction.attribution_sponsors import Sponsors
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.extraction.reading import Reading
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Attribution, Extraction


def find(reading: Reading, found: Extraction) -> tuple[Attribution, ...]:
    """The attributions of the text, in text order."""
    if not found.actors:
        return ()
    parties = Parties(reading, found)
    claims = list(kept(parties, _claims(parties, found)))
    unknown = _unknown(parties, claims)
    if unknown:  # "run by X, a firm in Y": what else is said of X is read once it is known for somebody
        parties = Parties(reading, found, unknown)
        claims = list(kept(parties, _claims(parties, found)))
    denied = list(denials(parties, claims))
    claims = [*undenied(claims, denied), *denied]
    spans: dict[tuple[str, str, str, str], set[Span]] = {}
    sure: dict[tuple[str, str, str, str], str] = {}
    for item in _said_once(claims, parties.publisher):
        told = parties.kind_of.get(item.by) in INFLUENCE  # what an operation says attributes nothing
        if item.actor and item.actor != item.to and not told:
            claim = (item.actor, item.to, item.by, item.strength)
            spans.setdefault(claim, set()).update(item.spans)
            sure[claim] = item.confidence or sure.get(claim, "")
    items = [Attribution(*claim, tuple(sorted(places)), sure[claim]) for claim, places in spans.items()]
    return tuple(sorted(items, key=lambda item: (item.spans[0], item.actor, item.to)))


def _claims(parties: Parties, found: Extraction) -> list[Attribution]:
    """The claims of every kind but the denials."""
    clauses = Clauses(parties)
    readers = Readers(parties, clauses, Sponsors(parties), Sources(parties, clauses))
    claims = [*compounds(readers, found.actors), *descriptions(readers), *relations(readers)]
    claims += [*blames(readers), *listings(readers), *foreign_claims(readers)]
    told = {(claim.actor, claim.to) for claim in claims}
    return claims + [claim for claim in claims_abroad(readers) if (claim.actor, claim.to) not in told]


def _unknown(parties: Parties, claims: list[Attribution]) -> frozenset[str]:
    """Bodies that a claim names and that no rule for actors knew, if the text has more to say of them."""
    states = set(parties.state_name.values())
    return frozenset(
        claim.to
        for claim in claims
        if claim.to[:1].isupper()
        and claim.to not in parties.kind_of
        and claim.to not in states
        and parties.text.count(claim.to) > 1
    )


def _said_once(claims: list[Attribution], publisher: str) -> Iterator[Attribution]:
    """Claims, where one that nobody in particular makes counts as made by the one who makes the same claim.

    The report's own voice yields to a source that the same words name.
    """
    makers: dict[tuple[str, str, str], set[str]] = {}
    named: dict[tuple[str, str], list[Span]] = {}
    for claim in claims:
        if claim.by and claim.by != publisher and claim.strength != "denied":
            named.setdefault((claim.actor, claim.to), []).extend(claim.spans)
    for claim in claims:
        if claim.by:
            makers.setdefault((claim.actor, claim.to, claim.strength), set()).add(claim.by)
    for claim in claims:
        if claim.by in ("", publisher) and claim.strength != "denied":
            others = named.get((claim.actor, claim.to), [])
            if any(one.start < span.end and span.start < one.end for one in others[:20] for span in claim.spans):
                continue
        by = makers.get((claim.actor, claim.to, claim.strength), set())
        if not claim.by and len(by) == 1:
            maker = next(iter(by))
            claim = Attribution(claim.actor, claim.to, maker, claim.strength, claim.spans, claim.confidence)
        yield claim
