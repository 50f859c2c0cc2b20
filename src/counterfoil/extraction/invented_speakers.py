"""Somebody without a name who speaks in what an operation made: a voice, "a man claiming to be a nurse", an "
""ex-nurse"."""

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.noun_phrases import NounPhrase

#: Speakers that only a recording has.
_HEARD = frozenset("voice narrator voice-over voiceover newsreader caption text title banner actor avatar".split())
_QUOTES = '“"«„‘'
_STAGED = Expression(
    r",? (?:(?:who|that) )?(?:falsely |supposedly |allegedly |purportedly )?(?:claim(?:s|ed|ing)|purport(?:s|ed|ing)|"
    r"pretend(?:s|ed|ing)|introduc(?:ed|ing)|identif(?:ied|ying)|pos(?:ed|es|ing)|present(?:ed|ing)|describ(?:ed|ing)|"
    r"generated|made) (?:to be |himself |herself |themselves |as |by |with )"
)
_MEDIUM = Expression(
    r"(?i)\b(?:videos?|clips?|recordings?|footage|audio|deepfakes?|reels?|broadcasts?|voice (?:notes?|messages?)|"
    r"testimon(?:y|ies)|interviews?)\b[^.!?\n]{0,160}(?:[.!?][^.!?\n]{0,200})?$"
)


def is_invented(text: str, phrase: NounPhrase, start: int) -> bool:
    """Whether words around a phrase for somebody say so; `start` is where to look for the recording they speak in."""
    words = text[phrase.start : phrase.end].lower()
    if words.startswith(("the ", "our ", "his ", "her ")) and phrase.head not in _HEARD:
        return False
    quoted = any(mark in words or text.endswith(mark, 0, phrase.start) for mark in _QUOTES)
    return (
        quoted or _STAGED.match(text, phrase.end) is not None or _MEDIUM.search(text[start : phrase.start]) is not None
    )
