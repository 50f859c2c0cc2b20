"""Years, quarters, seasons and decades: numbers count as years only where the words say so."""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import matches_with, spellings
from counterfoil.extraction.written import Written

# What must not stand before a year is looked at behind it: the scanner then skips what is no digit.
_Y = r"(?:1[89]|20)\d\d"
_RANGE = Expression(
    rf"(?P<a>{_Y})(?<![\w.,$€£¥#/:@\-–]\d{{4}})(?P<sign> ?[–—-] ?)(?P<b>{_Y}|\d\d)(?![\w%\-–/]|"
    rf"[.,:]\d)"
)
_PAGES = Expression(r"\b(?:pp?|pages?|S|nos?)\.? $")
_QUARTER = Expression(rf"[Qq](?<!\w.)(?P<n>[1-4]) ?(?:of |, ?)?(?P<y>{_Y})\b")
_YEAR_QUARTER = Expression(rf"(?P<y>{_Y})(?<![\w\-]\d{{4}}) ?[Qq](?P<n>[1-4])\b")
_QUARTER_IN_WORDS = Expression(rf"\b(?P<n>first|second|third|fourth) quarter of (?P<y>{_Y})\b", re.IGNORECASE)
_QUARTER_WORDS = spellings(("quarter",))
_HALF = Expression(rf"[Hh](?<!\w.)(?P<n>[12]) ?(?:of |, ?)?(?P<y>{_Y})\b")
_HALF_IN_WORDS = Expression(
    rf"\b(?P<n>first|second|latter) half of (?:the year )?(?P<y>{_Y})\b|(?P<fr>premier|second|"
    rf"deuxième) semestre (?:de )?"
    rf"(?P<yf>{_Y})\b|(?P<de>ersten?|zweiten?) (?:Halbjahr|Jahreshälfte) (?P<yd>{_Y})\b|"
    rf"(?P<es>primer|segundo) semestre (?:de |del )?(?P<ye>{_Y})\b",
    re.IGNORECASE,
)
_HALF_WORDS = spellings("half semestre halbjahr jahreshälfte".split()) | {"Jahreshälfte"}
_FOREIGN_QUARTER = Expression(
    rf"\b(?P<n>premier|deuxième|troisième|quatrième|primer|segundo|tercer|cuarto|ersten|zweiten|dritten|vierten|I|II|"
    rf"III|IV) "
    rf"(?:trimestre|Quartal|квартал\w?) (?:de |del )?(?P<y>{_Y})\b"
)
_FOREIGN_QUARTER_WORDS = frozenset({"trimestre", "Quartal", "квартал", "квартале", "кварталі", "квартала"})
_ORDER = {
    "premier": 1, "primer": 1, "erste": 1, "ersten": 1, "first": 1, "I": 1, "deuxième": 2, "second": 2,
    "segundo": 2, "zweite": 2, "zweiten": 2, "latter": 2, "II": 2, "troisième": 3, "tercer": 3, "dritten": 3, "III": 3,
    "quatrième": 4, "cuarto": 4, "vierten": 4, "IV": 4,
}  # fmt: skip
_FOREIGN_SEASON = Expression(
    rf"\b(?:printemps|été|automne|hiver|Frühjahr|Frühling|Sommer|Herbst|Winter|primavera|verano|otoño|invierno|"
    rf"весн\w{{1,2}}|"
    rf"лет\w{{1,2}}|осен\w{{1,2}}|зим\w{{1,2}}|літ\w{{1,2}}|восени|осін\w|навесні|влітку|взимку|wiosn\w|latem|lecie|"
    rf"jesieni\w|"
    rf"zim\w) (?:de |del )?(?P<y>{_Y})(?: года| року| roku)?(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_FOREIGN_SEASON_WORDS = spellings(
    "printemps été automne hiver frühjahr frühling sommer herbst winter primavera verano otoño invierno весной весны "
    "весна "
    "летом лета осенью осени зимой зимы навесні влітку восени взимку wiosną wiosny latem lata jesienią jesieni "
    "zimą".split()
)
_SEASON = Expression(
    rf"\b(?:spring|summer|autumn|fall|winter)(?: of|,)? (?P<y>{_Y})(?![\w%]|"
    rf"[.,]\d)",
    re.IGNORECASE,
)
_SEASON_WORDS = spellings("spring summer autumn fall winter".split())
_DECADE = Expression(r"(?P<y>(?:1[89]|20)\d0)(?<![\w$€£]\d{4})['’]?s\b")
_YEAR = Expression(rf"(?P<y>{_Y})(?:(?<=mid-\d{{4}})|(?<![\w.,$€£¥#/:@\-–—+=*'’]\d{{4}}))(?![\w%\-–—/]|[.,:]\d|\)?-)")

