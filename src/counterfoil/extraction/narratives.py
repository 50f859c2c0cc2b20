"""Narratives: what the operation says, where the text puts it as a clause."""

from counterfoil.extraction.claims import examined
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.foreign_claims import foreign
from counterfoil.extraction.reading import Reading
from counterfoil.model.extraction import Extraction, Narrative

_SHORTEST = 8
#: The start of the outer sentence's rest behind a clause in the middle of it.
_CUT_OFF = Expression(r",(?: (?:was|were|is|are|has|have|had|and|but|which|who))?$")


def find(reading: Reading, found: Extraction) -> tuple[Narrative, ...]:
    """The narratives of the text, in text order; what trackers, officials and reporters say is none."""
    operating, claims = examined(reading, found)
    ranges = [(claim.start, claim.end) for claim in claims]
    ranges += [(said.start, said.end) for said in foreign(reading) if said.is_claim]
    items: list[Narrative] = []
    done = 0
    for start, end in sorted(ranges):
        end = cut.start() if (cut := _CUT_OFF.search(reading.text, start, end)) else end
        if start < done or end - start < _SHORTEST:
            continue  # a clause inside the clause is a part of it
        done = end
        span = reading.span(start, end)
        sentence, _ = reading.sentence(start)
        items.append(Narrative(span.quote, (span,), operating.by(sentence, start)))
    return tuple(items)
