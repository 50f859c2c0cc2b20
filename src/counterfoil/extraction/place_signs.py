"""Whether a name stands for a place where the text has it: not for a person, a paper, a treaty or a government."""

import re

from counterfoil.extraction.calendar_words import ENGLISH, WEEKDAYS
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.place_names import HOMONYM, SEAT, Named

_TIED = Expression(r"-(?:based|born|area|wide|bound|registered|headquartered|area)\b")
_NEXT = Expression(r"(?: |-)(?P<word>[A-ZÀ-ÞŁŚŽ][\w'’\-]*)")
_LAST = Expression(r"(?P<word>[A-ZÀ-ÞŁŚŽ](?:\.|[\w'’\-]{0,30})) $")
_MAY_FOLLOW = frozenset(
    "Mayor Governor President Deputy Prosecutor Police Region Oblast Province County District Prefecture Airport "
    "Governorate "
    "Canton State Voivodeship On In The When While After Before But And It He She They We I".split()
) | {*WEEKDAYS, *(month.title() for month in ENGLISH)}
_MAY_PRECEDE = frozenset(
    "In From At Near Around Outside Inside Across Throughout To Of And The Or But When While After Before With "
    "Against For "
    "Between Both Within Into Via Over "
    "Greater Northern Southern Eastern Western North South East West Central Downtown Upper Lower Old Inner Mainland "
    "City Capital Region Province Port À A En Dans De Depuis Vers Pour Desde Hacia Para Nach Aus Im Bei Von Zu Über "
    "Vor "
    "W We Z Ze Do Od Na Pod".split()
) | {*WEEKDAYS, *(month.title() for month in ENGLISH)}
_OF_A_PEOPLE = ("ian", "an", "ish", "ese", "ch")  #: "the Romanian Iași"
_BODY_OF = Expression(
    r"\b(?:University|Universities|Bank|Treaty|Institute|College|Archbishop|Bishop|Duke|Duchess|Diocese|Battle|"
    r"Church|Voice|Radio|"
    r"Universit[éàä]t?|Universidad|Institut|Banque|Banco|Traité|Tratado|Stadtwerke|Miss|Club|Dynamo|FC) (?:of |de |"
    r"d['’]|del )?$"
)
_CYRILLIC_BODY = Expression(
    r"\b(?:Служб\w{1,3}|Міністерств\w{1,3}|Министерств\w{1,3}|Кабінет\w{0,3}|Верховн\w{2,3} Рад\w|Нацбанк\w{0,2}|"
    r"Центробанк\w{0,2}|"
    r"МИД\w?|МВД|МЗС|Минюст\w?|Офіс\w{0,2} Президента) (?:[\w-]{3,20} ){0,2}$"
)
_WHERE = Expression(
    r"(?:\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Ii]nside|[Aa]round|[Aa]cross|[Tt]hroughout|[Aa]t|[Ww]ithin|(?:city|town|port|"
    r"village|suburb|capital) of|"
    r"[Hh]auptstadt|capital|capitale|столиц\w{1,2}|"
    r"[Vv]isited|[Vv]isiting|visit to|[Tt]ravell?ed to|flew to|fly to|moved to|drove to|returned to|trip to|(?:north|"
    r"south|east|west) of|"
    r"between offices in|and in|"
    r"à|À|vers|chez|aus|bei|nach|[Ii]m Raum|[Ss]tadt|en|En|desde|hacia|ciudad de|ville de|capitale de|"
    r"[ВвУу]о?|[Нн]а|[Ии]з|[Зз]і?|[Іі]з|[Пп]од|[Пп]ід|[Дд]о|к|[Ww]e?|[Zz]e?|[Dd]o|[Pp]od|في|من|إلى|مدينة)"
    r"(?: (?:the|central|downtown|greater|northern|southern|eastern|western|nearby|suburban|neighbou?ring|"
    r"la ville de|місті|м\.|городе|г\.|"
    r"mieście))?) $"
)
_FROM = Expression(r"\b(?:[Ff]rom|[Dd]epuis|[Vv]on|[Oo]d|[Oo]т|[Вв]ід|[Tt]o|[Dd]e|[Dd]el|[Dd]')(?: the)? $")
_ORDERED = Expression(
    r"\b(?:instruct\w*|orders?|order(?:ed|s)|direct\w*|pressure|fund\w*|support|money|back\w*|help|message|line|"
    r"signal\w*|guidance|"
    r"demand\w*|denial|response|link\w*|ties?|tied|connect\w*|loyal\w*|friendly|close|hostile|sympathetic|"
    r"attribut\w*|trac\w*|belong\w*|according|threat\w*|criticism|sanctions)\b[^.,;\n]{0,24}$",
    re.IGNORECASE,
)
_OF_THE_PLACE = Expression(
    r"(?:['’]s)? (?:office|suburb|street|district|court|airport|hotel|flat|apartment|agency|firm|company|newsroom|"
    r"bureau|"
    r"neighbou?rhood|metro|region|area|studio|warehouse|address|headquarters|summit|conference|marathon|"
    r"residents?)s?\b"
)
_ARTICLE = Expression(r"\b(?:a|an|the|its|their|his|her|our) $", re.IGNORECASE)
_DATE_AFTER = Expression(
    r",? (?:the |le |el |den |am )?(?:\d{1,2}(?:st|nd|rd|th|\.|er)? (?:de )?[^\W\d_]{3,12}|"
    + "|".join(m.title()[:3] for m in ENGLISH)
    + r")"
)
_LINE_HEAD = Expression(r"(?:^|\n)[ \t]*(?:[A-Z\u0400-\u042f][^\s,.:;]{1,20}[ ,/]{1,2}){0,2}$")
_AFTER_HEAD = Expression(r"(?:, [A-Z][\w.]{1,20}(?: [A-Z]\w{1,20})?)?\s?(?:[—–(/:]|--? |,? [A-Z][a-z]{2,8}\.? \d)")
_ENDS = Expression(r"\s?(?:[\n)¹²³⁴⁵]|$)")
_LINK = Expression(
    r"(?:,|,? (?:and|or|as well as|&|et|und|y|e|i|и|та|й|і|sowie)|/) (?:in |from |the |à |в |у |w |en )?$"
)
_EAST_WHERE = Expression("[在于於从從到赴抵驻駐往自]$")
_EAST_AFTER = Expression("市|电|電|时间|時間|等地|、")


