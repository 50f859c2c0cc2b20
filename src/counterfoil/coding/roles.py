"""How a passage puts an act: observed, inferred, forecast, or said not to be so.

A rule reads the clause before the words that fired. It is meant to keep what was seen apart from what
is inferred; the analyst has the last word.
"""

import re

from counterfoil.model.coding import Modality


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_CLAUSE_BREAK = re.compile(r"[;:—]|,\s+(?:and|which|who)\b|\b(?:but|while|whereas|although|though)\b", re.IGNORECASE)
_NEGATED = _words(
    "not",
    "never",
    "contrary to",
    "fail(?:s|ed)? to",
    "refus(?:e|es|ed) to",
    "neither",
    "nor",
    "cannot",
    r"\w+n['’]t",
    "no (?:evidence|signs?|indications?|proof|trace|reason|intention)",
    "(?:found|saw|seen) no",
    "lack(?:s|ed)?",
    "den(?:y|ies|ied|ying)",
    "refut(?:e|es|ed)",
    "reject(?:s|ed)? (?:claims|allegations|accusations)",
)
#: "no videos were shared", "without paying anyone": right before the words, within the same phrase
_NO = re.compile(
    r"\b(?:no(?! (?:longer|fewer|less|doubt|secret|matter|stranger|evidence))|without)(?:\s+[\w’'-]+){0,2}\s*$",
    re.IGNORECASE,
)
_AFFIRMED = _words("not (?:only|just|merely|simply|least)")
_NEGATED_AFTER = re.compile(
    r"^\W{0,3}(?:\w+\W{1,3}){0,3}"
    r"(?:(?:was|were|is|are|has|have|had|did|does|do|could)(?: not\b|n['’]t\b)|never\b|cannot\b)",
    re.IGNORECASE,
)
_WARNED_AFTER = re.compile(
    r"^\W{0,3}(?:\w+\W{1,3}){0,2}?(?:may|might|could|will)\b(?! (?:\w+ly )?have\b)", re.IGNORECASE
)
_WARNED = _words(
    "will",
    "shall",
    "may",
    "might",
    "could",
    "going to",
    r"expect(?:s|ed)? (?:\w+ ){0,4}to",
    "poised to",
    "plan(?:s|ned|ning)? to",
    "prepar(?:e|es|ed|ing) to",
    "likely to",
    "warn(?:s|ed|ing)?",
    "fear(?:s|ed)?",
    "should",
    "if",
    "in case",
    "risks?",
    "potential(?:ly)?",
    "in future",
)
#: "may have posted" and "could be behind" guess at what is, not at what will be
_PERFECT = _words(r"(?:may|might|could|will) (?:\w+ly )?(?:have|be behind|be responsible|be linked|be part)")
#: the month is no auxiliary verb
_MONTH = re.compile(r"\b(?:in|since|until|of|on|early|late|mid|\d{1,2}|between|and|from) May\b|\bMay \d")
_ASSESSED = _words(
    "likely",
    "probably",
    "possibly",
    "presumably",
    "apparently",
    "seemingly",
    "almost certainly",
    "alleged(?:ly)?",
    "whether",
    "rumou?rs?",
    "appear(?:s|ed)? to",
    "seem(?:s|ed)? to",
    "suspect(?:s|ed)?",
    "believ(?:e|es|ed)",
    "assess(?:es|ed)?",
    "judge(?:s|d)?",
    "suggest(?:s|ed|ing)?",
    "indicat(?:e|es|ed|ing)",
    "intend(?:s|ed)?",
    "intent on",
    "intention",
    "aim(?:s|ed|ing)? (?:to|at)",
    "seek(?:s|ing)? to",
    "sought to",
    "attempt(?:s|ed|ing)? to",
    "in (?:an? )?(?:effort|attempt|order|bid) to",
    "(?:designed|meant) to",
    "so as to",
    "(?:goal|objective|purpose) (?:is|was|of)",
)
#: "it is not clear whether" denies nothing
_UNCERTAIN = _words("(?:un(?:clear|known|certain)|not (?:yet )?(?:clear|known|certain|say)) (?:whether|if)")
REACH = 160  #: characters before the cue that can bear on it


def modality(passage: str, start: int, end: int) -> Modality:
    """How the passage puts what its words from `start` to `end` say."""
    before = _clause_before(passage, start)
    if _UNCERTAIN.search(before):
        return Modality.ASSESSED
    if _is_negated(before) or _NEGATED_AFTER.match(passage[end : end + 60]):
        return Modality.NEGATED
    if _WARNED_AFTER.match(passage[end : end + 60]):
        return Modality.WARNED
    inside = before + passage[start:end]
    plain = _MONTH.sub("", inside)
    if _WARNED.search(_PERFECT.sub("", plain)):
        return Modality.WARNED
    if _ASSESSED.search(plain) or _PERFECT.search(plain):
        return Modality.ASSESSED
    return Modality.OBSERVED


def _clause_before(passage: str, start: int) -> str:
    """The words of the same clause before `start`."""
    before = passage[max(0, start - REACH) : start]
    breaks = list(_CLAUSE_BREAK.finditer(before))
    return before[breaks[-1].end() :] if breaks else before


def _is_negated(before: str) -> bool:
    plain = _AFFIRMED.sub("", before)
    return bool(_NEGATED.search(plain) or _NO.search(plain))
