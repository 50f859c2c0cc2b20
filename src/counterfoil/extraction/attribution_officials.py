"""Those who speak for a state in other languages than English: «el canciller venezolano», „die Botschaft Chinas“.

An office (embassy, foreign ministry, government, spokesperson) with its state beside it, as an adjective or a name.
"""

from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.states import gazetteer

_OFFICE = (
    r"(?:[Ee]mbajad(?:a|or|ora)|[Cc]ancill(?:er|ería)|[Gg]obierno|[Pp]ortavoz|[Vv]ocer[oa]|[Mm]inisterio|"
    r"[Mm]inistr[oa]|[Dd]iplomacia|"
    r"[Aa]mbassad(?:e|eur|rice)|[Gg]ouvernement|[Pp]orte-parole|[Dd]iplomatie|[Mm]inist(?:re|ère)|"
    r"Botschaft(?:er|erin)?|Regierung(?:ssprecher\w*)?|Außenminist\w{2,8}|Staatsführung|"
    r"[Пп]осольств\w{1,2}|[Пп]осол|МИД|МЗС|[Рр]ечни\w{1,4}|[Уу]ряд|[Пп]равительств\w|"
    r"[Пп]ресс-секретарь|[Пп]ресслужб\w)"
)
#: What an office is of, between the office and the state.
_OF = r"(?:de la |de l['’]|del |des |der |du |de |d['’])?"
_FIELD = r"(?: (?:de (?:Relaciones )?Exteriores|de Asuntos Exteriores|des Affaires étrangères|étrangère|militaire))?"
#: Beginnings of the adjectives, and names that no list of states has -> state.
_STEMS = {
    "russisch": "RU", "russe": "RU", "ruso": "RU", "rusa": "RU", "российск": "RU", "російськ": "RU", "chines": "CN",
    "chinois": "CN", "chino": "CN", "china": "CN", "китайск": "CN", "китайськ": "CN", "iran": "IR", "иранск": "IR",
    "іранськ": "IR", "biélorusse": "BY", "belarus": "BY", "bielorrus": "BY", "белорус": "BY", "білорус": "BY",
    "azerbaïdjan": "AZ", "aserbaidschan": "AZ", "azerbaiy": "AZ", "азербайджан": "AZ", "turc": "TR", "turque": "TR",
    "türkisch": "TR", "турецк": "TR", "турецьк": "TR", "venezolan": "VE", "vénézuél": "VE", "cuban": "CU",
    "cubain": "CU", "burkinab": "BF", "ivoirien": "CI", "malien": "ML", "nigérien": "NE", "algérien": "DZ",
    "marocain": "MA", "rwandais": "RW", "togolais": "TG", "sénégalais": "SN", "serbisch": "RS", "serbe": "RS",
    "ungarisch": "HU", "hongrois": "HU", "húngar": "HU", "угорськ": "HU", "венгерск": "HU", "émirat": "AE",
    "émirien": "AE", "emirat": "AE", "saoudien": "SA", "saudí": "SA", "saudisch": "SA", "qatar": "QA", "katar": "QA",
    "israélien": "IL", "israelí": "IL", "israelisch": "IL", "nicaragüens": "NI", "boliviano": "BO", "peruan": "PE",
    "colombian": "CO", "mexican": "MX", "kasach": "KZ", "казахст": "KZ", "georgisch": "GE", "géorgien": "GE",
    "nordkorean": "KP", "nord-coréen": "KP", "norcorean": "KP", "erythré": "ER", "érythré": "ER",
}  # fmt: skip
_STEM = rf"(?:{'|'.join(sorted(_STEMS, key=len, reverse=True))})\w{{0,5}}"
_FEDERATION = r"(?:Russischen? Föderation|Federación Rusa|Fédération de Russie|РФ|Рос(?:сийской|ійської) Федера\w{3})"
_OFFICIAL = Expression(
    rf"(?<![\w\-])(?:(?P<before>{_STEM}) {_OFFICE}|{_OFFICE}{_FIELD} {_OF}(?:(?P<federation>{_FEDERATION})|"
    rf"(?P<after>{_STEM})|(?P<name>[A-ZÀ-ÞА-ЯЄІЇҐ][\w’'\-]{{2,20}}(?: [A-ZÀ-Þ]\w{{3,12}})?)))(?![\w\-])"
    r"(?: (?:in|à|en|в|у) [A-ZÀ-ÞА-ЯЄІЇҐ][\w\-]{2,20})?"
)


def officials_abroad(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Code of the state, start and end of each such naming in a range."""
    names = gazetteer().names
    for match in _OFFICIAL.finditer(text, start, end):
        word = (match["before"] or match["after"] or "").casefold()
        code = "RU" if match["federation"] else next((_STEMS[stem] for stem in _STEMS if word.startswith(stem)), "")
        if not word and not code:
            name = match["name"]
            code = (names.get(name) or names.get(name.split(" ")[0]) or names.get(name.removesuffix("s")) or ("",))[0]
        if code:
            yield code, match.start(), match.end()
