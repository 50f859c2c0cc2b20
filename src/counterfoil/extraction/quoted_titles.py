"""Whether what stands in quotation marks is a name, a title, a slogan or a word in scare quotes."""

from counterfoil.extraction.quotations import Quotation
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Words

_SOLE = 1  #: words of a quotation that is hardly anybody's speech


def is_title(item: Quotation, text_words: Words, grammar: Grammar, judged: bool = False) -> bool:
    """Whether a quotation is hardly anybody's words; behind a verb that judges, a single word may be."""
    words = text_words.between(item.start, item.end)
    behind = [word.low for word in text_words.between(max(0, item.start - 40), item.start - 1)[-2:]]
    inner = [word for word in words if word.is_word]
    named = not judged and any(word in grammar.naming for word in behind)
    if named and (len(inner) < 6 or inner[0].is_capital):
        return True
    if len(inner) <= _SOLE or (words and words[0].text == "#"):
        return True
    if judged and behind and behind[-1] in grammar.judges and inner[0].is_capital:
        return True
    capitals = sum(word.is_capital for word in inner)
    return (
        capitals == len(inner)
        or (inner[0].is_capital and capitals * 2 > len(inner))
        or (judged and inner[0].is_capital)
    )
