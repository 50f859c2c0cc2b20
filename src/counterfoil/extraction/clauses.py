"""A claim of an operation as a clause of the text, and where such a clause ends."""

import re
from dataclasses import dataclass

from counterfoil.extraction.noun_phrases import NounPhrase

LONGEST = 300  #: letters of a clause
_END = re.compile(
    r", (?:and|but|while|whereas|although|though|according|as well|which|who|where|when|prompting|citing|despite|"
    r"because|officials|said|the report|an? (?:claim|allegation|story|rumou?r|narrative)|adding|using|drawing|"
    r"with|in an?|on|via|through|across)\b"
    r"|,? and (?:that|accus\w+|blam\w+|claim\w*|portray\w*|alleg\w*|urg\w+|call\w+|label\w*|mock\w*|prais\w+|"
    r"promot\w+|post\w+|shar\w+|spread\w*|was|were|had)\b"
    r"|,? and \w{3,15}ing (?:that|the|an?|his|her|its|their|[A-Z]\w+) "
    r"|(?<!to) (?:spread|spread quickly|circulated|surfaced|went viral) (?:on|in|within|across|via|through|online|"
    r"over)\b"
    r"|[;:–—]| \((?![A-Z]{2,8}\))|,? (?:in order to|before|on (?:Facebook|Telegram|X|TikTok|YouTube|Instagram|"
    r"WhatsApp|Twitter))\b"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """`text[start:end]` is what the operation says; `of` whom it is said, `verb` where the telling word stands."""

    start: int
    end: int
    verb: int
    of: NounPhrase | None
    judged: bool = False  #: "accused N of theft" rather than "claimed that N …"


def clause_end(text: str, start: int, limit: int) -> int:
    """Where the clause ends that begins at `start`."""
    limit = min(limit, start + LONGEST)
    stop = _END.search(text, start, limit)
    end = stop.start() if stop else limit
    clause = text[start:end]
    for opening, closing in (("“", "”"), ("«", "»")):
        if opening not in clause:  # the clause stands inside a quotation that ends here
            clause = clause.partition(closing)[0]
    return start + len(clause.rstrip(" .,!?;\n"))
