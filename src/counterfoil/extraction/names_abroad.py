"""Names that a text gives an operation, in French, German, Spanish, Russian and Ukrainian.

« que nous appelons X », „von den Forschern X genannt“, «La llamamos X», «мы назвали её «X»», «відома як X»: where the
words around speak of an operation. What others call it, or what it is called too, is an alias of the one named last.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from functools import lru_cache

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.naming import INFLUENCE, Named, key
from counterfoil.extraction.not_names import is_name
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import matches_with, word_starts
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Alias

_CAP = r"[A-ZÀ-ÞА-ЯЄІЇҐ][\w’'\-]{1,30}"
_NAME = rf"(?:[«“„\"] ?(?P<quoted>[^«»“”„\"\n()]{{2,40}}?) ?[»”“\"]|(?P<name>{_CAP}(?: (?:{_CAP}|\d{{1,4}})){{0,3}}))"
_BODY = rf"{_CAP}(?:[ .](?:{_CAP}|de|des|du|für|of|the|[a-z]{{2,3}}(?!\w))){{0,4}}"
_IT = (
    r"(?:(?:le |la |l['’]|les |il |sie |es |ihn |das Netzwerk |die Kampagne |die Gruppe |das Netz |"
    r"diese Operation |lo |las |los |"
    r"a la red |la red |esta red |е[её] |его |их |эту сеть |эту кампанию |эту операцию |сеть |її |його |"
    r"цю мережу |цю операцію |"
    r"цю кампанію |мережу |le réseau |cette opération |cette campagne |ce mode opératoire )(?:zuerst |intern |"
    r"aussi |auch |также |"
    r"також |también )?)"
)
_AS = (
    r"(?:comme |sous (?:le nom|l['’]appellation|la désignation|le nom de code)(?: de| d['’])? ?|als |"
    r"unter dem Namen |unter der "
    r"Bezeichnung |mit dem Namen |como |bajo el nombre(?: de)? |con el nombre(?: de)? |как |под (?:названием|"
    r"именем|кодовым именем) |"
    r"як |під (?:назвою|іменем|ім['’]ям) )?"
)
_LATER = (
    r"(?:(?:poco después|después|más tarde|internamente|später|seither|intern|plus tard|ensuite|depuis|пізніше|"
    r"позже) )?"
)
#: "we call it X": who calls stands before, if it is anybody with a name.
_CALLS = Expression(
    rf"(?:(?P<by>{_BODY}) |\b(?:[Nn]ous |[Oo]n |[Ww]ir |[Мм]ы |[Мм]и |[Ll]a |[Ll]o |chercheurs |Forscher |"
    rf"исследователи |дослідники |"
    rf"investigadores )|(?P<start>))(?:(?:que|qui|l['’]|la |lo |les |las |ont |avons |a |hat |haben |also |"
    rf"auch |aussi |также |"
    rf"також |también |её |ее |його |її |intern ) ?){{0,3}}"
    rf"(?P<verb>appel(?:ons|le|lent|é)\w*|nomm(?:ons|e|ent|é)\w*|baptis\w+|désign\w+|surnomm\w+|dénomm\w+|"
    rf"sui(?:t|vons|vent)|"
    rf"nenn(?:t|en)|nannten?|bezeichne\w*|führ(?:t|en)|tauft\w*|verfolg(?:t|en)|"
    rf"rebautiz\w+|rebaptis\w+|"
    rf"llam(?:amos|a|an|ó|aron|aban)|denomin\w+|bautiz\w+|apod\w+|rastrea\w*|conoce\w*|kenn(?:t|en)|зна(?:ют|ють)|"
    rf"назва(?:ли|л|ла)|называ\w+|окрести\w+|отслежива\w+|назив\w+|відстежу\w+|"
    rf"охрести\w+) (?P<it>{_IT})?{_LATER}{_AS}{_NAME}"
)
#: "known as X", "under the name X"
_CALLED = Expression(
    rf"(?P<too>(?:également |aussi |auch |ebenfalls |también |также |також)?)"
    rf"(?:(?:connue?s?|suivie?s?|désignée?s?|appelée?s?|baptisée?s?|surnommée?s?|dénommée?s?|dite?s?|"
    rf"nommée?s?)(?: (?:par|chez) (?:la |le "
    rf"|les )?(?P<by>{_BODY}))? {_AS}|(?:bekannt|bezeichnet|geführt)(?: (?:bei|von) (?P<bei>{_BODY}))? {_AS}|"
    rf"namens |mit dem Codenamen |"
    rf"(?:conocid|bautizad|denominad|llamad|apodad|rastread)[ao]s?(?: (?:por|entre) (?P<por>{_BODY}))? {_AS}|"
    rf"(?:известн\w{{1,3}}|названн\w{{2,3}}|прозванн\w{{2,3}})(?: (?:в отчётах|в отчетах|у|"
    rf"нам)(?: компании)? ?(?P<u>{_BODY})?)? (?:как |под "
    rf"\w+ )|под (?:кодовым )?(?:названием|именем) |получил\w{{0,2}} название |"
    rf"(?:відом\w{{1,3}}|названн?\w{{1,3}})(?: (?:у звітах|у) ?(?P<uk>{_BODY})?)? (?:як |під \w+ )|"
    rf"під (?:кодовою )?назвою |отримал\w{{0,2}} назву |"
    rf"(?:le |les )?(?:dio|dieron|puso|pusieron|ha dado) el (?:nombre|apodo|sobrenombre)(?: en clave)? (?:de )?|"
    rf"(?:lui |leur )(?:a|ont) donné le (?:nom|surnom) (?:de |d['’])?|(?:gab|gaben|verlieh) (?:ihr|ihm) den Namen |"
    rf"(?:verwendet|verwenden|benutzt) (?:dafür |hierfür )?(?:den Namen|die Bezeichnung) |"
    rf"(?:да\w{{1,3}}|присвои\w{{1,2}}) (?:ей |ему |сети )?(?:имя|название) |(?:да\w{{1,3}}|присвоїл\w) (?:їй |"
    rf"йому |мережі )?(?:ім['’]я|назву) |"
    rf"le nom de code |nom de code |Codename |Deckname[n]? ){_NAME}"
)
_OPERATION = Expression(
    r"(?i)(?<!\w)(?:réseau|opération|campagne|mode opératoire|dispositif|manœuvre|manoeuvre|ingérence|"
    r"Netzwerk\w?|Kampagne|"
    r"Operation|Gruppe|Desinformation\w*|red|operación|campaña|desinformación|сет[ьиюе]\w?|кампани\w{1,3}|"
    r"операци\w{1,3}|"
    r"аккаунт\w{0,3}|мереж\w{1,3}|кампані\w{1,3}|операці\w{1,3}|акаунт\w{0,3}|дезинформаци\w{1,2}|"
    r"дезінформаці\w{1,2}|ботоферм\w{1,2}|угрупован\w{1,3}|группировк\w{1,2}|Netz|Verbund|grupo|groupe)(?!\w)"
)
_CALL_STEMS = (
    "appel", "nomm", "baptis", "sigu", "rebaptis", "rebautiz", "désign", "surnomm", "dénomm", "sui",
    "nenn", "nannt", "bezeichn", "führ",
    "tauf", "verfolg", "llam",
    "denomin", "bautiz", "apod", "rastre", "conoc", "назв", "назыв", "окрест", "знают", "знають", "kennen",
    "kennt", "отслеж", "назив", "відстеж", "охрест",
)  # fmt: skip
_CALLED_STEMS = (
    "connu", "suivi", "désign", "appel", "baptis", "surnomm", "dénomm", "dit", "nomm", "bekannt", "bezeichn",
    "geführt", "namens",
    "Codename", "Deckname", "conocid", "bautizad", "denominad", "llamad", "apodad", "rastread", "извест",
    "назван", "прозван", "под",
    "получ", "відом", "під", "отрима", "nom", "le", "les", "dio", "dieron", "puso", "lui", "leur", "gab", "verlieh",
    "verwend", "benutz", "дал", "присво",
)  # fmt: skip
_NEAR = 320
_FAR = 2000  #: letters within which "it" is the operation named last
_NOT_NAMES = frozenset("La Le Les El Los Las Die Der Das Il Elle Sie Es Она Он Они Вона Він Вони Unis".split())


@lru_cache(maxsize=1)  # asked by several kinds
def is_written_abroad(text: str) -> bool:
    """Whether enough of a text's words are the commonest of these languages."""
    starts = word_starts(text)
    return sum(len(starts.get(word, ())) for word in _COMMON) * _ONE_IN > sum(map(len, starts.values()))


