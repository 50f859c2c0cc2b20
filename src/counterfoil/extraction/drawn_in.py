"""People whom the sentences about an operation's contents draw in, whatever words say so.

Who is named where a report tells what was posted, faked or spread is hardly ever named for another reason: unless
they speak, find, praise or are praised, run the operation, or act on their own account.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.english_tokens import Token, tokens
from counterfoil.extraction.english_words import forms_of
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.named_people import named_people
from counterfoil.extraction.noun_phrases import NounPhrase
from counterfoil.extraction.operating import WORDS, Operating, Side
from counterfoil.extraction.phrase_cores import TITLES
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.target_places import Hit

_CONTENT = Expression(
    r"(?i)\b(?:posts?|posted|memes?|deepfakes?|deepfaked|fakes?|faked|forged|doctored|fabricated|bogus|cartoons?|"
    r"trolls?|"
    r"bots?|invective|abuse|smears?|smeared|hoax(?:es)?|disinformation|rumou?rs?|falsehoods?|slurs|sockpuppets?|"
    r"hashtags?|"
    r"pieces|falsely|wrongly|supposedly|purported(?:ly)?|supposed|invented|manipulated|edited|staged|synthetic|"
    r"generated|"
    r"ai-generated|impersonat\w{1,25}|cloned|mocked|mocking|ridicul\w{1,25}|slander\w{0,25}|doxx\w{0,25}|"
    r"harass\w{1,25}|"
    r"insult\w{0,25}|threats|threatened|vilif\w{1,25}|denigrat\w{1,25}|discredit\w{0,25}|defam\w{1,25}|"
    r"said to (?:have|be)|made-up|made up|conspiracy|forgery|forgeries|montages?|caricatures?|photomontages?|"
    r"disparag\w{1,25}|demoni[sz]\w{1,25}|lampoon\w{0,25}|lookalikes?|fictitious|untrue|baseless|distorted|hateful|"
    r"(?:is|was|were|are) (?:shown|depicted|portrayed|seen|made to|heard)|in (?:a|the|one|another|its) (?:videos?|"
    r"clips?)|"
    r"(?:the|its|their|these|another|second|third|one|other) (?:network|operation|campaign|articles?|videos?|clips?|"
    r"accounts|"
    r"pages|channels?|messages?|sites?|operators|post|letters?|recordings?|images?|narratives?|claims?|stor(?:y|"
    r"ies)))\b"
)
_NOT_OF_OPERATION = Expression(
    r"(?i)\b(?:sanction\w{0,25}|charged|indict\w{0,25}|convict\w{0,25}|sentenced|arrested|extradit\w{0,25}|"
    r"prais\w{1,25}|applaud\w{0,25}|lauded|thank\w{0,25}|"
    r"endors\w{1,25}|in support of|supportive|favourable|favorable|interview\w{0,25}|research\w{0,25}|stud(?:y|"
    r"ies|ied)|analys\w{1,25}|report by|"
    r"investigat\w{1,25}|photographs? by|copyright|written by|run by|employ\w{0,25}|director|founder|owner|paid by|"
    r"hired by|financed|sponsor\w{0,25}|"
    r"company|firm|contractor|former employee|registered|previous|unrelated|stolen from|not among|no target)\b"
)
_OWN_DOING = Expression(
    r"(?i)(?:\b(?:by|with|from|told|asked|to|via|named|signed|citing|quoting|says|said|adds|added|according to|"
    r"like|as|mr|ms|mrs) "
    r"(?:the |its |their |a |an )?(?:[\w\-]+ ){0,3})$"
)
_AFTER_QUOTE = Expression(r"[,.!?][\"”’»] $")
_SUPPOSED = Expression(r",? (?:who |had |has )?(?:supposedly|purportedly|allegedly|falsely|apparently) ")
_APPEARS = forms_of(*"figure feature appear star become/became/become loom".split())


def drawn_in(reading: Reading, operating: Operating) -> Iterator[Hit]:
    """A hit for each such person."""
    text = reading.text
    if "the" not in word_starts(text):  # the words below are English
        return
    tells: dict[int, bool] = {}  #: start of a sentence -> whether it is about contents
    for phrase in named_people(reading):
        sentence = operating.sentence(phrase.start)
        if sentence is None:
            continue
        start, end = sentence
        if start not in tells:
            tells[start] = _tells_contents(text, start, end) and operating.told(start)
        if tells[start] and _is_drawn(text, phrase, sentence, operating):
            yield Hit(phrase, phrase.start, firm=False, claimed=True)


def _tells_contents(text: str, start: int, end: int) -> bool:
    return _CONTENT.search(text, start, end) is not None and _NOT_OF_OPERATION.search(text, start, end) is None


def _is_drawn(text: str, phrase: NounPhrase, sentence: tuple[int, int], operating: Operating) -> bool:
    start, end = sentence
    if phrase.head in WORDS["reporting"] - WORDS["community"] - TITLES or operating.side(phrase) is Side.OPERATION:
        return False
    if phrase.head in _OBSERVING or _OWN_DOING.search(text[max(start, phrase.start - 60) : phrase.start]):
        return False
    if _AFTER_QUOTE.search(text, max(start, phrase.start - 3), phrase.start):  # "…," N, head of the lab, said
        return False
    if text.startswith((" |", " ·", " /"), phrase.end):  # a byline
        return False
    if _SUPPOSED.match(text, phrase.end):
        return True
    behind = [token for token in tokens(text, phrase.end, min(end, phrase.end + 60)) if token.kind not in ("B", ",")]
    return not _acts(behind, text[start : phrase.start], text.startswith(",", phrase.end))


def _acts(behind: list[Token], before: str, before_comma: bool) -> bool:
    """Whether somebody does what follows of their own accord: "N, who debunked it", "N asked TikTok for data"."""
    if not behind or behind[0].lower in _APPEARS:
        return False
    if behind[0].lower in ("who", "whose", "whom"):
        return len(behind) > 1 and behind[1].lower in _FINDING
    if re.search(
        r"\b(?:that|if|whether|had|have|has|let|made|make|see|show(?:s|ed|ing)?) (?:the )?(?:[\w\-]+ ){0,2}$", before
    ):
        return False
    if behind[0].lower in ("of", "from", "at", "for"):  # "N of the opposition has accused"
        further = next((token for token in behind if token.kind in ("E", "V", "X", ".", "Q")), None)
        return further is not None and further.kind == "X" and further.lower in ("has", "had", "have")
    linked = len(behind) > 1 and behind[1].kind == "P" and behind[0].lower not in _FINDING
    parted = before_comma and behind[0].kind == "E" and linked  # "N, made by the group"
    return behind[0].kind in ("E", "V", "X") and not parted


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
