"""States as actors: those that do, say or are held responsible for something, not those where it happens."""

import re
from collections.abc import Iterator

from counterfoil.extraction.english_tokens import begins_sentence
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.foreign_powers import foreign_powers
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.speakers import is_opener
from counterfoil.extraction.states import Mention, gazetteer, mentions
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Alias

#: Words before a state that make it a place, a topic or somebody else's attribute.
_PLACE_BEFORE = Expression(
    r"(?:\b(?:in|In|across|Across|throughout|within|inside|outside|near|around|over|against|targeting|targeted|into|"
    r"of|for|"
    r"toward|towards|about|on|via|at|to|from|From|between|Between|with|than|like|including|visited|attacked|hit|abroad|"
    r"en|dans|à|au|aux|de|du|d['’]|pour|nach|im|aus|für|gegen|para|contra|w|we|na|do|dla|в|во|на|у|до|для|про|о|по|"
    r"проти|против) "
    r"(?:the |all |both |mainland |northern |southern |eastern |western |neighbouring |la |le |les |los |las |el |"
    r"der |die |das |den |dem )?"
    r"(?:the |Republic of )?)$"
)
#: ... unless they hold it responsible, or speak of its state.
_HELD = Expression(
    r"\b(?:(?:attribut|link|tied|ties|trac|connect|relat|originat|belong|affiliat|associat|based|lié|attribué|vincul|"
    r"atribu|припис|связан|пов.язан|powiąz|verbund|blam|behind|responsib|sponsor|"
    r"operat\w+ (?:from|out)|on behalf|at the behest|accus|sanction|align|loyal|commission)\w*(?: [^.;,\n]{0,40})?"
    r"|(?:[Ss]tate|[Gg]overnment|[Rr]epublic|[Ee]mbassy|[Mm]inistry|[Rr]egime|actors?|interests) of(?: the)?"
    r"|actors? (?:in|from)|(?:works?|worked|working) for|(?:interference|influence|threats?|attacks?|operations?|"
    r"campaigns?|propaganda|disinformation|"
    r"individuals|people|operators|trolls|hackers|orders|funding|money|instructions) from) (?:the |and |la |le |"
    r"l['’]|der |die )?$"
)
#: "ran until July, mostly from X": where those sit who run it.
_FROM = Expression(
    r"(?:\b(?:mostly|mainly|largely|primarily|chiefly|principally|partly)|\b(?:operat(?:es?|ed|ing)|run|runs|ran|conducted|"
    r"originat(?:es?|ed|ing)|coordinated|managed|administered|orchestrated|(?:operators|people|persons|"
    r"individuals) work(?:ed)?)"
    r"(?: [^.;,\n]{0,40})?) (?:from|out of) (?:the )?$"
)
#: "linked it to a content farm in X": where it is, not who is behind it.
_WHERE = Expression(
    r"(?<!originated )(?<!originating )(?<!based )(?<!operated )(?<!operating )(?<!actors )(?<!individuals )"
    r"(?<!people )(?<!interference )(?<!influence )(?<!orders )(?<!funding )(?<!money )(?<!operations )(?<!campaigns )"
    r"(?<!instructions )(?<!propaganda )(?<!disinformation )(?<!operators )(?<!comes )(?<!come )(?<!came )"
    r"(?<! work )(?<!working )(?<!worked )(?<!run )(?<!coordinated )(?<!managed )(?<!administered )(?<!directed )"
    r"\b(?:from|in|across|targeting|against|about|within) (?:the )?$"
)
#: In English, a state that acts is a subject, an attribute of a power, or one of a list of such.
_DOES = Expression(
    r"['’]s? (?:\w{1,20} ){0,2}?(?:government|ministry|military|intelligence|influence|operations?|campaigns?|state|"
    r"propaganda|"
    r"foreign|leaders?|leadership|security services?|embassy|regime|army|interference|mission|attempts?|efforts?|"
    r"activities)\b"
    r"|,? (?:(?:also|today|now|later|then|has|have|had|is|was|are|were|will|would|did|does|do|itself|again|publicly|"
    r"formally) ){0,3}"
    r"(?:has|have|had|is|was|are|were|will|would|did|does|do|said|says|says|\w{2,20}ed|\w{3,20}[^s\W]s|began|sought|"
    r"ran|"
    r"paid|"
    r"put|set|made|took|spent|behind|stood|made|held|gave|told|led|drew|saw|found)\b"
    r"|,? (?:and|or|&) |, (?:which|whose|who|\w+ing)\b|, [A-Z]|[’']|-|\)| \("
)
_POSSESSIVE = Expression(
    r"['’]s? (?!(?:\w{1,20} ){0,2}?(?:government|ministry|military|intelligence|activities|efforts?|influence|"
    r"operations?|"
    r"campaigns?|"
    r"state|propaganda|foreign|leaders?|leadership|security services?|attempts?|embassy|regime|army|interference)\b)"
)
_LISTED = Expression(r"(?:,|,? (?:and|or|et|und|y|i|и|та)) (?:in |the |of )?$")
_POWER = Expression(
    r" (?:government|state(?!-)|authorities|regime|military|intelligence|security services?|Communist Party|"
    r"officials|leadership|"
    r"armed forces|army)\b"
)


