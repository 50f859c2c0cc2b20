"""Institutions and outlets by the form of their name: "Lakehead Observatory", "Chinese embassy in Oslo"."""

import re
from collections.abc import Iterator, Sequence

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.naming import ORGANISATIONS, Named
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import matches_with, word_starts
from counterfoil.extraction.speakers import is_opener
from counterfoil.extraction.state_ties import adjective_before, state_within
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Alias

BY_FORM = "by the form of its name"  #: end of a reason that yields to any other rule's kind

_INSTITUTES = (
    "Observatory Lab Laboratory Institute Center Centre Council Commission Committee Agency Service Bureau Directorate "
    "Foundation Mechanism Mission Research Authority Taskforce Corps Inspectorate Secretariat Consortium Initiative"
).split()
_PAPERS = (
    "Observer Ledger Tribune Herald Gazette Times Chronicle Telegraph Courier Dispatch Sentinel Examiner Inquirer "
    "Monitor Tribune-Courier News Newswire Daily Weekly Gleaner Argus Advertiser Mercury Bugle Clarion Spectator "
    "Globe Express "
    "Enquirer Recorder Intelligencer Wochenblatt Anzeiger Nachrichten Gazeta Zeitung Kurier Abendblatt Tageblatt "
    "Rundschau"
).split()
_CAP = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ’'\-]{1,24}"
_LINK = r"(?:(?:of|for|on|and|the|de|du|des|&) ){0,2}"
_FORM = Expression(
    rf"(?<![\w\-’'])(?P<head>(?:{_CAP} {_LINK}){{1,5}}(?:{'|'.join((*_INSTITUTES, *_PAPERS))}))(?![\w\-])"
    rf"(?! (?:Group|Department|Unit|Division|Network|Office|Institute|Agency))"
    rf"(?P<tail> (?:for|of|on|against) (?:the )?{_CAP}(?: (?:and |of |for )?{_CAP}){{0,4}})?"
)
_NOT_LED_BY = frozenset("Security Media Web Data Help Shopping Community Customer City Call Town National".split())
_CITY = rf"(?: (?:in|à|en|w|в|у) {_CAP}|(?: to (?:the )?{_CAP}(?: {_CAP}){{0,2}}))?"
_WHERE_CYRILLIC = r"(?: [ву] [А-ЯЄІЇҐ][а-яєіїґ’\-]{2,20})?"
_EMBASSY = Expression(
    rf"(?<![\w\-])(?:(?P<whose>(?!The |An? |Its )[A-Z][\w\-]{{2,20}}(?: (?!Embassy|"
    rf"Consulate)[A-Z][\w]{{2,15}})?)(?P<possessive>['’]s)? "
    rf"(?:[Ee]mbassy|[Cc]onsulate(?: [Gg]eneral)?){_CITY}"
    rf"|[Ee]mbassy of (?:the )?(?P<of>{_CAP}(?: {_CAP}){{0,3}})(?: in {_CAP})?"
    rf"|(?P<german>(?:russ|chines|iran|belaruss|türk|ungar|amerikan|ukrain|israel)ischen?) Botschaft(?: in {_CAP})?"
    rf"|ambassade (?:de |du |d[’'])(?:la )?(?P<french>{_CAP})(?: (?:à|en|au) {_CAP})?"
    rf"|[Ee]mbajada (?:de |del )(?P<spanish>{_CAP})(?: en {_CAP})?"
    rf"|[Пп]осольств[оаеу]м? (?P<cyrillic>[А-ЯЄІЇҐ][а-яєіїґ]{{2,20}}){_WHERE_CYRILLIC})"
)
_EMBASSY_WORDS = (
    "embassy Embassy consulate Consulate Botschaft ambassade embajada Embajada "
    "посольство Посольство посольства Посольства посольстве посольству"
).split()
_GERMAN_STATES = {
    "russ": "RU",
    "chines": "CN",
    "iran": "IR",
    "belaruss": "BY",
    "türk": "TR",
    "ungar": "HU",
    "amerikan": "US",
    "ukrain": "UA",
    "israel": "IL",
}


_ENDS_A_NAME = frozenset((*_INSTITUTES, *_PAPERS, "Media", "Group", "Digital", "Ministry", "Department", "Office"))


def institutions(text: str) -> Iterator[Named]:
    """Every institution, embassy and outlet that its form tells."""
    heads = sorted({part for word in (*_INSTITUTES, *_PAPERS) for part in word.split("-")})
    for match in matches_with(text, _FORM, heads, 130, 210):
        yield from _formed(text, match)
    yield from embassies(text)


