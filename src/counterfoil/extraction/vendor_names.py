"""Names that somebody else gives an operation: "Microsoft tracks the activity as X", "known to Y as Z".

The operation is the one that the sentence names before, or, where "it" or "the network" stands for it, the last one
named. The name it is given becomes its alias, with who uses it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE, Named, key
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import PhraseIndex, matches_with
from counterfoil.model.extraction import Alias

_CAP = r"(?:[A-ZÀ-ÞА-ЯЄІЇҐ]|\d(?=[A-Za-z]))[\w’'\-]{1,30}"
_NAME = rf"(?:[“\"«„] ?[^“”\"«»„\n()]{{2,40}}? ?,?[”\"»“]|{_CAP}(?: (?:{_CAP}|\d{{1,4}})){{0,3}})"
_BY = rf"(?:[Tt]he )?(?P<by>{_CAP}(?:(?: of| for| the| and)? {_CAP}){{0,5}})(?: \([A-Z]{{2,6}}\))?"
_WE = (
    r"(?:(?:[a-z]{4,14} ){0,2}(?:firms|vendors|companies|researchers|analysts|experts|agencies)|[Ww]e|"
    r"[Rr]esearchers|[Aa]nalysts|[Oo]thers|[Oo]ther researchers|[Ss]ome vendors|[Ii]t|[Tt]hey|[Ii]nvestigators)"
)
_NOUN = r"(?:network|operation|campaign|group|activity|cluster|actor|effort|operators|set|accounts|threat|hackers|gang)"
_OBJECT = (
    rf"(?P<object>it|them|(?:the|this|that|these) (?:same |entire |whole |wider )?(?:[\w\-]{{2,20}} ){{0,2}}?{_NOUN}"
    r"(?: of [\w\-]{3,20})?)"
)
_AUX = r"(?: (?:has|have|had|also|now|currently|previously|since|separately|publicly|itself|earlier|meanwhile))*"
_VERB = (
    r"(?P<verb>tracks?|tracked|follows?|monitors?|calls?|called|dubs?|dubbed|names?|named|knows?|refers? to|referred "
    r"to|"
    r"designates?|designated|labels?|label+ed|identifies|identified|describes?|described|nicknamed|codenamed|tagged)"
)
_AS = r"(?: (?:as|under the (?:name|moniker|alias|label|designation|cryptonym)(?: of)?|by the name(?: of)?))?(?: the)?"
_MORE = rf"(?:,? (?:and|or) (?:as )?(?P<second>{_NAME})(?=[,.;:)”\"]|\s?$| (?:and|by|in)\b))?"
#: "Microsoft (also) tracks the activity as X", "Mandiant, which tracks the same network as X"
_TRACKS = Expression(rf"{_VERB}(?: {_OBJECT})?{_AS} (?P<name>{_NAME}){_MORE}")
_TRACKER = Expression(rf"(?<![\w\-])(?:{_BY}|{_WE})(?:, which|, who)?{_AUX} $")
#: "Google's TAG reported on it in October under the name X"
_UNDER_THE = Expression(r"(?:under|using|by) the (?:name|moniker|alias|label|designation|code)")  #: what it waits for
_UNDER = Expression(
    rf"(?<![\w\-])(?:{_BY}|{_WE}){_AUX} (?:report(?:s|ed)?|wrote|writes|written|published|disclosed|described|"
    rf"documented|exposed|"
    rf"tracks?|tracked|follows|covered)(?: \w+)?(?: on| about)? {_OBJECT}[^.;\n]{{0,50}}? (?:under|using|by) the "
    rf"(?:name|moniker|alias|label|designation|code ?name)(?: of)? (?P<name>{_NAME})"
)
#: "(also) known to Y as X", "tracked by Y as X (and by Z as W)"
_KNOWN_TO = Expression(
    r"(?<![\w\-])(?:known|tracked|called|dubbed|named|referred to|designated|identified|labell?ed|followed|monitored)"
    rf"(?: elsewhere)? (?:to|by|at) {_BY}{_AS} (?P<name>{_NAME})"
    rf"(?:,? and (?:to|by) (?:the )?(?P<by2>{_CAP}(?: {_CAP}){{0,4}})(?: as)? (?P<name2>{_NAME}))?"
)
#: "Y's name for the group is X", "Y knows it as X", "Graphika uses X, while Alethea prefers Y"
_NAME_FOR = Expression(
    rf"(?<![\w\-]){_BY}['’]s? (?:own |internal )?(?:name|designation|label|moniker|codename) for (?:{_OBJECT}|"
    rf"[A-Z][\w\- ]{{2,30}}?)"
    rf" (?:is|was) (?P<name>{_NAME})"
)
_PREFERS = Expression(
    rf"(?<![\w\-]){_BY} (?:uses|prefers|opted for|went with|settled on|chose)(?: the (?:name|label|term))? "
    rf"(?P<name>{_NAME})(?=[,.;:]| (?:and|while|for)\b)"
)
#: "X by A, Y by B and Z by C" behind a word for naming
_LIST = Expression(
    rf"(?<![\w\-])(?:called|dubbed|named|known as|tracked as|labell?ed|nicknamed) (?P<pairs>{_NAME} (?:by|at) (?:the "
    rf")?{_CAP}(?: {_CAP}){{0,3}}"
    rf"(?:(?:,| and|, and) (?:as )?{_NAME} (?:by|at) (?:the )?{_CAP}(?: {_CAP}){{0,3}}){{0,4}})"
)
_PAIR = Expression(rf"(?P<name>{_NAME}) (?:by|at) (?:the )?(?P<by>{_CAP}(?: {_CAP}){{0,3}})")
#: "X (Storm-1 to Microsoft, TA5 to Proofpoint)"
_BRACKET = Expression(r"[”\"»]? ?\((?P<inside>[^()\n]{4,160})\)")
_TO_BY = Expression(
    rf"(?:^|, | and |; |as )(?P<name>{_NAME}) (?:to|for|per|by|at) (?:the )?(?P<by>{_CAP}(?: {_CAP}){{0,3}})(?=,| and|"
    rf";|$)"
)
#: "also tracked as X (Microsoft) and Y (Mandiant)"
_AS_BRACKETED = Expression(
    rf"(?:tracked|known|referred to|designated|identified) as (?P<all>{_NAME} \({_CAP}(?: {_CAP}){{0,3}}\)"
    rf"(?:(?:,| and|, and| or) {_NAME} \({_CAP}(?: {_CAP}){{0,3}}\)){{0,4}})"
)
_BRACKETED = Expression(rf"(?P<name>{_NAME}) \((?P<by>{_CAP}(?: {_CAP}){{0,3}})\)")
_FOREIGN_BY = (
    rf"(?:(?:la empresa|la firma|el|la|l['’]entreprise|la société|le|die Firma|das Unternehmen|[Кк]омпан\w+|"
    rf"[Кк]оманд\w+|команда|группа|група|die|der) )?(?P<by>{_CAP}(?: {_CAP}){{0,3}})"
)
_FOREIGN = Expression(
    rf"(?:a (?:la|el) que {_FOREIGN_BY} (?:llama|denomina|conoce como|rastrea como|sigue como|identifica como) "
    rf"(?:como )?(?P<name>{_NAME}))"
    rf"|(?:que {_FOREIGN_BY.replace('by>', 'by2>')} (?:suit sous le nom de|appelle|désigne comme|nomme|connaît sous "
    rf"le nom de|rastrea como|llama) (?P<name2>{_NAME}))"
    rf"|(?:(?:suivie?s?|désignée?s?|baptisée?s?|appelée?s?|surnommée?s?) par {_FOREIGN_BY.replace('by>', 'by3>')} "
    rf"(?:sous le nom (?:de |d['’])|comme )?(?P<name3>{_NAME}))"
    rf"|(?:(?:sous le nom (?:de |d['’])|bajo el nombre de |como )(?P<name4>{_NAME}) (?:chez|par|por|para|"
    rf"en) {_FOREIGN_BY.replace('by>', 'by4>')})"
    rf"|(?:(?:das|die|den|der) {_FOREIGN_BY.replace('by>', 'by5>')} (?:als |unter dem Namen |unter der Bezeichnung "
    rf")?(?P<name5>{_NAME}) (?:führt|bezeichnet|nennt|verfolgt|beobachtet))"
    rf"|(?:von {_FOREIGN_BY.replace('by>', 'by6>')} (?:als )?(?P<name6>{_NAME}) (?:genannt|bezeichnet|geführt))"
    rf"|(?:{_FOREIGN_BY.replace('by>', 'by7>')} (?:відстежу\w+|отслежива\w+|назива\w+|называ\w+|зна\w+) "
    rf"(?:[а-яіїєґ]{{2,14}} ){{0,2}}?(?:[«“][^»”\n]{{2,40}}[»”] )?(?:під назвою|под названием|під ім.ям|под именем|як|"
    rf"как|) ?(?P<name7>{_NAME})"
    rf"(?:, а {_FOREIGN_BY.replace('by>', 'by8>')} ?— ?(?:як|как|под названием|під назвою) (?P<name8>{_NAME}))?)"
    rf"|(?:(?:она|он|оно|вона|він) ж[е]? (?P<name9>{_NAME}))"
)
_FOREIGN_WORDS = (
    "llama denomina conoce rastrea sigue suit appelle désigne nomme connaît suivi suivie suivis désigné désignée "
    "baptisé "
    "baptisée appelé appelée surnommé surnommée nom nombre como führt bezeichnet nennt verfolgt beobachtet genannt "
    "geführt "
    "відстежує отслеживает називає называет знає знает же ж"
).split()
_WORDS = (
    "track tracks tracked follow follows monitor monitors call calls called dub dubs dubbed name names named knows "
    "know "
    "refers refer referred designates designate designated labels labeled labelled identifies identified describes "
    "described nicknamed codenamed tagged"
).split()
_BACK = 900
_NEEDS_AS = ("track", "follow", "monitor", "know", "identif", "descr", "refer")
_NAMES = ("call", "dub", "nick", "code", "label", "name")
_RELATIVE = Expression(r"(?:which|that|what|whom?|,|and|as) $")


def vendor_names(text: str, named: Sequence[Named]) -> Iterator[Named]:
    """Namings that give an operation named before another name, with who uses it."""
    operations = {naming.name: naming.kind for naming in named if naming.kind in INFLUENCE}
    mentions = list(PhraseIndex(operations).find(text))
    starts = [start for start, _, _ in mentions]
    for at, name, by, anaphoric in _statements(text):
        name = re.sub(r"['’]s?$|^The ", "", name.strip(' “”"«»„,')).rstrip(" ,.")
        by = re.sub(r"^[Tt]he ", "", by)
        begin = text.find(name, at)
        if not is_name(name) or is_person_here(text, begin, name) or key(name) == key(by):
            continue
        main = _meant(
            text,
            mentions[max(0, bisect_left(starts, begin) - 12) : bisect_left(starts, begin)],
            (begin, name, anaphoric),
        )
        if main is None and anaphoric:
            main = _only(mentions, name)
        if main:
            yield Named(main[0], main[1], operations[main[1]], "", "named with its aliases", (Alias(name, by),))
        elif not anaphoric and _CODE.fullmatch(name) and (subject := _subject(text, begin)):
            yield Named(subject[0], subject[1], "actor", "", "named with its aliases", (Alias(name, by),))
        elif by and name in operations:
            yield Named(begin, name, operations[name], "", "named with its aliases", (Alias(name, by),))
    for start, end, name in mentions:
        bracket = _BRACKET.match(text, end, end + 180)
        for pair in _TO_BY.finditer(bracket["inside"]) if bracket else ():
            if is_name(pair["name"]) and key(pair["name"]) != key(name):
                yield Named(
                    start, name, operations[name], "", "named with its aliases", (Alias(pair["name"], pair["by"]),)
                )


_CODE = Expression(
    r"(?:[A-Z]{2,5}-?(?:[A-Z]-)?\d{1,5}|Storm-?\d{4}|[A-Z]{6,20}|[A-Z]\w{1,30} (?:Typhoon|Sleet|Blizzard|Sandstorm|"
    r"Tempest|Flood|Bear|Panda|Kitten))"
)
_BEGINS = Expression(rf"(?:^|[.!?•\n]\s{{0,3}})(?P<name>{_NAME})(?=,| \(| is | –| —)")
_IT = Expression(
    r"\s{0,3}(?:But |And )?(?:It|They|This|That|These|The (?:\w{1,20} )?\w{1,20}|Its|Elle|Sie|Es|Она|Они|Вона)\b"
)


def _begins_with_it(text: str, at: int) -> bool:
    """Whether the sentence around an offset begins with words that stand for something told before."""
    before = re.split(r"[.!?](?=\s)|\n", text[max(0, at - 90) : at])[-1]
    return len(before) < 90 and _IT.match(before) is not None


def _subject(text: str, at: int) -> tuple[int, str] | None:
    """A name with which the sentence around an offset begins, that can be an operation's."""
    first = max(0, at - 220)
    begins = list(_BEGINS.finditer(text, first, at))
    if not begins or re.search(r"[.!?](?=\s)|\n", text[begins[-1].end() : at]):
        return None
    name = begins[-1]["name"].strip(' “”"«»„,')
    fits = is_name(name) and name not in known() and (" " in name or not name.istitle())
    return (text.find(name, begins[-1].start()), name) if fits else None


