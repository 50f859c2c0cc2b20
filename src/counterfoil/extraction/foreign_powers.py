"""A state by its government, services or army, in languages where the adjective is no name: «Gobierno ruso»."""

from collections.abc import Iterator
from functools import lru_cache

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import vocabulary

_NOUN = (
    r"(?:gouvernement|État|autorités|services?(?: secrets?| de renseignements?)?|renseignement(?: militaire)?|régime|"
    r"armée|"
    r"Regierung|Staat(?:es)?|Behörden|Geheimdienste?s?|Militärgeheimdienste?s?|Nachrichtendienste?s?|Militärs?|Armee|"
    r"Führung|"
    r"[Gg]obierno|[Ee]stado|autoridades|servicios?(?: secretos?| de inteligencia)?|inteligencia(?: militar)?|"
    r"ejército|régimen|"
    r"rząd\w{0,3}|władz\w{0,3}|służb\w{0,3}(?: specjaln\w{2,3})?|wywiad\w{0,3}|państw\w{1,3}|"
    r"правительств\w{1,2}|власт\w{1,3}|спецслужб\w{0,3}|разведк\w{1,2}|государств\w{1,2}|"
    r"уряд\w{0,2}|влад\w{1,2}|розвідк\w{1,2}|спецслужб\w{0,3}|держав\w{1,2})"
)
#: Beginnings of the adjectives -> state.
_STEMS = {
    "russisch": "RU", "russe": "RU", "ruso": "RU", "rusa": "RU", "rosyjsk": "RU", "российск": "RU",
    "російськ": "RU",
    "chinois": "CN", "chinesisch": "CN", "chino": "CN", "china": "CN", "chińsk": "CN", "китайск": "CN",
    "китайськ": "CN",
    "iranien": "IR", "iranisch": "IR", "iraní": "IR", "irańsk": "IR", "иранск": "IR", "іранськ": "IR",
    "biélorusse": "BY",
    "belarussisch": "BY", "bielorrus": "BY", "białorusk": "BY", "белорусск": "BY", "білоруськ": "BY",
    "azerbaïdjanais": "AZ", "aserbaidschanisch": "AZ", "azerbaiyan": "AZ", "азербайджанск": "AZ",
    "turc": "TR", "türkisch": "TR", "venezolan": "VE", "vénézuélien": "VE", "cuban": "CU",
    "ukrainisch": "UA", "ukrainien": "UA",
}  # fmt: skip
_ADJECTIVE = rf"(?:{'|'.join(sorted(_STEMS, key=len, reverse=True))})\w{{0,4}}"
_POWER = Expression(
    rf"(?<![\w\-])(?:{_NOUN} (?P<after>{_ADJECTIVE})|(?P<before>{_ADJECTIVE}) (?:\w{{4,14}} )?{_NOUN})(?![\w\-])"
    r"|(?<![\w\-])(?:спецслужб\w{0,3}|влад\w{1,2}|власт\w{1,3}) (?P<short>рф|РФ|росії|Росії|России)(?![\w\-])"
)


@lru_cache(maxsize=2)  # asked of many ranges of one text
def _may_name(text: str) -> bool:
    """Whether a word of the text begins as such an adjective does, or is one of a state's short names."""
    stems = (*_STEMS, "рф", "РФ", "росії", "Росії", "России")
    return any(word.startswith(stems) for word in vocabulary(text))


def foreign_powers(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int, int]]:
    """Code of the state, start and end of each such naming in a range."""
    if not _may_name(text):
        return
    for match in _POWER.finditer(text, start, len(text) if end is None else end):
        if match["short"]:
            yield "RU", match.start(), match.end()
            continue
        word = (match["after"] or match["before"]).casefold()
        yield next(code for stem, code in _STEMS.items() if word.startswith(stem)), match.start(), match.end()