def is_part_of_body(before: str) -> bool:
    """Whether the words before make the name part of a ministry's, a university's, a bank's."""
    return bool(_BODY_OF.search(before) or _CYRILLIC_BODY.search(before))


def is_place(text: str, named: Named, capitals: bool, cities: set[int]) -> bool:
    """Whether the name means the place.

    `capitals` is whether the text writes all nouns with capitals (German); `cities` are the ends of the mentions before
    that are cities.
    """
    start, end = named.start, named.end
    flag = named.entry.flag
    before, first = text[max(0, start - 60) : start], text[start : start + 1]
    if before[-1:] in ("@", "#", "_", "-", "/", "&") or text[end : end + 1] in ("@", "_"):
        return False
    if "\u3400" <= first <= "\u9fff":
        return flag == "" or bool(_EAST_WHERE.search(before)) or bool(_EAST_AFTER.match(text, end))
    if _is_dateline(text, named, before):
        return True
    if text[start:end].isupper() and end - start >= 4:
        return False  # shouted headlines say little of where
    if text[end : end + 1] == "-" or text[end : end + 1] == "‑":
        return _TIED.match(text, end) is not None
    if is_part_of_body(before):
        return False
    is_latin = first.isascii() or "\u00c0" <= first < "\u0250"
    if is_latin and not _stands_free(text, named, before, capitals):
        return False
    if named.entry.state or not flag:
        return True
    if _listed(before, start, cities):
        return True
    return _has_sign(text, named, before)


def _stands_free(text: str, named: Named, before: str, capitals: bool) -> bool:
    """Whether no word beside it makes the name a part of a longer one."""
    if capitals and named.entry.flag != HOMONYM:
        return True
    follows = _NEXT.match(text, named.end)
    if follows and follows["word"] not in _MAY_FOLLOW:
        return False
    precedes = _LAST.search(before)
    return precedes is None or precedes["word"] in _MAY_PRECEDE or precedes["word"].endswith(_OF_A_PEOPLE)


def _is_dateline(text: str, named: Named, before: str) -> bool:
    """ "NAIROBI, Aug 22 (Reuters)", "Ottawa, October 3", "Київ, 4 листопада", "Reporting by X, Warsaw"."""
    if _LINE_HEAD.search(text, max(0, named.start - 60), named.start) and (
        _AFTER_HEAD.match(text, named.end) or _DATE_AFTER.match(text, named.end)
    ):
        return True
    if text[named.end : named.end + 1] == "," and _DATE_AFTER.match(text, named.end) and before.endswith(", "):
        return True
    return before.endswith(", ") and _ENDS.match(text, named.end) is not None and named.entry.flag != HOMONYM


def _listed(before: str, start: int, cities: set[int]) -> bool:
    link = _LINK.search(before)
    return link is not None and start - len(before) + link.start() in cities


def _has_sign(text: str, named: Named, before: str) -> bool:
    if _WHERE.search(before):
        return True
    source = _FROM.search(before)
    if source and not _ORDERED.search(before[: source.start()]):
        stands_for_rulers = named.entry.flag == SEAT and source.group().strip().lower() in ("to", "de", "del")
        return text[named.start : named.end] not in _GIVEN and not stands_for_rulers
    if _TIED.match(text, named.end):
        return True
    return _ARTICLE.search(before) is not None and _OF_THE_PLACE.match(text, named.end) is not None


#: Given names, which "from" and "to" go before as well.
_GIVEN = frozenset(
    "Charlotte Sofia Sofía Florence Sydney Adelaide Madison Jackson Lincoln Austin Santiago Alberta Medina Dallas "
    "Houston Halle Kent Jersey".split()
)