def _only(mentions: list[tuple[int, int, str]], other: str) -> tuple[int, str] | None:
    """The one operation of the text besides a name, if there is but one."""
    rest = {key(name): (start, name) for start, _, name in reversed(mentions) if key(name) != key(other)}
    return next(iter(rest.values())) if len(rest) == 1 else None


def _meant(text: str, before: list[tuple[int, int, str]], said: tuple[int, str, bool]) -> tuple[int, str] | None:
    """The operation named last before a statement: in its sentence, or further back where a word stands for it."""
    at, other, anaphoric = said
    for start, end, name in reversed(before):
        if key(name) == key(other):
            continue
        between = text[end:at]
        if len(between) > _BACK or ("\n\n" in between[: -200 if len(between) > 200 else None] and not anaphoric):
            return None
        stops = re.search(r"[.!?](?=\s)|\n", between)
        if stops and not anaphoric:
            return None
        return start, name
    return None


def _statements(text: str) -> Iterator[tuple[int, str, str, bool]]:
    """Where each statement begins, the name that is given, who gives it, and whether "it" stands for the operation."""
    for match in matches_with(text, _TRACKS, _WORDS, 0, 110):
        who = _TRACKER.search(text, max(0, match.start() - 110), match.start())
        if who is None:
            continue
        verb, thing = match["verb"], match["object"]
        plain = match["name"][0] not in '“"«„'
        bare = text[match.end("verb") : match.start("name")].strip() in ("", "the")
        if bare and (verb.startswith(_NEEDS_AS) if thing else plain or not verb.startswith(_NAMES)):
            continue
        if thing is None and not _RELATIVE.search(text, max(0, who.start() - 6), who.start()):
            continue
        for name in (match["name"], match["second"]):
            if name:
                yield who.start(), name, who["by"] or "", thing is not None
    under = ("under", "using", "by") if _UNDER_THE.search(text) else ()
    for match in matches_with(text, _UNDER, under, 170, 90):
        yield match.start(), match["name"], match["by"] or "", True
    for match in matches_with(text, _KNOWN_TO, [*_WORDS, "known", "labelled", "followed", "monitored"], 0, 220):
        anaphoric = _begins_with_it(text, match.start())
        yield match.start(), match["name"], match["by"], anaphoric
        if match["name2"]:
            yield match.start(), match["name2"], match["by2"], anaphoric
    for match in matches_with(text, _NAME_FOR, ("name", "designation", "label", "moniker", "codename"), 60, 120):
        yield match.start(), match["name"], match["by"], True
    for match in matches_with(text, _PREFERS, ("uses", "prefers", "opted", "went", "settled", "chose"), 60, 80):
        if re.search(r"\bnames?\b", text[max(0, match.start() - 160) : match.start()]):
            yield match.start(), match["name"], match["by"], True
    for pattern, each in ((_LIST, _PAIR), (_AS_BRACKETED, _BRACKETED)):
        for match in matches_with(text, pattern, [*_WORDS, "known", "labelled"], 0, 300):
            pairs = list(each.finditer(match.group()))
            for pair in pairs:
                name = re.sub(r"^(?:called|dubbed|named|as) ", "", pair["name"])
                yield match.start(), name, pair["by"], _begins_with_it(text, match.start())
    for match in matches_with(text, _FOREIGN, _FOREIGN_WORDS, 90, 150):
        groups = match.groupdict()
        anaphoric = _begins_with_it(text, match.start()) or _FOREIGN_IT.search(match.group()) is not None
        for number in ("", "2", "3", "4", "5", "6", "7", "8", "9"):
            if groups.get(f"name{number}"):
                yield match.start(), groups[f"name{number}"], groups.get(f"by{number}") or "", anaphoric


_FOREIGN_IT = Expression(r"\b(?:її|її|її|ее|её|його|его|їх|их)\b")
