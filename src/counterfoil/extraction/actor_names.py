"""Names of influence actors, campaigns and networks, by the ways this field has of naming them.

Code names with a form of their own (APT28, Storm-1852, Taizi Flood), naming phrases ("which Microsoft
tracks as X (a.k.a. “Y”)"), and a name in apposition ("Chinese influence actor X", "X, an influence
operation"). A phrase only counts beside a word for an actor: people and towns are "also known as" too.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.english_tokens import begins_sentence
from counterfoil.extraction.english_words import verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import Named
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.phrases import matches_with, spellings
from counterfoil.extraction.state_ties import tie_before, tie_within
from counterfoil.model.extraction import Alias

_CAP = r"(?:[A-Z\u00c0-\u00de\u0410-\u042f\u0404\u0406\u0407\u0490]|\d(?=[A-Za-z]))[\w’'\-]{1,30}"
_NAME = rf"{_CAP}(?: (?:{_CAP}|\d{{1,4}})){{0,3}}(?:\(\d{{1,3}}\))?"
_QUOTED = r"[“\"«„'‘](?P<quoted>[^“”\"«»„\n()]{2,40}?),?[”\"»“'’]"
_ANY = rf"(?:{_QUOTED}|(?P<name>{_NAME}))"
_BY = rf"(?:the )?(?P<by>{_CAP}(?: (?:of |the |for )?{_CAP}){{0,4}})"

HEADS = (
    r"(?:actors?|groups?|campaigns?|operations?|networks?|clusters?|outfits?|units?|collectives?|gangs?|"
    r"crews?|sets?|personas?|efforts?|ecosystems?|farms?|botnets?|teams?|hackers|entity|entities|activity)"
)
_KIND = (
    r"(?:influence|information|disinformation|misinformation|propaganda|threat|hack(?:ing|er|tivist)|"
    r"espionage|"
    r"cyber ?espionage|cyber-espionage|cybercrime|cyber|ransomware|spam|troll|bot|state-sponsored|"
    r"state-backed|"
    r"intrusion|inauthentic|malign|interference|manipulation)"
)

#: A word of each of `_KIND`, and of each head behind a name in quotation marks.
_KINDS = (
    "influence information disinformation misinformation propaganda threat hack hacking hacker hacktivist espionage "
    "cyber cybercrime ransomware spam troll bot state intrusion inauthentic malign interference manipulation"
).split()
_QUOTED_HEADS = spellings("actor campaign operation network group cluster".split())
_CALLING = (
    "call calls called dub dubs dubbed name named names label labels labeled labelled codenamed refers referred "
    "identifies"
).split()
_CALLED = (
    "tracked known referred identified dubbed nicknamed code codenamed called labeled labelled designated k aka AKA"
).split()
_CODED = Expression(
    r"(?<![\w\-])(?:APT[- ]?(?:[CQ]-)?\d{1,3}|UNC-?\d{3,5}|TA[1-9]\d{2,3}|TAG-\d{1,4}|DEV-\d{4}|"
    r"Storm-?\d{4}|FIN\d{1,2}|"
    r"UAC-\d{4})(?![\w])"
)
_FAMILIES = (
    "Typhoon Sleet Blizzard Sandstorm Tempest Flood Tsunami Bear Panda Kitten Spider Chollima BEAR PANDA KITTEN "
    "SPIDER CHOLLIMA".split()
)
_THEMED = Expression(rf"\b(?P<first>[A-Z][A-Za-z]{{2,15}}) (?P<family>{'|'.join(_FAMILIES)})\b")
_NOT_FIRST = frozenset(
    "The A An This That In On After Super Great Flash Heavy Severe Major Tropical Massive Big Huge Polar "
    "Black Brown "
    "Giant Teddy Grizzly Koala Red Baby Little Papa Mama Yogi Smokey Paddington Widow Johnstown Valencia "
    "Winter Desert "
    "Spring Summer Noah Texas Mississippi Russian Chinese Iranian When During Since Before Every Each "
    "Pacific "
    "Indian Boxing Indonesian Japanese Coastal Urban River Sun Peter Golden Desert First Second "
    "Third".split()
)
_THREAT = Expression(
    r"\b(?:threat|influence (?:actor|operation|campaign)|tracks?|tracked|hack\w{0,4}|espionage|malware|"
    r"phishing|"
    r"disinformation|propaganda|state-sponsored|state-backed|intrusion|personas?|inauthentic|a\.?k\.?a|"
    r"Microsoft|"
    r"CrowdStrike|Mandiant|APT\d{0,2})\b"
)
_TRACKS = Expression(
    rf"\b(?:{_BY}|(?:it|we|they|I|who|researchers|analysts|investigators))"
    rf" (?:has |have |had )?(?:also |now |currently |previously |since |has )?(?:tracks?|tracked|"
    rf"tracking) "
    rf"(?:(?:it|them|him|this|the|these)(?: \w{{2,14}}){{0,2}} )?as {_ANY}"
)
_CALLS = Expression(
    rf"(?:that|which|whom?|,|{HEADS}) {_BY} (?:has |have |had )?(?:also |now |since )?"
    rf"(?:calls?|called|dubs|dubbed|named|names|labell?ed|labels|codenamed|refers to as|referred to as|"
    rf"identifies as) {_ANY}"
)
_PASSIVE = Expression(
    r"\b(?:(?:also|previously|formerly|commonly|better|widely|publicly|internally|elsewhere|now|otherwise|"
    r"it|been|is|was) )?"
    r"(?:tracked|known|referred to|identified|dubbed|nicknamed|code-?named|called|labell?ed|designated|"
    r"a\.k\.a\.,?|aka|AKA)"
    rf"(?: (?:by|to) (?:the )?(?P<by>{_CAP}(?: (?:of )?{_CAP}){{0,3}}))?(?: by researchers| by analysts)?"
    rf"(?: as| under the names?)?(?: the)? {_ANY}"
)
_ANTECEDENT = Expression(
    rf"{HEADS}(?: (?:of|in|against|targeting|based in|linked to|behind|from) [\w\-’' ]{{1,40}}?)?[”\"]?"
    r"(?:,| \(| –| —|, and)?(?: (?:that|which|who|is|was|are|has|have|had|been|researchers|analysts|they|"
    r"it|we|also|"
    r"later|now|sometimes|often|being|commonly|widely|itself)){0,5} ?[,(]? ?$"
)
_APPOSITION = Expression(rf"\b{_KIND} (?:{_KIND} )?{HEADS}(?:(?<!s),)? {_ANY}")
_HEADED = Expression(rf"(?:[Tt]he |[Tt]he so-called |\b){_ANY} (?P<kind>{_KIND} )(?P<head>{HEADS})\b")
_QUOTED_HEAD = Expression(
    rf"{_QUOTED} (?P<head>(?i:(?:{_KIND} )?(?:actor|campaign|operation|network|group|cluster)))\b"
)
_PLAIN_HEAD = Expression(
    rf"\b[Tt]he (?:so-called )?(?P<name>{_CAP}(?: {_CAP})?) (?P<head>operation|network|campaign|"
    rf"cluster)\b"
)
_INFLUENCE = Expression(
    r"\b(?:disinformation|influence operations?|inauthentic|propaganda|impersonat\w{2,6}|troll|bots?|"
    r"clon(?:ed|es|ing)|"
    r"typosquat\w{0,5}|fake|covert|spoofed|foreign interference|information manipulation)\b"
)
_SURNAME = Expression(
    r"(?<=[a-z,.] )(?!The |In |On |When |While |As |But |And )(?:[A-Z][a-z]{2,12}|"
    r"[A-Z]\.) ([A-Z][\w\-]{1,30})"
    r"|\b([A-Z][\w\-]{1,30}) (?:said|told|wrote)\b"
)
_POSTPOSED = Expression(
    rf"\b(?P<name>{_NAME})(?:[”\"])?(?:,| is| was| –| —| \()\s?(?P<phrase>(?:an?|the|"
    rf"one of the) (?:[\w\-’.]{{1,24}},? ){{0,5}}?(?:{_KIND} "
    rf"(?:{_KIND} )?{HEADS}|(?:network|group|cluster|set|ring) of (?:\w+ )?(?:inauthentic|fake|bogus|sham|cloned|"
    rf"covert)))\b"
)
_OPERATION = Expression(
    rf"(?<![\w\-])Operation (?:[“\"](?P<quoted>[^”\"\n]{{2,40}})[”\"]|"
    rf"(?P<name>{_CAP}(?: [A-Z][\w\-]{{2,20}})?))"
)
_NOT_OPERATION = frozenset(
    "Center Centre Manager Officer Room Team Systems Command Division Department Service Uses Targets In "
    "On And Of The "
    "Warp Desert Linked Against Report".split()
)


def actor_names(text: str) -> Iterator[Named]:
    """Every naming of an influence actor; one actor may be named many times."""
    yield from _coded(text)
    yield from _themed(text)
    yield from _phrases(text)
    yield from _appositions(text)
    yield from _operations(text)


def _coded(text: str) -> Iterator[Named]:
    for match in _CODED.finditer(text):
        yield _named(text, match.start(), match.group(), "a code name by its form")


def _themed(text: str) -> Iterator[Named]:
    """Names of a vendor's family, if the text speaks of threats near one of the name's mentions."""
    found = [m for m in matches_with(text, _THEMED, _FAMILIES, 17) if m["first"].capitalize() not in _NOT_FIRST]
    # "The 2018 Kerala Flood" is weather.
    found = [m for m in found if not re.search(r"\d{4} $", text[max(0, m.start() - 5) : m.start()])]
    meant = {m.group() for m in found if _THREAT.search(text, max(0, m.start() - 150), m.end() + 150)}
    for match in found:
        if match.group() in meant:
            yield _named(text, match.start(), match.group(), "a vendor's family of names")


def _phrases(text: str) -> Iterator[Named]:
    for match in matches_with(text, _TRACKS, ("track", "tracks", "tracked", "tracking"), 200, 260):
        yield from _from_phrase(text, match, match["by"] or "")
    for pattern, words, reach in ((_CALLS, _CALLING, 150), (_PASSIVE, _CALLED, 24)):
        for match in matches_with(text, pattern, words, reach, 260):
            before = text[max(0, match.start() - 110) : match.start()]
            if pattern is _CALLS:
                before += match.group().partition(match["by"])[0]
            if _ANTECEDENT.search(before):
                yield from _from_phrase(text, match, match["by"] or _by_after(text, match.end()))


def _from_phrase(text: str, match: re.Match[str], by: str) -> Iterator[Named]:
    start, name = _written(match)
    if is_name(name) and not is_person_here(text, start, name):
        said = match.group().partition(name)[0].strip(' “”"«»„')
        reason = f"named by “{said}”"
        aliases = (Alias(name, re.sub(r"['’]s?$", "", by)),) if by else ()
        yield Named(start, name, "actor", tie_before(text, start), reason, aliases)


def _by_after(text: str, end: int) -> str:
    match = re.compile(rf" by {_BY}").match(text, end)
    return match["by"] if match else ""


def _appositions(text: str) -> Iterator[Named]:
    for match in matches_with(text, _APPOSITION, _KINDS, 14, 130):
        start, name = _written(match)
        if match["quoted"] is None and _is_subject_of_naming(text, start + len(name)):
            continue
        yield from _checked(text, start, name, match.group()[: start - match.start()])
    for pattern, words in ((_HEADED, _KINDS), (_QUOTED_HEAD, _QUOTED_HEADS)):
        for match in matches_with(text, pattern, words, 140, 60):
            start, name = _written(match)
            if pattern is _QUOTED_HEAD and not name[:1].isupper():
                continue
            yield from _checked(text, start, name, match["head"])
    plain = list(_PLAIN_HEAD.finditer(text))
    persons = _surnames(text) if plain else set()
    for match in plain:
        near = _INFLUENCE.search(text, max(0, match.start() - 200), match.end() + 200)
        if near and match["head"] != "campaign" and match["name"] not in persons:
            yield from _checked(text, match.start("name"), match["name"], match["head"])
    for match in _POSTPOSED.finditer(text):
        if re.match(r" [“\"A-Z]", text[match.end() : match.end() + 2]):
            continue  # "In May, the influence actor X ...": the phrase belongs to what follows
        start, name = _written(match)
        for found in _checked(text, start, name, match["phrase"]):
            state = found.state or tie_within(match["phrase"])
            yield Named(found.start, found.name, found.kind, state, found.reason)


def _checked(text: str, start: int, name: str, said: str) -> Iterator[Named]:
    if not is_name(name) or is_person_here(text, start, name):
        return
    if begins_sentence(text, start) and verbs().get(name.lower()):
        return  # "Organised inauthentic activity"
    kind = "network" if re.search(r"networks?$", said.strip()) else "actor"
    yield _named(text, start, name, f"called “{said.strip()}”", kind)


def _is_subject_of_naming(text: str, end: int) -> bool:
    """ "the influence actor Microsoft tracks as ...": the name is who names it."""
    after = text[end : end + 40]
    return (
        re.match(
            r" (?:has |have |had |now |also )?(?:track|call|dub|name|refer|label|cod|"
            r"identif)",
            after,
        )
        is not None
    )


def _surnames(text: str) -> set[str]:
    """Words that the text uses as a person's name ("Rupert Murdoch", "Murdoch said")."""
    return {name for match in _SURNAME.finditer(text) for name in match.groups() if name}