_COMMON = "de la les des que und der die los las el и в на что у та що з".split()
_ONE_IN = 60  #: words, of which one is such a word at least


def names_abroad(text: str, named: Sequence[Named]) -> Iterator[Named]:
    """Each name that is given, in a text in which one of the languages' words for an operation stands."""
    if not is_written_abroad(text):
        return
    starts = word_starts(text)
    places = sorted((naming.start, naming.name) for naming in named if naming.kind in INFLUENCE)
    others = {naming.name for naming in named if naming.kind not in INFLUENCE}
    given: list[tuple[int, re.Match[str]]] = []
    for pattern, stems, reach in ((_CALLS, _CALL_STEMS, 70), (_CALLED, _CALLED_STEMS, 14)):
        triggers = [word for word in starts if word.startswith(stems)]
        given += [(match.start(), match) for match in matches_with(text, pattern, triggers, reach, 160)]
    for start, match in sorted(given, key=lambda item: item[0]):
        name, at = _written(match)
        if not _fits(name, others, match["quoted"] is not None) or not _OPERATION.search(
            text, max(0, start - _NEAR), min(len(text), match.end() + 90)
        ):
            continue
        by = next((match[group] for group in ("by", "bei", "por", "u", "uk") if match.groupdict().get(group)), "") or ""
        index = bisect_left(places, (start, ""))
        given_it = "verb" not in match.re.groupindex and (
            _GIVEN.search(match.group()) or _GOES_BY.search(text, max(0, match.start() - 14), match.start())
        )
        reach = _FAR if given_it or match.groupdict().get("it") else _NEAR
        last = places[index - 1] if index and start - places[index - 1][0] < reach else None
        alias = Alias(name, by if by in others or by in known() else "")
        before = text[max(0, match.start() - (200 if given_it else 45)) : match.start()]
        pronoun = _PRONOUN.search(text[max(0, match.start() - 70) : match.start()])
        if "verb" not in match.re.groupindex and not (
            pronoun or _OPERATION.search(before) or (last and _same(text, last, match))
        ):
            continue  # "eine Frau namens X"
        too = (
            match.groupdict().get("too")
            or _ALSO.search(match.group())
            or (_is_of(text, last, match) and (by or match.groupdict().get("it")))
            or pronoun
            or given_it
        )
        if last and key(last[1]) != key(name) and too:
            yield Named(last[0], last[1], "actor", "", "named with its aliases", (alias,))
        elif last is None or key(last[1]) != key(name):
            yield Named(at, name, "actor", "", f"named by “{match.group()[:30]}”", (alias,) if alias.by else ())
        insort(places, (at, last[1] if last and too else name))


