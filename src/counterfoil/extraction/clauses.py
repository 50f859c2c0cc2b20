"""A claim of an operation as a clause of the text, and where such a clause ends."""

from dataclasses import dataclass

from counterfoil.extraction.english_tokens import tokens
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.noun_phrases import NounPhrase

LONGEST = 300  #: letters of a clause
_END = Expression(
    r", (?:and|but|while|whereas|although|though|according|as well|which|who|where|when|prompting|citing|despite|"
    r"because|officials|said|the report|an? (?:claim|allegation|story|rumou?r|narrative)|adding|using|drawing|"
    r"with|in an?|on|via|through|across)\b"
    r"|,? and (?:that|accus\w+|blam\w+|claim\w*|portray\w*|alleg\w*|urg\w+|call\w+|label\w*|mock\w*|prais\w+|"
    r"promot\w+|post\w+|shar\w+|spread\w*|was|were|had)\b"
    r"|,? and \w{3,15}ing (?:that|the|an?|his|her|its|their|[A-Z]\w+) "
    r"|(?<!to) (?:spread|spread quickly|circulated|surfaced|went viral) (?:on|in|within|across|via|through|online|"
    r"over)\b"
    r"| (?:originat(?:ed|es)|(?:first|later|soon|quickly) (?:appeared|surfaced|spread)|gained traction|took hold|"
    r"took off|"
    r"(?:was|were|could be|has been|have been) (?:traced|seeded|amplified|debunked|viewed|boosted)|"
    r"(?:has|have) circulated|dates back|(?:made|did) the rounds|reached (?:more|over|at least|about|some) )\b"
    r"|[;:–—]| \((?![A-Z]{2,8}\))|,? (?:in order to|before|on (?:Facebook|Telegram|X|TikTok|YouTube|Instagram|"
    r"WhatsApp|Twitter))\b"
)


#: The outer sentence behind a clause in the middle of it: "the claim, that … , was repeated".
_GOES_ON = Expression(
    r", (?:was|were|is|are|has|have|had|originat\w+|appeared|emerged|surfaced|spread|circulated|began|went|drew|"
    r"reached|"
    r"came|gained|accounts? for|accounted|said|says|wrote|writes|argued|adds?|added|told)\b"
)
_VERBS = frozenset("XVE")


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
    end = _own_end(text, start, stop.start() if stop else limit)
    clause = text[start:end]
    for opening, closing in (("“", "”"), ("«", "»")):
        if opening not in clause:  # the clause stands inside a quotation that ends here
            clause = clause.partition(closing)[0]
    return start + len(clause.rstrip(" .,!?;\n"))


def _own_end(text: str, start: int, end: int) -> int:
    """Where the outer sentence goes on: a comma that closes no insertion, with a verb before and behind it."""
    for further in _GOES_ON.finditer(text, start, end):
        commas = text.count(",", start, further.start())
        if commas % 2 == 0 and any(token.kind in _VERBS for token in tokens(text, start, further.start())[1:]):
            return further.start()
    return end