_BEFORE = Expression(
    r"(?:(?:^|[\s(“\"])(?:in|since|by|during|until|till|before|after|from|through|throughout|circa|of|for|"
    r"early|late|"
    r"mid|fiscal|year|fy|around|en|depuis|année|jahr|jahre|jahres|seit|vor|desde|año|hasta|в|во|с|до|"
    r"после|у|з|від|"
    r"після|w|od|po|عام|سنة|منذ|election|elections|midterms|spring|summer|"
    r"between|into|to|and|than|dated|least|since about|since around|early as|far as|far back as|late as|recently as|"
    r"back to|moins|mindestens|menos|"
    r"to early|to late|to mid|"
    r"début|fin|courant|dès|avant|après|jusqu['’]en|entre|l['’]année|l['’]an|élections?|législatives|"
    r"présidentielles?|"
    r"européennes|municipales|anfang|ende|mitte|ab|bis|nach|zwischen|\w{0,14}wahl(?:en)?|frühjahr|sommer|herbst|"
    r"winter|"
    r"elecciones|elecciones de|élections de|présidentielle de|législatives de|législatives en|entre|comicios de|"
    r"finales de|"
    r"principios de|mediados de|"
    r"с начала|начале|конце|середине|между|початку|кінці|між|początku|końca|połowie|między|roku) "
    r"|\b(?:mid|mi|pre|post)-)$",
    re.IGNORECASE,
)
_DETERMINER = Expression(
    r"(?:\b(?:the|its|their|his|her|a|our|this|in|for|s|ahead of|every)|"
    r"['’]s?) $",
    re.IGNORECASE,
)
_EVENT = Expression(
    r"(?:['’]s)?(?: [\w.'’\-]{1,20}){0,3}? "
    r"(?:elections?|midterms?|presidential|primary|primaries|referendums?|cycles?|race|ballot|"
    r"campaign season|"
    r"olympics|olympic|inauguration|elecciones|élections?|wahlen|wahl)\b",
    re.IGNORECASE,
)
_NAMED_EVENT = Expression(
    r" (?:[\w.'’\-]{1,20} ){0,2}?(?:vote|campaign|race|invasion|annexation|coup|protests?|war|summit|"
    r"games|cup|pandemic|"
    r"attacks?|hack|leak|indictment|season|census|budget|survey|study|report|reports|article|investigation|"
    r"convention|law|act|edition|revolution|crisis|conflict|polls?|operation|takedown|assessment|"
    r"reporting|speech|complaint|interview|documentary|film|book|paper|video|photo|photograph|clip|ruling|judgment|"
    r"decision|agreement|deal|memo|letter|statement|advisory|bulletin|alert|warning|regulation|directive|bill|"
    r"amendment|constitution|list|figures|data|exercise|scandal|fire|wildfires|floods?|earthquake|hurricane|"
    r"bombing|shooting|massacre|strike|wave|breach|raid|trial|verdict|sanctions|mobilisation|mobilization|"
    r"demonstrations|uprising|ceasefire|offensive|annual|world cup|championships?)\b",
    re.IGNORECASE,
)
#: One thing, which a number that counts cannot stand before: "the 2013 congress of", "a 2011 calendar".
_ONE_THING = Expression(
    r" [a-z]{3,15}(?<![^s]s)(?:[.,;:)]|$| (?:of|in|on|that|which|who|when|and|to|by|at|for|with|from|was|is|has|had|"
    r"were|as|against|about|between|before|after)\b)"
)
_ARTICLE = Expression(r"\b(?:[Tt]he|[Aa]|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Tt]hat|[Tt]his) $|['’]s? $")
_YEAR_WORD = Expression(
    r" ?(?:года|году|годом|год|гг?\.|року|році|рік|рр?\.|roku|rok|r\.|m\.|"
    r"年)(?![^\W\d_])"
)
_THINGS = Expression(
    r" (?:(?!(?:the|its|their|his|her|our|this|these|those|by|in|with|of|and|for|when|on|at|to|from|as|it|they|we|"
    r"some|les|des|"
    r"die|das|los|las) )[^\W\d_][\w\-]{1,14} ){0,2}?(?:comptes|publications|personnes|cuentas|mensajes|personas|"
    r"publicaciones|"
    r"Konten|Beiträge|"
    r"Menschen|Personen|Euro|Artikel|Mal|аккаунт\w{0,2}|акаунт\w{0,2}|пост\w{0,2}|человек|осіб|сообщени\w|"
    r"сайт\w{0,2}|kont|kontami|osób|"
    r"ans|años|Jahre|лет|accounts?|posts?|pages|people|users|followers|likes|tweets|groups|"
    r"messages|videos|"
    r"domains|websites|sites|articles|comments|cases|euros|dollars|rubles|roubles|words|times|votes|"
    r"voters|km|miles|"
    r"met(?:er|re)s|mhz|views|members|employees|soldiers|troops|signatures|shares|retweets|profiles|bots|"
    r"channels|"
    r"images|photos|urls|ips|copies|items|records|entries|hours|days)\b"
)
#: Prepositions before which a number is a year whatever is counted behind it.
_FIRM = Expression(r"\b(?:since|until|as early as|as far back as|depuis|seit|desde|с|з|від|od) $", re.IGNORECASE)
_LINK = Expression(r",? (?:and|or|to|et|und|y|и|та|і|i) |, | ?/ ?")
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def years(text: str) -> Iterator[Written]:
    """Ranges of years, quarters, seasons, decades and single years."""
    yield from _ranges(text)
    in_words = matches_with(text, _QUARTER_IN_WORDS, _QUARTER_WORDS, 7)
    for match in (*_QUARTER.finditer(text), *_YEAR_QUARTER.finditer(text), *in_words):
        number = _QUARTERS[match["n"].lower()]
        value = f"{match['y']}-{number * 3 - 2:02}/{match['y']}-{number * 3:02}"
        yield Written(*match.span(), value, "quarter")
    for match in matches_with(text, _FOREIGN_QUARTER, _FOREIGN_QUARTER_WORDS, 12):
        number = _ORDER[match["n"]]
        yield Written(*match.span(), f"{match['y']}-{number * 3 - 2:02}/{match['y']}-{number * 3:02}", "quarter")
    for match in (*_HALF.finditer(text), *matches_with(text, _HALF_IN_WORDS, _HALF_WORDS, 14)):
        yield _half(match)
    for match in matches_with(text, _SEASON, _SEASON_WORDS, 0):
        yield Written(*match.span(), match["y"], "season")
    for match in matches_with(text, _FOREIGN_SEASON, _FOREIGN_SEASON_WORDS, 0):
        yield Written(*match.span(), match["y"], "season")
    for match in _DECADE.finditer(text):
        yield Written(*match.span(), f"{match['y']}/{int(match['y']) + 9}", "decade")
    yield from _single(text)