def _operations(text: str) -> Iterator[Named]:
    for match in matches_with(text, _OPERATION, ("Operation",), 0, 80):
        first = (match["name"] or match["quoted"]).split()[0]
        before = re.search(r"[A-Z][\w\-]{1,20} $", text[max(0, match.start() - 24) : match.start()])
        if first in _NOT_OPERATION or (before and before.group().strip() not in ("The", "In", "Called", "Dubbed")):
            continue
        name = match.group().rstrip("’'") if match["name"] else match.group()
        yield _named(text, match.start(), re.sub(r"['’]s$", "", name), "an operation by its name")


def _written(match: re.Match[str]) -> tuple[int, str]:
    """Start and letters of the name in a match, in quotation marks or not, less what is glued to it."""
    groups = match.re.groupindex
    if "quoted" in groups and match["quoted"] is not None:
        return match.start("quoted"), match["quoted"].rstrip(" ,.")
    name = re.sub(r"['’]s?$", "", match["name"])
    words = name.split(" ")
    while len(words) > 1 and words[0] in ("The", "In", "On", "When", "While", "As", "But", "And", "After", "Since"):
        words = words[1:]
    shorter = " ".join(words)
    return match.start("name") + len(name) - len(shorter), shorter


def _named(text: str, start: int, name: str, reason: str, kind: str = "actor") -> Named:
    return Named(start, name, kind, tie_before(text, start), reason)
