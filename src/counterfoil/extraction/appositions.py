"""Organisations by the word for what they are: "the agency X", "X, a marketing firm", „die Firma X“.

One table of words in seven languages; each says what kind of organisation it names. Words that also stand
before other names ("group", "site") are left out.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import Named
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import matches_with, spellings
from counterfoil.extraction.speakers import is_opener
from counterfoil.extraction.state_ties import tie_within

_WORDS = {
    "company": (
        "firm company consultancy conglomerate startup start-up subsidiary contractor "
        "société entreprise cabinet groupe Firma Unternehmen IT-Firma PR-Agentur Werbeagentur Agentur Konzern Konzerns "
        "agencia agence empresa compañía consultora firma spółka spółki firmy "
        "компания компании компанию компанией фирма фирмы фирму фирмой компанія компанії компанію фірма фірми"
    ).split(),
    "agency": (
        "institute laboratory lab observatory think-tank non-profit nonprofit NGO watchdog regulator "
        "association ONG observatoire laboratoire institut fondation Institut Stiftung Denkfabrik Verein "
        "asociación fundación organización observatorio laboratorio instituto fundacja organizacja stowarzyszenie "
        "лаборатория лаборатории лабораторию лабораторией организация организации институт института фонд фонда "
        "лабораторія лабораторії організація організації інститут інституту"
    ).split(),
    "outlet": (
        "newspaper daily weekly broadcaster newsroom outlet magazine portal tabloid "
        "journal quotidien hebdomadaire média magazine Zeitung Magazin Magazins Sender Senders Nachrichtenagentur "
        "Tageszeitung Wochenzeitung Portal diario periódico semanario revista medio cadena "
        "gazeta gazety gazecie dziennik portalu serwis tygodnik "
        "издание издания изданию изданием газета газеты газету газетой телеканал телеканала агентство агентства "
        "агентству агентством видання газеті телеканалу"
    ).split(),
}
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words}
#: Two words that say more than the second alone.
_TWO = {
    "news agency": "outlet",
    "press agency": "outlet",
    "news site": "outlet",
    "news website": "outlet",
    "news outlet": "outlet",
    "news channel": "outlet",
    "television channel": "outlet",
    "TV channel": "outlet",
    "radio station": "outlet",
    "think tank": "agency",
    "research group": "agency",
    "fact-checking group": "agency",
    "fact-checking organisation": "agency",
    "fact-checking organization": "agency",
    "fact-checking site": "outlet",
    "fact-checking outlet": "outlet",
    "monitoring group": "agency",
    "advocacy group": "agency",
    "rights group": "agency",
    "civil society group": "agency",
    "research collective": "agency",
    "news brand": "outlet",
    "research centre": "agency",
    "research center": "agency",
    "research institute": "agency",
    "intelligence agency": "agency",
    "intelligence service": "agency",
    "security agency": "agency",
    "security service": "agency",
    "spy agency": "agency",
    "cyber agency": "agency",
    "marketing agency": "company",
    "advertising agency": "company",
    "communications agency": "company",
    "PR agency": "company",
    "public relations agency": "company",
    "media agency": "company",
    "agence de communication": "company",
    "agence de presse": "outlet",
    "centre de recherche": "agency",
    "agencia de noticias": "outlet",
    "agencia de comunicación": "company",
    "agencja prasowa": "outlet",
    "agencja reklamowa": "company",
}
_ENGLISH = (
    r"(?:firm|company|consultancy|conglomerate|startup|start-up|subsidiary|contractor|vendor|corporation|"
    r"institute|laboratory|lab|observatory|think[ -]tank|non-?profit|NGO|watchdog|regulator|"
    r"newspaper|daily|weekly|broadcaster|newsroom|magazine|tabloid|(?:news|press) agency|"
    r"news (?:site|website|outlet|channel|portal)|(?:television|TV|radio) (?:channel|station)|"
    r"(?:marketing|advertising|communications?|PR|public relations|media|digital|creative|ad) agency|"
    r"(?:intelligence|security|spy|cyber|research) (?:agency|service|group|centre|center|institute))"
)
_CAP = r"(?:[A-ZÀ-ÞА-ЯЄІЇҐĄĆĘŁŃÓŚŹŻ]|\d(?=[A-Za-z]))[\w’'&\-]{1,30}"
_PLAIN = rf"{_CAP}(?: (?:&|{_CAP}|[IVX]{{1,4}})){{0,3}}"
_QUOTED = r"[“\"«„] ?(?P<quoted>[^“”\"«»„\n()]{2,40}?) ?,?[”\"»“]"
_NAMED = rf"(?:{_QUOTED}|(?P<name>{_PLAIN}))"
_CALLED = r"(?: (?:called|named|known as|appelée?|nommée?|namens|llamad[ao]|o nazwie|под названием))?"
_BEFORE = Expression(rf"(?<![\w\-])(?P<word>[\w\-]{{2,20}}){_CALLED} {_NAMED}")
_TWO_BEFORE = Expression(
    rf"(?<![\w\-])(?P<word>{'|'.join(sorted(map(re.escape, _TWO), key=len, reverse=True))})"
    rf"(?: [a-zà-ÿ]{{3,15}})?{_CALLED} {_NAMED}"
)
_AFTER = Expression(
    rf"(?<![\w\-])(?P<name>{_PLAIN})[”\"]?(?: \([^()\n]{{2,40}}\))?, (?P<phrase>(?:an?|the|one of the) "
    rf"(?:(?:[\w\-’&]|\.(?=\w)){{1,24}},? ){{0,6}}?{_ENGLISH})(?![\w\-])(?! (?:[A-Z“\"]|called|named|account|page))"
)
#: "a company Ann Lee founded": English puts the owner there too, so `firms` reads its words for companies.
#: « la société russe X », "la empresa china X"
_FOREIGN_FIRM = Expression(
    r"(?<![\w\-])(?:[Ss]ociété|[Ee]ntreprise|[Aa]gence|[Ee]mpresa|[Aa]gencia|[Cc]ompañía|[Cc]onsultora|[Cc]abinet)"
    rf"(?: de [a-zé]{{4,14}})? (?:[a-zà-ÿ]{{4,16}}) {_NAMED}"
)
_READ_BY_FIRMS = frozenset("firm company consultancy conglomerate startup start-up subsidiary".split())
_CYRILLIC = Expression("[А-Яа-яЄІЇҐєіїґ]")
_DOER_AFTER = Expression(
    r" (?:has |have |had )?(?:founded|runs?|ran|owns|owned|leads|led|used|hired|works|worked|wrote|said he|said she)\b"
)
_NOT_BEFORE = Expression(r"\b(?:[Ii]n|[Nn]o|[Aa]ny|[Ee]very|[Ee]ach|[Ww]hich|Twitter|Facebook|Telegram|YouTube) $")


def apposed_organisations(text: str) -> Iterator[Named]:
    """Every naming of an organisation beside the word for what it is."""
    words = [word for word in _KIND_OF if word not in _READ_BY_FIRMS]
    for match in matches_with(text, _BEFORE, words, 0, 110):
        kind = _KIND_OF.get(match["word"])
        name = match["quoted"] or match["name"]
        # Outside English, a plain name in Cyrillic is as likely the next word of the sentence.
        if kind and not (match["quoted"] is None and _CYRILLIC.match(name)):
            yield from _checked(text, match, kind)
    foreign = ("société", "Société", "entreprise", "agence", "Agence", "empresa", "agencia", "compañía", "consultora")
    for match in matches_with(text, _FOREIGN_FIRM, foreign, 0, 110):
        yield from _firm(match)
    last = {phrase.split()[-1] for phrase in _TWO}
    for match in matches_with(text, _TWO_BEFORE, spellings(last) | last, 24, 130):
        yield from _checked(text, match, _TWO[match["word"]])
    for match in _AFTER.finditer(text):
        noun = match["phrase"].split()
        if noun[0] == "the" and len(noun) == 2:
            continue  # "..., the company said"
        kind = (
            _TWO.get(" ".join(noun[-2:])) or _KIND_OF.get(noun[-1]) or ("agency" if noun[-1] == "tank" else "company")
        )
        first, _, rest = match["name"].partition(" ")
        name, start = match["name"], match.start("name")
        if is_opener(first):
            name, start = rest, start + len(first) + 1
        if name and (is_name(name) or len(name.split()) > 1) and name not in known():
            state = tie_within(match["phrase"]) if kind != "outlet" else ""
            yield Named(start, name, kind, state, f"called “{match['phrase']}”")


def _firm(match: re.Match[str]) -> Iterator[Named]:
    group = "quoted" if match["quoted"] is not None else "name"
    if is_name(match[group]) and match[group] not in known():
        yield Named(match.start(group), match[group], "company", "", "called a firm")


def _checked(text: str, match: re.Match[str], kind: str) -> Iterator[Named]:
    group = "quoted" if match["quoted"] is not None else "name"
    name = re.sub(r"['’]s?$", "", match[group])
    if name[:1].islower() and " " in name:
        return  # what the firm says, not its name
    start = match.start(group)
    before = text[max(0, match.start() - 12) : match.start()]
    if _NOT_BEFORE.search(before) or _DOER_AFTER.match(text, match.end(), match.end() + 40):
        return
    plain = len(name) > 1 and (is_name(name) or (name.isupper() and 1 < len(name) < 6) or " " in name)
    if plain and name not in known() and not is_person_here(text, start, name):
        yield Named(start, name, kind, "", f"called “{match['word']}”")