def acting_states(reading: Reading) -> Iterator[Actor]:
    """The states that act, each under its usual name if the text has it; spans hold all its mentions."""
    names: dict[str, dict[str, None]] = {}
    spans: dict[str, list[Span]] = {}
    acts: set[str] = set()
    before: tuple[int, bool] = (0, False)
    for mention in mentions(reading.text):
        if mention.code not in gazetteer().main_names:
            continue
        is_acting = _acts(reading.text, mention, before)
        before = mention.end, is_acting
        if mention.kind != "region" and not reading.text.startswith("-based", mention.end):
            names.setdefault(mention.code, {})[mention.name] = None
            spans.setdefault(mention.code, []).append(reading.span(mention.start, mention.end))
            if is_acting:
                acts.add(mention.code)
    for code, start, end in _powers(reading.text):
        acts.add(code)
        if code not in names:
            spans.setdefault(code, []).append(reading.span(start, end))
    for code in acts:
        usual = gazetteer().main_names[code]
        written = names.get(code, {})
        # A seat of power alone ("Minsk") is no name of the state.
        proper = [name for name in written if gazetteer().names[name][1] == "name"]
        main = usual if usual in written or not proper else proper[0]
        aliases = tuple(Alias(name) for name in written if name != main and not _is_case(name, main))
        yield Actor(main, tuple(sorted(spans[code])), aliases, "state", code, "a state by its name")


def _is_case(one: str, other: str) -> bool:
    """Whether two Cyrillic names are one in two cases: "Казахстане", "Казахстана"."""
    stem = min(len(one), len(other)) - 2
    return not one.isascii() and stem > 2 and one[:stem] == other[:stem] and one[0] >= "А"


def _acts(text: str, mention: Mention, previous: tuple[int, bool]) -> bool:
    start, end = mention.start, mention.end
    window = max(0, start - 70)
    if _LISTED.search(text, max(previous[0], start - 12), start) and start - previous[0] < 14:
        return previous[1]
    if _is_heading(text, start) or _in_name(text, start, end):
        return False
    if re.search(
        r"\b(?:[Ii]f|[Ww]hether|[Uu]nless|entre ellos|dont l['’]|dont la|dont le) ?$", text[max(0, start - 12) : start]
    ):
        return False
    if _FROM.search(text, window, start):
        return True
    if _HELD.search(text, window, start) and not _WHERE.search(text, window, start):
        return True
    if mention.name.endswith(_GENITIVE):
        return False  # "комісію Молдови"
    if re.search(r"\bthe\b", text[window : end + 80]) and not _DOES.match(text, end, end + 60):
        return False
    return not (_PLACE_BEFORE.search(text, window, start) or _POSSESSIVE.match(text, end, end + 60))


#: "Chequea Bolivia", "the Cyprus Police", "Sharjah, United Arab Emirates", "Estonia: quiet."
_GENITIVE = ("и", "і", "ї", "ы")
_CAPITAL_BEFORE = Expression(r"(?P<word>[A-ZÀ-Þ][\w’'\-]{1,24})(?P<comma>,?) $")
_CAPITAL_AFTER = Expression(r" [A-Z][a-z]|: ")
_ATTRIBUTE = frozenset("Communist Soviet Putin Islamic Mainland Imperial Tsarist Revolutionary Nazi Modern".split())


def _in_name(text: str, start: int, end: int) -> bool:
    """Whether a state's name is a part of another name, or says where a town is."""
    if _CAPITAL_AFTER.match(text, end):
        return True
    before = _CAPITAL_BEFORE.search(text, max(0, start - 28), start)
    if before is not None:
        word = before["word"]
        if before["comma"]:
            return not (is_opener(word) or word in gazetteer().names)
        return not (is_opener(word) or word in _ATTRIBUTE or begins_sentence(text, before.start()))
    return False


def _is_heading(text: str, at: int) -> bool:
    """Whether a short line without a full stop stands there: it names a topic, and nobody acts in it."""
    first = text.rfind("\n", max(0, at - 60), at) + 1
    last = text.find("\n", at, at + 60)
    alone = first > 0 and last > 0 and last - first < 60
    return alone and text[last - 1 : last] not in ".!?"


def _powers(text: str) -> Iterator[tuple[str, int, int]]:
    """ "the Belarusian state", "Russian intelligence": the state itself, by its adjective."""
    for match in _POWER.finditer(text):
        at = match.start()
        word = re.search(r"(?<![\w\-])[A-Z][\w\-]{2,20}$", text[max(0, at - 22) : at])
        code = gazetteer().adjectives.get(word.group()) if word else None
        if word and code in gazetteer().main_names:
            yield code, at - len(word.group()), match.end()
    yield from foreign_powers(text)
