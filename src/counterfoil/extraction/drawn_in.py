"""People whom the sentences about an operation's contents draw in, whatever words say so.

Who is named where a report tells what was posted, faked or spread is hardly ever named for another reason: unless
they speak, find, praise or are praised, run the operation, or act on their own account.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.english_tokens import Token, tokens
from counterfoil.extraction.english_words import forms_of
from counterfoil.extraction.given_names import is_given, is_person
from counterfoil.extraction.noun_phrases import NounPhrase, phrases_in
from counterfoil.extraction.operating import WORDS, Operating, Side
from counterfoil.extraction.phrase_cores import TITLES
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.target_places import Hit

_CONTENT = re.compile(
    r"(?i)\b(?:posts?|posted|memes?|deepfakes?|fakes?|faked|forged|doctored|fabricated|bogus|cartoons?|trolls?|"
    r"bots?|invective|"
    r"abuse|smears?|hoax(?:es)?|disinformation|rumou?rs?|falsehoods?|slurs|sockpuppets?|hashtags?|pieces|"
    r"(?:the|its|their|these) (?:network|operation|campaign|articles|videos|clips?|accounts|pages|channels?|"
    r"messages|sites|operators))\b"
)
_NOT_OF_OPERATION = re.compile(
    r"(?i)\b(?:sanction\w{0,25}|charged|indict\w{0,25}|convict\w{0,25}|sentenced|arrested|extradit\w{0,25}|"
    r"prais\w{1,25}|applaud\w{0,25}|lauded|thank\w{0,25}|"
    r"endors\w{1,25}|in support of|supportive|favourable|favorable|interview\w{0,25}|research\w{0,25}|stud(?:y|"
    r"ies|ied)|analys\w{1,25}|report by|"
    r"investigat\w{1,25}|photographs? by|copyright|written by|run by|employ\w{0,25}|director|founder|owner|paid "
    r"by|hired|financed|sponsor\w{0,25}|"
    r"company|firm|contractor|former employee|registered|previous|unrelated|stolen from|not among|no target)\b"
)
_OWN_DOING = re.compile(
    r"(?i)(?:\b(?:by|with|from|told|asked|to|via|named|signed|citing|quoting|says|said|adds|added|according to|"
    r"like|as|mr|ms|mrs) "
    r"(?:the |its |their |a |an )?(?:[\w\-]+ ){0,3})$"
)
_APPEARS = frozenset("figures figured features featured appears appeared".split())


def drawn_in(reading: Reading, operating: Operating) -> Iterator[Hit]:
    """A hit for each such person."""
    text, done = reading.text, -1
    for match in _CONTENT.finditer(text):
        sentence = operating.sentence(match.start())
        if match.start() < done or sentence is None:
            continue
        start, done = sentence
        if _NOT_OF_OPERATION.search(text, start, done) or not operating.told(match.start()):
            continue
        if _has_person(text, start, done):
            for phrase in phrases_in(text, start, done):
                if _is_drawn(text, phrase, start, done, operating):
                    whole = NounPhrase(*phrase.name, "", phrase.name) if phrase.inner and phrase.name else phrase
                    yield Hit(whole, phrase.start, firm=False, claimed=True)


def _has_person(text: str, start: int, end: int) -> bool:
    words = tokens(text, start, end)
    return any(word.kind == "C" and (is_given(text[word.start : word.end]) or word.lower in TITLES) for word in words)


def _is_drawn(text: str, phrase: NounPhrase, start: int, end: int, operating: Operating) -> bool:
    if phrase.name is None or not is_person(text[slice(*phrase.name)]):
        return False
    if phrase.head in WORDS["reporting"] - WORDS["community"] - TITLES or operating.side(phrase) is Side.OPERATION:
        return False
    if phrase.head in _OBSERVING or _OWN_DOING.search(text[max(start, phrase.start - 60) : phrase.start]):
        return False
    behind = [token for token in tokens(text, phrase.end, min(end, phrase.end + 60)) if token.kind not in ("B", ",")]
    return not _acts(behind, text[start : phrase.start])


def _acts(behind: list[Token], before: str) -> bool:
    """Whether somebody does what follows of their own accord: "N, who debunked it", "N asked TikTok for data"."""
    if not behind or behind[0].lower in _APPEARS:
        return False
    if behind[0].lower in ("who", "whose", "whom"):
        return len(behind) > 1 and behind[1].lower in _FINDING
    if re.search(
        r"\b(?:that|if|whether|had|have|has|let|made|make|see|show(?:s|ed|ing)?) (?:the )?(?:[\w\-]+ ){0,2}$", before
    ):
        return False
    return behind[0].kind in ("E", "V", "X")


_FINDING = forms_of(
    *"find/found/found debunk see/saw/seen discover notice refute say/said/said write/wrote/written collect "
    "report ask analyse analyze track study warn tell/told/told expose uncover document first describe monitor "
    "follow cover verify check".split()
)
_OBSERVING = frozenset(
    "analyst researcher spokesperson spokesman spokeswoman author reporter investigator expert professor "
    "lecturer fellow "
    "scholar correspondent photographer director founder owner colleague analysts researchers".split()
)
