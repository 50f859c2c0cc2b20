"""Operations by a sentence that names them: "an operation it calls X", "I call it X", "X, the network we described".

`called` and `operation_phrases` read a relative clause and an apposition in their usual form; here are the shorter
ways: a bare relative clause, a pronoun for the operation, a participle before the sentence, the name first.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.naming import Named
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import matches_with, spellings
from counterfoil.extraction.speakers import is_opener
from counterfoil.extraction.state_ties import tie_before
from counterfoil.model.extraction import Alias

_CAP = r"(?:[A-ZÀ-ÞА-ЯЄІЇҐ]|\d(?=[A-Za-z]))[\w’'\-]{1,30}"
_NAME = (
    rf"(?:[“\"«„‘] ?(?P<quoted>[^“”\"«»„‘’\n()]{{2,40}}?) ?,?[”\"»“’]|"
    rf"(?P<name>{_CAP}(?: (?:of (?:the )?)?(?:{_CAP}|\d{{1,4}})){{0,3}}))"
)
_OP = (
    r"(?:operations?|networks?|campaigns?|clusters?|actors?|activity|effort|botnet|ecosystem|ring|scheme|troll farm|"
    r"influence project|project|crew|gang)"
)
_VERB = (
    r"(?P<verb>calls?|called|dubs?|dubbed|names?|named|nicknamed?|nicknames|labels?|labell?ed|code-?named|christened|"
    r"baptised|baptized|termed?|terms|designates?|designated|tracks? (?:it |them )?as|tracked (?:it |them )?as|"
    r"refers? to (?:it |them )?as|referred to (?:it |them )?as|knows? (?:it |them )?as)"
)
_VERBS = (
    "call calls called dub dubs dubbed name names named nickname nicknames nicknamed label labels labeled "
    "labelled code "
    "codenamed christened baptised baptized term terms termed designate designates designated track tracks "
    "tracked refer "
    "refers referred know knows"
).split()
_WHO = r"(?:[\w’'\-]{1,24} ){1,7}?"
#: "an operation it calls X", "a project which the company's own planning papers call X"
_BARE = Expression(
    rf"(?<![\w\-]){_OP}[^.!?\n;:“”\"]{{0,60}}?,? (?:(?:that|which) )?{_WHO}(?:now |also |internally |has |have |"
    rf"had )?(?<!was )(?<!were )(?<!is )(?<!are )(?<!been ){_VERB} "
    rf"(?!it\b|them\b|the \w+ing\b)(?:the )?{_NAME}"
)
#: "I call it X", "researchers have named the network X"
_OBJECT = Expression(
    rf"(?<![\w\-]){_VERB} (?P<object>it|them|(?:the|this|that) (?:[\w\-]{{2,20}} ){{0,3}}?{_OP})(?: as)? (?:the "
    rf")?{_NAME}"
)
#: "Dubbed X by Y, it", « Baptisée "X" par »
_FIRST = Expression(
    r"(?:^|[.!?…»”\"]\s|\n)(?P<verb>Dubbed|Called|Nicknamed|Named|Code-?named|Known(?: internally| publicly)? as|"
    r"Christened|"
    r"Tracked as|Labell?ed|Baptisée?s?|Surnommée?s?|Appelée?s?|Dénommée?s?|Bautizad[ao]|Llamad[ao]|Apodad[ao]|"
    rf"Denominad[ao]|Genannt|Getauft auf|Назван\w{{1,4}}) {_NAME}(?: (?:by|par|por|von) (?:the )?(?P<by>{_CAP}(?: "
    rf"{_CAP}){{0,3}}))?"
)
_FIRST_WORDS = (
    "Dubbed Called Nicknamed Named Code Codenamed Known Christened Tracked Labeled Labelled Baptisée Baptisé Surnommée "
    "Surnommé Appelée Appelé Dénommée Dénommé Bautizada Bautizado Llamada Llamado Apodada Apodado Denominada "
    "Denominado "
    "Genannt Getauft Названная Названный Названа"
).split()
#: "X, as the researchers dubbed the campaign", "X, as we call it"
_AS_CALLED = Expression(
    rf"(?<![\w\-]){_NAME},? as {_WHO}(?:have |has |had )?(?:call|calls|called|dubs?|dubbed|named?|nicknamed|"
    rf"labell?ed|christened)"
    rf" (?:it|them|(?:the|this) (?:[\w\-]{{2,20}} )?{_OP})\b"
)
#: "X, the network we described in May 2022", "Remember X, the operation from the 2019 campaign?"
_THE_ONE = Expression(
    rf"(?<![\w\-]){_NAME}(?:,| –| —) (?:the|an?) (?P<words>(?:[\w\-]{{2,20}} ){{0,3}}?)(?:operation|network|"
    rf"campaign|cluster|botnet)"
    r"(?: (?:we|that we|which we|first|it|they|from|behind|run|removed|taken down|exposed|described|disrupted|"
    r"documented|"
    r"uncovered|unmasked|identified|attributed|linked|tied|dismantled|sanctioned|active|operating|targeting|aimed|that "
    r"(?:we|was|were|had|has|ran|used|targeted|impersonated|posed)|which (?:was|had|ran|used))\b|(?=[,.?]))"
)
_OPERATION_NEAR = Expression(
    rf"(?i)(?<![\w\-])(?:{_OP}|campagne|réseau|opération|campaña|red|operación|Kampagne|Netzwerk|Operation|кампани\w|сет[ьи])"
    r"(?![\w\-])"
)
_NEWS = Expression(
    r"(?i)\b(?:news|television|tv|radio|electoral|election|advertising|marketing|telecom|mobile|support|rescue)\b"
)
_REACH = 1500


def operation_namings(text: str) -> Iterator[Named]:
    """Every naming of an operation in one of these forms, with who names it where that is told."""
    for match in matches_with(text, _BARE, _VERBS, 170, 260):
        if _NEWS.search(match.group()) is None:
            yield from _named(text, match, "")
    for match in matches_with(text, _OBJECT, _VERBS, 0, 130):
        spoken = match["object"] not in ("it", "them")
        if spoken or _OPERATION_NEAR.search(text, max(0, match.start() - _REACH), match.start()):
            yield from _named(text, match, "")
    for match in matches_with(text, _FIRST, _FIRST_WORDS, 3, 140):
        if _OPERATION_NEAR.search(text, max(0, match.start() - _REACH), match.end() + 120):
            yield from _named(text, match, match["by"] or "")
    for match in matches_with(text, _AS_CALLED, spellings(_VERBS), 120, 40):
        yield from _named(text, match, "")
    for match in matches_with(text, _THE_ONE, ("operation", "network", "campaign", "cluster", "botnet"), 140, 30):
        if _NEWS.search(match["words"]) is None:
            yield from _named(text, match, "")


def _named(text: str, match: re.Match[str], by: str) -> Iterator[Named]:
    group = "quoted" if match["quoted"] is not None else "name"
    name, start = re.sub(r"['’]s?$", "", match[group]).rstrip(" ,."), match.start(group)
    first, _, rest = name.partition(" ")
    while rest and group == "name" and (is_opener(first) or first in ("Remember", "Recall", "Unlike", "Besides")):
        name, start = rest, start + len(first) + 1
        first, _, rest = name.partition(" ")
    if not name[:1].isupper() or not is_name(name) or is_opener(name) or name in known():
        return
    if is_person(name) or is_person_here(text, start, name):
        return
    aliases = (Alias(name, by),) if by and by != name else ()
    said = text[match.start() : start].strip(' “"«„‘')[-40:]
    yield Named(
        start,
        name,
        "actor",
        tie_before(text, start),
        f"named by “{said}”" if said else "named as it is called",
        aliases,
    )
