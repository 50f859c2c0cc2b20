"""Offices with names that are not English: by an acronym that fits, and by the forms of ministries."""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import Named
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.state_ties import state_within
from counterfoil.model.extraction import Alias

#: With what such names begin.
_HEADS = frozenset(
    "Conseil Commission Agence Service Secrétariat Direction Ministère Autorité Observatoire Office Centre Haute "
    "Cour Comité "
    "Institut Bureau Association Bundesamt Bundesministerium Zentrum Amt Institut Stiftung Behörde Landesamt "
    "Centro Consejo Comisión Agencia Servicio Secretaría Dirección Ministerio Instituto Oficina Junta Tribunal "
    "Fundación Centrum "
    "Agencja Urząd Ministerstwo Rada Biuro Instytut Fundacja Krajowa Rządowe Naukowa Akademia "
    "Комитет Комитета Министерство Министерства Служба Службы Служби Центр Центра Агентство Агентства Совет Управление "
    "Міністерство Міністерства Комітет Рада Ради Агенція Управління Фонд Федеральная Державна Національний "
    "Національна Головне Главное".split()
)
_SHORT = Expression(r"[”\"»]? \([“«\"]?(?P<short>[A-ZА-ЯЄІЇҐ][A-Za-zА-Яа-яЄІЇҐєіїґ]{1,8})[”»\"]?\)")
_WORD = Expression(r"[^\s(),;:«»„“”\"]{1,30}")
_SMALL = frozenset(
    "de la le les l' d' du des et y del los las el en für der die das und i na do w z и та і з по о по".split()
)
_OFFICE = Expression(
    r"(?<![\w\-])(?:Bundes[a-zäöü]{3,20}(?:ministerium|amt|dienst|regierung)s?(?: für [A-ZÄÖÜ]\w+)?|"
    r"Auswärtige[sn]? Amt(?:es|s)?|"
    r"[Mm]inistère (?:de |des |d['’]|du )(?:la |l['’])?[\wéèÉ]{4,20}(?: étrangères)?(?: (?:de la |de |du |"
    r"d['’])[A-ZÉ][\wï]{3,20})?|Quai d['’]Orsay|"
    r"Ministerio (?:de |del )(?:la |las |los )?[A-ZÁÉÍÓÚ]\w{3,20}(?: (?:Exteriores|Interior|y [A-Z]\w+))?|"
    r"(?:Министерств|МИД)[а-я]{0,3}(?: (?:[а-я]{4,14} ){0,2}дел)?(?: России| Украины| РФ)|"
    r"Міністерств[а-яії]{1,3} (?:[а-яії]{4,14} ){1,2}справ(?: України)?|Служб[аиоію]{1,2} безпеки України|"
    r"Ministerstw[oae]m? (?:Spraw (?:Zagranicznych|Wewnętrznych)|Cyfryzacji|Obrony Narodowej))"
)


#: A text without any of these has no such office.
_OFFICE_PARTS = "Bundes Auswärtig inistère Quai Ministerio Министерств МИД Міністерств Служб Ministerstw".split()
_HEADED_WORDS = (
    "Laboratorio Observatorio Instituto Fundación Consejo Observatoire Laboratoire Fondation Conseil Collectif "
    "Institut "
    "Zentrum Stiftung"
).split()
#: "Laboratorio Digital del Istmo", "Observatoire du Sahel"
_HEADED = Expression(
    r"(?<![\w\-])(?:Laboratorio|Observatorio|Instituto|Fundación|Consejo|Observatoire|Laboratoire|Fondation|Conseil|"
    r"Collectif|"
    r"Institut|Zentrum|Stiftung)(?: (?:de|del|des|du|la|las|los|y|et|für|pour|et|und|der|die|sur)|"
    r" [A-ZÁÉÍÓÚÀÈÊÎÔÄÖÜ][\wáéíóúñàèêîôäöüß’'\-]{1,20}){0,6} [A-ZÁÉÍÓÚÀÈÊÎÔÄÖÜ][\wáéíóúñàèêîôäöüß’'\-]{2,20}"
    r"(?: (?:des|du|de la|sur les?|pour la) [a-zàâçéèêîôû]{5,20}(?: [a-zàâçéèêîôû]{4,20}(?:iques?|elles?|ales?|"
    r"ives?|aines?))?"
    r"(?![\w\-]))?"
)


def foreign_offices(text: str) -> Iterator[Named]:
    """Every such office, with its acronym."""
    for match in _SHORT.finditer(text):
        start = _long_form(text, match.start(), match["short"])
        if start is not None:
            name = text[start : match.start()].strip('«»„“”" ')
            yield Named(start, name, "agency", state_within(name), "an acronym defined", (Alias(match["short"]),))
    for match in matches_with(text, _HEADED, _HEADED_WORDS, 0, 260):
        yield Named(match.start(), match.group(), "agency", state_within(match.group()), "an office by its name")
    for match in _OFFICE.finditer(text) if any(part in text for part in _OFFICE_PARTS) else ():
        name = match.group()
        yield Named(match.start(), name, "agency", state_within(name), "an office by its name")


def _long_form(text: str, bracket: int, short: str) -> int | None:
    """Where the words begin whose initials are the acronym: a name with small letters, led by a word for an office."""
    first = max(0, bracket - 110)
    words = list(_WORD.finditer(text, first, bracket))[-12:]
    for index in range(len(words) - 2, -1, -1):
        if words[index].group() not in _HEADS:
            continue
        bare = [re.sub(r"^(?:l|d|L|D|dell|all)['’]", "", word.group()) for word in words[index:]]
        full = "".join(word[0] for word in bare if word)
        large = "".join(word[0] for word in bare if word and word.lower() not in _SMALL)
        if short.casefold() in (full.casefold(), large.casefold()) and "\n" not in text[words[index].start() : bracket]:
            return words[index].start()
    return None
