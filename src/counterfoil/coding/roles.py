"""How a passage puts an act: observed, inferred, forecast, said not to be so, or nobody's in particular.

A rule reads the clause around the words that fired. It is meant to keep what was seen apart from what
is inferred; the analyst has the last word. Whose act it is, `parties` tells.
"""

import re

from counterfoil.model.coding import Modality


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_CLAUSE_BREAK = re.compile(
    r"[;:—]|,\s+(?:and|which|who|was|were|has|had|is|are)\b|\b(?:but|while|whereas|although|though)\b", re.IGNORECASE
)
#: "they had not noticed the fake accounts": the accounts are there
_KNOWING = (
    r"(?:\w+ly )?(?:know|knew|known|notic|realis|realiz|aware|mention|say|said|disclos|declar|admit|remov|react|stop)"
)
_NEGATED = _words(
    rf"not(?! (?:{_KNOWING}|long|far|least|everyone|always|all))",
    rf"never(?! {_KNOWING})",
    "contrary to",
    "fail(?:s|ed)? to",
    "refus(?:e|es|ed) to",
    "neither",
    "nor",
    "cannot",
    rf"\w+n['’]t(?! {_KNOWING})",
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
#: "fake accounts were not used"; but "the clips never mention it" says that there are clips
_NEGATED_AFTER = re.compile(
    r"^\W{0,3}(?:\w+\W{1,3}){0,3}?"
    r"(?:(?:was|were|is|are|has|have|had|did|does|do|could)(?: not\b|n['’]t\b)|(?:was|were|has|have|"
    r"had) never\b|cannot\b)"
    r" (?:yet )?(?:(?:been|be|being) )?(?:\w+ly )?(?:involved|used|found|seen|detected|observed|created|"
    r"present|employed|"
    r"exist|appear|play(?:ed)?|part of|shared|posted|made|bought|hired|identified|confirmed|proven|established|"
    r"sent|run|to "
    r"blame|behind|responsible|an? (?:factor|feature|part))\b",
    re.IGNORECASE,
)
#: "fake accounts could be created"; the month of May and "could be heard" forecast nothing
_WARNED_AFTER = re.compile(
    r"^\W{0,3}(?:(?!(?:from|in|of|since|until|by|on|between|to) )\w+ ){0,2}?"
    r"(?:may|might|could|will|should|ought to)\b"
    r"(?! (?:\w+ly )?(?:have|be (?:found|seen|heard|read|traced|linked|matched|bought|behind|the work))\b)",
    re.IGNORECASE,
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
    r"warn(?:s|ed|ing)?(?: (?!against|about)\w+){0,3} (?:of|that)",
    "fear(?:s|ed)? (?:that|a|an|the|more|further)",
    "should",
    "ought to",
    "would-be",
    "hypothetical(?:ly)?",
    "in (?:theory|principle)",
    "recommend(?:s|ed)? (?:that|to)",
    "if",
    "in case",
    "risks?",
    "potential(?:ly)?",
    "in future",
)
#: "they could see", "could be heard": what was so, not what may be
_ABLE = re.compile(
    r"\b(?:could|may|might|will) (?:\w+ly )?(?:(?:be|also be) (?:found|seen|heard|read|traced|linked|matched|bought)|"
    r"see|match|find|identify|trace|tell|write|read)\b"
    r"|\b(?:one|you) may\b",
    re.IGNORECASE,
)
#: "may have posted" and "could be behind" guess at what is, not at what will be
_PERFECT = _words(r"(?:may|might|could|will) (?:\w+ly )?(?:have|be behind|be responsible|be linked|be part)")
#: the month is no auxiliary verb
_MONTH = re.compile(r"\b(?:(?i:in|since|until|of|on|early|late|mid|by|between|and|from|to)|\d{1,2}) May\b|\bMay \d")
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
    if _is_negated(before) or _NEGATED_AFTER.match(passage[end : end + 80]):
        return Modality.NEGATED
    if _WARNED_AFTER.match(_ABLE.sub("", _MONTH.sub("", passage[end : end + 80]))):
        return Modality.WARNED
    inside = before + passage[start:end]
    plain = _ABLE.sub("", _MONTH.sub("", inside))
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


_DEFINES = re.compile(
    r"^[\w\s,()“”\"'’-]{0,60}?\b(?:(?:is|are) (?:(?:an?|the|one) )?(?:\w+ ){0,3}?(?:practice|technique|tactic|"
    r"form|term|"
    r"method|type|kind|act|process|strategy|name|word|use|way|abuse)\b(?! (?:used|that the)\b)|"
    r"(?:is|are) (?:defined|"
    r"understood) as|refers? to|means? (?:that|any|an?)\b|(?:occurs|happens) when|involves? \w+ing\b)"
)
_BANS = re.compile(
    r"(?<!whose )(?<!channel’s )(?<!channel's )(?<!group's )(?<!group’s )\b(?:polic(?:y|ies)|rules?|"
    r"guidelines?|terms|code|act|law|directive|statute|regulations?|article|section|bill)\b"
    r"[^.;]{0,80}?\b(?:prohibits?|forbids?|bans?|(?:do|does) not (?:allow|permit)|requires?|criminalis\w+|"
    r"outlaws?|allows?|"
    r"permits?|defines?|makes? it)\b"
    r"|\b(?:is|are|remains?) (?:\w+ly )?(?:prohibited|forbidden|banned|not (?:allowed|permitted)|"
    r"an? (?:criminal )?offence|"
    r"a crime|illegal|against the rules)\b"
    r"|\b[Ww]e (?:do not|don['’]t) (?:allow|permit)\b",
)
_ADVISES = re.compile(
    r"^You (?:may|can|must|should|will|need)\b|"
    r"^\W*(?:(?:Please|Always|Never|First|Then|Next|Instead),? )?(?:[Cc]heck|[Ll]ook|[Aa]void|[Bb]e (?:wary|"
    r"careful|sceptical|"
    r"alert)|[Dd]o not|[Dd]on['’]t|[Vv]erify|[Mm]ake sure|[Bb]eware|[Rr]emember|[Ll]earn|[Ss]elect|[Cc]lick|[Ee]nter|"
    r"[Ee]nsure|[Cc]onsider|[Tt]reat|[Tt]hink|[Uu]se|[Rr]eport|[Nn]ever|[Aa]lways) (?!by\b)[a-z“\"]"
    r"|\bhow to (?:spot|recogni[sz]e|detect|identify|avoid|check|tell|guard|protect|defend|report)\b"
    r"|\b(?:[Pp]latforms|[Gg]overnments|[Cc]ompanies|[Uu]sers|[Rr]egulators|[Aa]uthorities|[Ww]e|"
    r"[Aa]dministrators|[Ss]tates|"
    r"[Nn]ewsrooms|[Vv]oters|[Rr]eaders|[Jj]ournalists|[Tt]eachers|[Cc]ampaigns|[Oo]rgani[sz]ations|"
    r"[Ee]mployees|[Yy]ou) "
    r"(?:\w+ly )?(?:should|must|ought to|need to|are advised)\b"
    r"|\b(?:[Ww]e|[Ii]t is|[Aa]uthors|[Rr]eport|[Pp]aper) recommend(?:s|ed)?\b"
    r"|\b(?i:pupils|students|participants|trainees|learners|children)\b[^.;]{0,40}\b(?:learn|practise|"
    r"are (?:taught|shown|asked)|"
    r"discuss|compare)\b"
)
_IN_QUOTES = re.compile(r"^\W*[\"“«]")


def generic(passage: str, end: int) -> str:
    """What a sentence is, if it tells of no act in particular: a definition, a rule or a piece of advice.

    Empty for all others, and inside quotation marks: a manual quoted from an operation is evidence. `end`
    is where the words that fired end; a definition must have them in front of what it says of them.
    """
    if _IN_QUOTES.match(passage):
        return ""
    if _BANS.search(passage):
        return "rule"
    defined = _DEFINES.match(passage)
    if defined and end <= defined.end():
        return "definition"
    return "advice" if _ADVISES.search(passage) else ""