def _is_of(text: str, last: tuple[int, str] | None, match: re.Match[str]) -> bool:
    """Whether a name that somebody uses is the last one's: of a pronoun, or in the same sentence."""
    if match.groupdict().get("it"):
        return last is not None
    return last is not None and "verb" not in match.re.groupindex and _same(text, last, match)


def _same(text: str, last: tuple[int, str], match: re.Match[str]) -> bool:
    """Whether the operation named last stands in the sentence of a match."""
    return "." not in text[last[0] : match.start()]


_PRONOUN = Expression(
    r"(?<!\w)(?:[Ee]lle|[Ii]l|[Ss]ie|[Ee]s|[Оо]на|[Оо]н|[Вв]она|[Вв]ін|той же|того же|тієї ж|тієї самої|du même|"
    r"de la même|derselben|"
    r"desselben|la misma|el mismo)(?: [^.;«»“”\n]{0,40})? ?$"
)

#: What is said of an operation only, however far before it is named: "gave it the name X", "goes by the name X"
_GIVEN = Expression(r"(?<!\w)(?:le|les|lui|leur|ihr|ihm|ей|ему|їй|йому|мережі|сети) |\b(?:verwende|benutz)")
_GOES_BY = Expression(r"(?:проход\w+|фигурир\w+|фігуру\w+|знач\w+|läuft|geführt|figura|figure) $")

_ALSO = Expression(r"(?<!\w)(?:également|aussi|auch|ebenfalls|también|также|також|же)(?!\w)")


def _written(match: re.Match[str]) -> tuple[str, int]:
    group = "quoted" if match["quoted"] is not None else "name"
    return match[group].strip(" ,."), match.start(group)


def _fits(name: str, others: set[str], quoted: bool) -> bool:
    nobody = name in others or name in gazetteer().names or known().get(name, "actor") != "actor"
    first = name.split(" ")[0]
    plain = quoted or (not is_person(name) and first not in _NOT_NAMES)
    return not nobody and plain and name[:1].isupper() and is_name(name)