def _half(match: re.Match[str]) -> Written:
    """The first or second six months of a year."""
    groups = match.groupdict()
    year = next(groups[key] for key in ("y", "yf", "yd", "ye") if groups.get(key))
    which = next(groups[key] for key in ("n", "fr", "de", "es") if groups.get(key))
    number = int(which) if which.isdigit() else _ORDER[which.lower()]
    value = f"{year}-{number * 6 - 5:02}/{year}-{number * 6:02}"
    return Written(*match.span(), value, "half")


def _ranges(text: str) -> Iterator[Written]:
    for match in _RANGE.finditer(text):
        if _PAGES.search(text, max(0, match.start() - 8), match.start()):
            continue
        first, last = match["a"], match["b"]
        last = first[:2] + last if len(last) == 2 else last
        if len(match["b"]) == 2 and "-" in match["sign"] and int(match["b"]) <= 12:
            continue  # "2024-09" is a month, and number_dates knows which are unclear
        if 0 < int(last) - int(first) <= 150:
            yield Written(*match.span(), f"{first}/{last}", "interval")


def _single(text: str) -> Iterator[Written]:
    """Years with words that make them years, and their neighbours in a list of years."""
    matches = list(_YEAR.finditer(text))
    sure = [_is_year(text, match) for match in matches]
    for order in (range(1, len(matches)), range(len(matches) - 2, -1, -1)):
        step = -1 if order.step == 1 else 1
        for index in order:
            neighbour = matches[index + step]
            left, right = sorted((matches[index], neighbour), key=lambda m: m.start())
            between = text[left.end() : right.start()] if right.start() - left.end() < 8 else ""
            if sure[index + step] and _LINK.fullmatch(between) and not _THINGS.match(text, matches[index].end()):
                sure[index] = True
    for match, is_sure in zip(matches, sure, strict=True):
        if is_sure:
            word = _YEAR_WORD.match(text, match.end())
            yield Written(match.start(), word.end() if word else match.end(), match["y"], "year")


def _is_year(text: str, match: re.Match[str]) -> bool:
    end = match.end()
    if _YEAR_WORD.match(text, end):
        return True
    before = text[max(0, match.start() - 26) : match.start()]
    if _THINGS.match(text, end):
        return _FIRM.search(before) is not None
    closing = text[end : end + 1] == ")"
    if closing and (before.endswith("(") or re.search(r"[\w.], $", before)):
        return True
    if _BEFORE.search(before):
        return True
    if _EVENT.match(text, end):
        return True
    if _ARTICLE.search(before) and _ONE_THING.match(text, end):
        return True
    return _DETERMINER.search(before) is not None and _NAMED_EVENT.match(text, end) is not None
