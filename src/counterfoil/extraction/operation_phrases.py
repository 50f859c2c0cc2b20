"""Operations by what a text says they are: "X, a network of 6,218 accounts", "the network X".

The noun must be one for an operation and, where it is one for other things too ("a news network", "an advocacy
group"), its words must speak of this field or of the accounts it consists of.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.naming import Named
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.speakers import is_opener
from counterfoil.extraction.state_ties import tie_before, tie_within

_CAP = r"(?:[A-ZÀ-ÞА-ЯЄІЇҐ]|\d(?=[A-Za-z]))[\w’'\-]{1,30}"
_PLAIN = rf"{_CAP}(?: (?:{_CAP}|of the {_CAP}|of {_CAP}|\d{{1,4}})){{0,3}}"
_QUOTED = r"[“\"«„] ?(?P<quoted>[^“”\"«»„\n()]{2,40}?) ?,?[”\"»“]"
_NAMED = rf"(?:{_QUOTED}|(?P<name>{_PLAIN}))"
#: Words that make a network, a group or a campaign one of this field.
_FIELD = (
    r"(?:influence|information|disinformation|misinformation|propaganda|manipulation|inauthentic|covert|malign|fake|"
    r"bogus|"
    r"sham|troll|bot|bots|spam|hack-and-leak|hacking|hacktivist|espionage|threat|intrusion|coordinated|interference|"
    r"clandestine|deceptive|cloned|pro-[A-Z]\w+|anti-[A-Z]\w+|state-(?:backed|linked|sponsored|run|aligned|affiliated)|"
    r"[A-Z]\w+-(?:backed|linked|aligned|nexus|sponsored|run|controlled|funded|directed|affiliated|origin)|smear|"
    r"forgery|"
    r"impersonation|persona|sockpuppet|astroturf\w*|amplification|commercial|for-hire|amplifier|cross-platform|"
    r"Spamouflage-like|cyber|ransomware|phishing|mercenary|disinformation-for-hire|foreign|subversion|subversive)"
)
_MADE_OF = (
    r" (?:of|that (?:operates?|operated|ran|runs|comprised|consists? of)|comprising|consisting of|made up of) "
    r"(?:about |around |some |at least |more than |nearly |over )?(?:[\w.,\-]{1,20} ){0,5}?"
    r"(?:accounts|sites|websites|pages|personas|outlets|channels|bots|trolls|fakes|profiles|domains|blogs|handles|"
    r"groups|portals|newspapers|assets|users|influencers)\b"
)
_NOUN = (
    r"(?:operation|campaign|network|actor|cluster|effort|group|botnet|set|ecosystem|ring|scheme|farm|collective|"
    r"persona)"
)
_DESCRIBED = Expression(
    rf"(?<![\w\-]){_NAMED}(?: \([^()\n]{{1,120}}\))?(?:,| –| —|(?:, (?:by contrast|however|meanwhile|too|in turn|"
    rf"for its part|also|which|first \w+ [^,\n]{{3,120}}|[^,\n]{{3,60}}),)? (?:is|was|remains|has been|became))"
    rf" (?P<phrase>(?:an?|the|one of the|a long-running|another) (?P<words>(?:[\w’'\-.]{{1,24}},? ){{0,6}}?)"
    rf"(?P<noun>{_NOUN})s?)(?![\w\-])(?P<made>{_MADE_OF})?"
)
_NOUN_WORDS = (
    "operation campaign network actor cluster effort group botnet set ecosystem ring scheme farm collective persona"
).split()
_STRONG = frozenset("botnet".split())
_FIELD_IN = Expression(rf"(?i)(?<![\w\-]){_FIELD}(?![\w\-])")
_OTHER = Expression(
    r"(?i)\b(?:news|television|tv|cable|broadcast|radio|mobile|social|military|mining|rescue|electoral|election|"
    r"political|"
    r"presidential|advertising|marketing|research|advocacy|rights|rebel|armed|militant|terrorist|medical|police|"
    r"peacekeeping|joint|parliamentary|lobby|lobbying|industry|working|ethnic|minority|telecom|sting|vaccination|"
    r"fundraising|re-election|reelection|media|awareness|environmental|paramilitary|business|hotel|film|movie|"
    r"journalists?)\b"
)
#: "the network SANDGLASS", "disinformation network Blue Sable", "an influence operation called X"
_HEADED = Expression(
    rf"(?<![\w\-])(?P<words>(?:(?:[Tt]he|[Aa]n?|[Tt]his|[Ii]ts|that) )?(?:[\w\-]{{2,30}} ){{0,4}}?)"
    rf"(?P<noun>operation|campaign|network|cluster|botnet|actor|intrusion set|influence project)"
    rf"(?P<called>,? (?:(?:that is |which is )?(?:also |better |internally )?(?:called|dubbed|named|known as|codenamed|"
    rf"code-named|nicknamed|labell?ed|tracked as|referred to as)))? (?:the )?{_NAMED}(?![\w\-])"
)
_DOES = Expression(
    r" (?:has |have |had )?(?:runs?|ran|called|calls|removed|removes|took|takes|uses|used|tracks|tracked|says|said|"
    r"launched|led|wanted|hired|works|worked|bought|built|named|identified|paid|made|dubbed|exposed|found|started|"
    r"mounted|disrupted|banned|documented|described|reported|attributed|funded|organized|organised|wrote|denied)\b"
)


def operation_phrases(text: str) -> Iterator[Named]:
    """Every naming of an operation beside what it is."""
    yield from _attributed(text)
    yield from _tied(text)
    for match in matches_with(text, _DESCRIBED, _NOUN_WORDS, 230, 150):
        said = f"{match['words']} {match['made'] or ''}"
        told = match["made"] or _FIELD_IN.search(match["words"]) or match["noun"] in _STRONG
        plain = match["quoted"] or (" " in match["name"] and not match["words"].strip())
        told = told or (match["noun"] in ("operation", "campaign") and plain)
        if told and not (_OTHER.search(said) and not _FIELD_IN.search(match["words"])):
            yield from _checked(text, match, tie_within(match["phrase"]))
    for match in matches_with(
        text, _HEADED, ("operation", "campaign", "network", "cluster", "botnet", "actor", "set"), 150, 120
    ):
        if _OTHER.search(match["words"]) and not _FIELD_IN.search(match["words"]):
            continue
        name = match["quoted"] or match["name"]
        plain = match["quoted"] is None and not match["called"] and not _FIELD_IN.search(match["words"])
        if plain and (not match["words"] or not _is_code(name)):
            continue
        if not (match["quoted"] is None and not match["called"] and _DOES.match(text, match.end(), match.end() + 24)):
            yield from _checked(text, match, tie_within(match["words"]))


#: "We attribute X to", "X is attributed to", "attribution of X to"
_ATTRIBUTED = Expression(
    rf"(?:(?<![\w\-])(?:attribut(?:es?|ed|ing)|attribution of) (?:the (?:\w+ )?(?:operation|campaign|network|"
    rf"activity),? )?{_NAMED} to\b)"
)


_TIED = Expression(
    rf"(?<![\w\-])(?P<name>{_PLAIN})(?P<quoted>(?!)x)? (?:is|was|has been|have been) (?:\w+ly |very |highly |almost |"
    rf"publicly ){{0,3}}"
    r"(?:believed to be |assessed to be |thought to be )?(?:linked|tied|attributed|attributable|traced back) to\b"
)
_NAMED_CAMPAIGN = Expression(
    rf"(?<![\w\-])(?P<verb>runs?|ran|behind|launched|operates?|operated|sponsors?|sponsored|funds?|funded|directs?|"
    rf"directed|"
    rf"controls?|orchestrated|run|uncovered|exposed|of) the (?P<quoted>(?!)x)?(?P<name>{_CAP} {_CAP}) "
    rf"(?P<noun>campaign|operation|network)(?![\w\-])"
)


def _tied(text: str) -> Iterator[Named]:
    """Names that a text ties to somebody, or says somebody runs, without another word for what they are."""
    for pattern, wanted in (
        (_TIED, ("linked", "tied", "attributed", "attributable", "traced")),
        (_NAMED_CAMPAIGN, _NOUN_WORDS),
    ):
        for match in matches_with(text, pattern, wanted, 150, 30):
            name, start = match["name"], match.start("name")
            first, _, rest = name.partition(" ")
            if rest and is_opener(first):
                name, start = rest, start + len(first) + 1
            if " " in name and is_name(name) and not is_person(name) and name not in known():
                yield Named(start, name, "actor", "", "tied to somebody")


def _attributed(text: str) -> Iterator[Named]:
    for match in matches_with(
        text, _ATTRIBUTED, ("attribute", "attributes", "attributed", "attributing", "attribution"), 0, 90
    ):
        name = match["quoted"] or match["name"]
        if (" " in name or not name.istitle()) and is_name(name) and name not in known():
            yield Named(
                match.start("quoted" if match["quoted"] else "name"), name, "actor", "", "attributed to somebody"
            )


def _is_code(name: str) -> bool:
    """Whether a name behind "the network" can only be the operation's: in capitals, or two words and no person."""
    if name.isupper() and len(name) > 4:
        return True
    return " " in name and not is_person(name)