def _formed(text: str, match: re.Match[str]) -> Iterator[Named]:
    words = match["head"].split(" ")
    start = match.start()
    article = ""
    while words and (is_opener(words[0]) or not words[0][:1].isupper()):
        article = words[0]
        start += len(words[0]) + 1
        words = words[1:]
    cut = len(words) - 1 - words[::-1].index("and") if "and" in words else 0
    others = words[:cut]
    if cut and (
        others[-1] in _ENDS_A_NAME
        or " ".join(others) in known()
        or words[cut + 1] == "the"
        or is_person(" ".join(others))
    ):
        # "Bexley Media and Social Plan Agency" are two.
        start += sum(len(word) + 1 for word in words[: cut + 1])
        words = words[cut + 1 :]
    while words and words[0] == "the":
        start, words = start + 4, words[1:]
    if len(words) > 3 and is_person(" ".join(words[:2])):  # a line of authors: "Ann Lee Carrow Lab"
        start, words = start + len(" ".join(words[:2])) + 1, words[2:]
    outlet = bool(words) and words[-1] in _PAPERS
    if len(words) > 2 and not words[-1].isupper() and all(map(str.isupper, words[:-1])):
        return  # "BALTIC RESILIENCE UNIT Daily brief"
    if len(words) < 2 or (not outlet and len(words) == 2 and words[0] in _NOT_LED_BY and not match["tail"]):
        return
    name = " ".join(words) + (match["tail"] or "" if not outlet else "")
    if outlet and article == "The":
        name, start = (name, start) if name in known() else (f"The {name}", start - 4)
    possessive = [at for at, word in enumerate(words[:-1]) if word.endswith(("’s", "'s"))]
    if possessive:
        cut = sum(len(word) + 1 for word in words[: possessive[-1] + 1])
        name, start = name[cut:], start + cut
        if len(name.split()) < 2 or outlet:
            return
    state = "" if outlet else (adjective_before(text, start) or state_within(name))
    kind = "outlet" if outlet else "agency"
    yield Named(start, name, kind, state, f"{'an outlet' if outlet else 'an institution'} {BY_FORM}")


_SHORT = Expression(
    r"[”\"»]? \((?:the |ci-après )?[“\"«]?(?P<short>[A-ZА-ЯЄІЇҐ][A-Za-zА-Яа-яЄІЇҐєіїґ\d&/\-]{1,9})[”\"»]?(?:[,;] "
    r"[^()\n]{1,60})?\)"
    r"|, the (?P<apposed>[A-Z]{2,6})(?=[,.;])"
)


def short_forms(text: str, named: Sequence[Named]) -> Iterator[Named]:
    """Acronyms in brackets right behind an organisation, also where its initials are another language's."""
    for naming in tuple(named):  # the caller may add what is found to the very list
        match = _SHORT.match(text, naming.start + len(naming.name)) if naming.kind in ORGANISATIONS else None
        short = (match["short"] or match["apposed"]) if match else ""
        if (
            sum(map(str.isupper, short)) + sum(map(str.isdigit, short)) > 1
            and gazetteer().names.get(short) is None
            and naming.name != short
        ):
            yield Named(naming.start, naming.name, naming.kind, naming.state, naming.reason, (Alias(short),))


def acronyms_used(text: str, named: Sequence[Named]) -> list[Named]:
    """Acronyms that the text uses for an organisation it also names in full, without saying so."""
    words = word_starts(text)
    found: list[Named] = []
    for naming in {naming.name: naming for naming in named if naming.kind in ORGANISATIONS}.values():
        large = [word for word in naming.name.split(" ") if word[:1].isupper()]
        short = "".join(word[0] for word in large)
        if (
            len(large) > 2
            and short in words
            and short.isupper()
            and short not in gazetteer().names
            and short not in known()
        ):
            found.append(Named(naming.start, naming.name, naming.kind, naming.state, naming.reason, (Alias(short),)))
    return found


def embassies(text: str) -> Iterator[Named]:
    """Embassies, each state's under its fullest form in the text, the shorter ones as aliases."""
    data = gazetteer()
    found: dict[str, list[tuple[int, str]]] = {}
    for match in matches_with(text, _EMBASSY, _EMBASSY_WORDS, 50, 130):
        whose = next((match[group] for group in ("whose", "of", "french", "spanish", "cyrillic") if match[group]), "")
        code = data.adjectives.get(whose) or data.names.get(whose, ("", ""))[0]
        if not code and whose:
            last = whose.split(" ")[-1]
            code = data.adjectives.get(last, "")
            code = code or next((c for n, (c, _) in data.names.items() if whose == n), "")
        if match["of"] and not code:
            code = state_within(match["of"])
        if match["german"]:
            code = next(code for stem, code in _GERMAN_STATES.items() if match["german"].startswith(stem))
        if code in data.main_names:
            found.setdefault(code, []).append((match.start(), match.group()))
    for code, places in found.items():
        fullest = max((name for _, name in places), key=len)
        for start, name in places:
            # "The Chinese embassy" is "the Chinese embassy in Oslo" if the text has one of that state only.
            aliases = (Alias(fullest),) if fullest != name and fullest.casefold().startswith(name.casefold()) else ()
            yield Named(start, name, "agency", code, "an embassy", aliases)