def _checked(text: str, match: re.Match[str], state: str) -> Iterator[Named]:
    group = "quoted" if match["quoted"] is not None else "name"
    name, start = re.sub(r"['’]s?$", "", match[group]).rstrip(" ,."), match.start(group)
    first, _, rest = name.partition(" ")
    while rest and group == "name" and is_opener(first):
        name, start = rest, start + len(first) + 1
        first, _, rest = name.partition(" ")
    if is_name(name) and not is_opener(name) and name not in known() and not is_person_here(text, start, name):
        kind = "network" if match["noun"] in ("network", "botnet", "ring", "farm") else "actor"
        yield Named(start, name, kind, state or tie_before(text, start), f"called a {match['noun']}")


_FOREIGN = Expression(
    rf"{_QUOTED}(?:,? (?:a (?:la|el) que|que|die|das) [^,\n]{{3,80}},)?(?:,| es| est| ist| –| —)? (?:la|una|un|el|une|"
    rf"le|ein|eine|das|die|это|це)"
    r" (?P<noun>(?:red|operación|campaña|réseau|opération|campagne|mode opératoire|Netzwerk|Kampagne|Operation|Netz|"
    r"Desinformationskampagne|Einflusskampagne|сеть|кампания|операция|мережа|кампанія|операція))(?![\w\-])"
)
_FOREIGN_WORDS = (
    "red operación campaña réseau opération campagne opératoire Netzwerk Kampagne Operation Netz "
    "Desinformationskampagne "
    "Einflusskampagne сеть кампания операция мережа кампанія операція"
).split()


def foreign_operation_phrases(text: str) -> Iterator[Named]:
    """The same in Spanish, French, German, Russian and Ukrainian, for names in quotation marks."""
    for match in matches_with(text, _FOREIGN, _FOREIGN_WORDS, 130, 40):
        name = match["quoted"].strip()
        if len(name) > 2 and name[0].isupper():
            kind = "network" if match["noun"] in ("red", "réseau", "Netzwerk", "Netz", "сеть", "мережа") else "actor"
            yield Named(match.start("quoted"), name, kind, "", f"called “{match['noun']}”")
