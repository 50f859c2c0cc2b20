"""Operations that a text calls something, in the words that seven languages use for it.

"which we call X", "call the network X", "under the name “X”", « que nous appelons « X » », „das Experten „X“
nennen“, «назвали её «X»», «известна как X»; and "Kampagne X", "l'opération X", «сеть «X»». A name counts
only after a word for an operation, and outside English only in quotation marks or beside that word.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE, Named, key
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.phrases import matches_with, spellings
from counterfoil.extraction.state_ties import tie_before
from counterfoil.model.extraction import Alias

_CAP = r"(?:[A-ZÀ-ÞА-ЯЄІЇҐĄĆĘŁŃÓŚŹŻ]|\d(?=[A-Za-z]))[\w’'\-]{1,30}"
_PLAIN = rf"{_CAP}(?: (?:{_CAP}|\d{{1,4}})){{0,3}}(?:\(\d{{1,3}}\))?"
_QUOTED = r"[“\"«„‹'‘「『]\s?(?P<quoted>[^“”\"«»„\n()]{2,40}?)\s?,?[”\"»“›'’」』]"
_ANY = rf"(?:{_QUOTED}|(?P<name>{_PLAIN}))"
_OP = (
    r"(?:operations?|networks?|campaigns?|groups?|clusters?|actors?|efforts?|activity|sets?|ecosystems?|units?|farms?|"
    r"Netzwerk(?:s|es)?|Kampagnen?|Operation|Gruppe|Akteurs?|réseaux?|opérations?|campagnes?|groupes?|"
    r"red|campaña|operación|grupo|sieć|sieci|kampani[aięą]|operacj[aięą]|grup[ayę]|"
    r"сет[ьи]|сетью|кампани[яиюей]{1,2}|операци[яиюей]{1,2}|группировк[аиуой]{1,2}|группа|"
    r"мереж[аіу]|кампані[яїюєю]{1,2}|операці[яїюєю]{1,2})"
)
_OPERATION_NEAR = Expression(rf"(?<![\w\-])(?i:{_OP})(?![\w\-])[^.!?\n]{{0,130}}$")
_WE = (
    r"(?P<by>(?:it|we|they|researchers|analysts|investigators|experts|the \w{2,20}(?: \w{2,20})?|"
    rf"(?:the )?{_CAP}(?: (?:of |the |for )?{_CAP}){{0,4}}))"
)
_NOW = r"(?:has |have |had )?(?:also |now |currently |since |internally |publicly ){0,2}"
_CALL = (
    r"(?:calls?|called|dubs?|dubbed|names?|named|labels?|labell?ed|nicknamed?|nicknames|code-?named|christened|"
    r"terms?|termed|tracks?(?: it| them)? as|tracked as|refers? to as|referred to as|designates?(?: as)?)"
)
_WHICH_CALLED = Expression(
    rf"\b(?:which|that|whom?|operation|network|campaign|actor|group|cluster) {_WE} {_NOW}{_CALL} (?:the )?{_ANY}"
)
_UNDER_NAME = Expression(
    rf"\b(?:under|given?|gave) (?:\w+ ){{0,3}}?the (?:code ?|working |internal )?(?:names?|monikers?|"
    rf"codenames?) (?:of )?{_ANY}"
)
_WHAT_WE_CALL = Expression(rf"\b[Ww]hat {_WE} {_NOW}(?:calls?|called|dubs|dubbed|named?|terms?) {_ANY}")
_IT_IS_TRACKED = Expression(
    rf"\b(?:It|it|This (?:network|operation|group|actor)|The (?:network|operation|group|actor|campaign)) "
    rf"(?:is|was|has been) (?:also |now |previously |sometimes |better ){{0,2}}"
    rf"(?:tracked|known|referred to) (?:(?:by|to) (?P<by>(?:the )?{_CAP}(?: {_CAP}){{0,3}}) )?as {_ANY}"
)
_AT_WHOSE = Expression(
    rf"\b(?:at|of|by) (?P<by>{_CAP}(?: {_CAP}){{0,3}}) [^.!?\n]{{0,60}}$|(?P<own>{_CAP}) [^.!?\n]{{0,30}}$"
)
_FOREIGN_CALLED = Expression(
    r"(?:"
    rf"(?:que|dass?|die|das|den) (?P<by>(?:nous|[\w\- ]{{2,30}}?)) (?:appelons|appelle|appellent|nommons|"
    rf"suit sous le nom de) "
    r"|(?:connue?s?|désignée?s?|suivie?s?) (?:aussi |également )?(?:sous le nom (?:de |d['’])?|comme )"
    r"|(?:baptisée?s?|surnommée?s?|dénommée?s?|appelée?s?|intitulée?s?) "
    rf"|(?:société|entreprise|plateforme|l['’]agence) (?P<by_fr>{_CAP}) suit (?:\w+ )?sous le nom de "
    r"|(?:conocid[ao]s?|identificad[ao]s?|rastread[ao]s?) (?:también )?como "
    r"|(?:bautizad|denominad|llamad|apodad)[ao]s? (?:como )?"
    r"|(?:bekannt als|bekannt unter dem Namen|unter dem Namen|unter der Bezeichnung|genannt|namens|getauft auf|"
    r"mit dem Namen|sogenannte[nr]?|bezeichnet als) "
    r"|(?:znan[aey] jako|pod nazwą|nazwan[aey]|określan[aey] jako|ochrzczon[aey]) "
    r"|(?:известн(?:а|ая|ый|ой|ую|о|ы|ые|ых) (?:также )?как|под (?:названием|именем)|получивш\w{2,4} название|"
    r"назвал[иа]? (?:её|ее|его|эту \w+|эту)?|прозвали (?:её|ее|его)?|"
    r"відом(?:а|ої|у|ий|ою) (?:також )?як|під назвою|назвали (?:її|його)) ?"
    r"|(?:名为|被称为|代号为?|称之为|(?:المعروفة?|تعرف|أطلق عليها|تسمى)(?: باسم| اسم)?) ?"
    rf"){_ANY}"
)
_FOREIGN_WORDS = (
    "appelons appelle appellent nommons suit sous connu connue connus connues désigné désignée suivi suivie baptisé "
    "baptisée "
    "surnommé surnommée dénommé dénommée appelé appelée intitulé intitulée conocida conocido conocidas identificada "
    "rastreada bautizada bautizado denominada denominado llamada llamado apodada apodado bekannt genannt namens "
    "getauft "
    "sogenannte sogenannten sogenannter bezeichnet unter znana znany znane nazwą nazwana nazwany nazwane określana "
    "известна известная известной известную известный известно названием именем название назвали назвал назвала "
    "прозвали "
    "відома відомої відому відомий назвою назвали المعروفة المعروف تعرف أطلق تسمى"
).split()
#: „das Netzwerk, das Sicherheitsbehörden „X“ nennen“
_GERMAN_NENNT = Expression(
    rf"(?:das|die|den) (?P<by>[\w\-]{{2,30}}(?: [\w\-]{{2,20}}){{0,2}}?) (?:als )?{_QUOTED} (?:nennt|nennen|"
    rf"bezeichnet|bezeichnen|führt)"
)
_FOREIGN_HEAD = Expression(
    r"(?<![\w\-])(?P<head>Kampagnen?|Netzwerks?|Desinformationskampagne|Einflussoperation|"
    r"campagne|réseau|opération|mode opératoire|campaña|operación|red|"
    r"kampani[aięą]|sie[ćc]i?|operacj[aięą]|кампани[яиюей]{1,2}|сет[ьи]|сетью|операци[яиюей]{1,2}|"
    r"кампані[яїю]|мереж[аіу]|операці[яїю]) "
    rf"(?:(?:de désinformation|d['’]influence|informationnel|de desinformación|de influencia|дезинформации) )?{_ANY}"
)
_PLAIN_OK = frozenset("Kampagne Netzwerk Desinformationskampagne Einflussoperation opération campaña operación".split())
_CHINESE = Expression(r"(?:名为|被称为|代号为?|称之为|称为)[“「『](?P<quoted>[^“”\n]{2,30})[”」』]")
_BEFORE_QUOTED = Expression(rf"(?<![\w\-])(?i:{_OP})(?![\w\-])[^\n]{{0,150}}$")
_PRONOUNS = frozenset("it we they researchers analysts investigators experts nous on".split())


def called(text: str) -> Iterator[Named]:
    """Every naming by such words."""
    called_words = (
        "call calls called dub dubs dubbed name names named label labels labelled labeled nickname nicknames nicknamed "
        "codenamed code christened term terms termed track tracks tracked refer refers referred designates "
        "designate".split()
    )
    for match in matches_with(text, _WHICH_CALLED, called_words, 110, 190):
        if _OPERATION_NEAR.search(text, max(0, match.start() - 150), match.start()):
            yield from _named(text, match, match["by"] or "")
    plainly = ("call", "calls", "called", "dub", "dubs", "dubbed", "name", "named", "term", "terms")
    for match in matches_with(text, _WHAT_WE_CALL, plainly, 90, 150):
        yield from _named(text, match, match["by"] or "")
    for match in matches_with(text, _UNDER_NAME, ("under", "given", "give", "gave"), 0, 110):
        if _OPERATION_NEAR.search(
            text, max(0, match.start() - 300), match.start("quoted" if match["quoted"] else "name")
        ):
            yield from _named(text, match, "")
    yield from _foreign(text)


def _foreign(text: str) -> Iterator[Named]:
    for match in matches_with(text, _FOREIGN_CALLED, _FOREIGN_WORDS, 50, 150):
        antecedent = _BEFORE_QUOTED if match["quoted"] else _OPERATION_NEAR
        start = match.start("quoted" if match["quoted"] else "name")
        near = antecedent.search(text, max(0, match.start() - 150), start)
        if near and (
            match["quoted"] or not match["name"][0].isascii() or len(match["name"].split()) > 1 or "-" in match["name"]
        ):
            yield from _named(text, match, match["by_fr"] or "")
    for match in matches_with(text, _GERMAN_NENNT, ("nennt", "nennen", "bezeichnet", "bezeichnen", "führt"), 110, 130):
        if _OPERATION_NEAR.search(text, max(0, match.start() - 150), match.start()):
            yield from _named(text, match, "")
    heads = (
        "Kampagne Kampagnen Netzwerk Netzwerks Desinformationskampagne Einflussoperation campagne réseau opération "
        "mode campaña "
        "operación red kampania kampanii kampanię sieć sieci operacja operacji operację кампания кампании кампанию "
        "сеть сети "
        "сетью операция операции операцию кампанія кампанії мережа мережі операція операції".split()
    )
    for match in matches_with(text, _FOREIGN_HEAD, spellings(heads), 0, 130):
        if match["quoted"] or match["head"] in _PLAIN_OK:
            yield from _named(text, match, "")
    for match in _CHINESE.finditer(text) if "称" in text or "名为" in text or "代号" in text else ():
        yield Named(match.start("quoted"), match["quoted"], "actor", "", f"named by “{match.group()[:3]}”")


def _named(text: str, match: re.Match[str], by: str) -> Iterator[Named]:
    start, name = _letters(match)
    if not is_name(name) or is_person_here(text, start, name):
        return
    by = re.sub(r"^[Tt]he ", "", by).strip()
    aliases = (Alias(name, by),) if by and by[0].isupper() and by.casefold() not in _PRONOUNS else ()
    said = text[match.start() : start].strip(' “"«„')
    kind = (
        "network"
        if re.search(r"(?i)\b(?:network|netzwerks?|réseau|red|сет[ьи]|мереж[аі]|sie[ćc]i?)$", said)
        else "actor"
    )
    yield Named(start, name, kind, tie_before(text, start), f"named by “{said}”", aliases)


def _letters(match: re.Match[str]) -> tuple[int, str]:
    group = "quoted" if match["quoted"] is not None else "name"
    return match.start(group), re.sub(r"['’]s?$", "", match[group]).rstrip(" ,.")


def renamed(text: str, named: list[Named]) -> Iterator[Named]:
    """Later sentences that give the operation just spoken of another name: "It is tracked by A as X".

    The operation is the last one named before, at most a few sentences back.
    """
    operations = sorted((naming.start, naming.name, naming.kind) for naming in named if naming.kind in INFLUENCE)
    starts = [start for start, _, _ in operations]
    tracked = matches_with(text, _IT_IS_TRACKED, ("tracked", "known", "referred"), 70, 150)
    under = (m for m in matches_with(text, _UNDER_NAME, ("under",), 0, 110) if m["quoted"])
    for match in (*tracked, *under):
        _, name = _letters(match)
        at = bisect_left(starts, match.start()) - 1
        if at < 0 or match.start() - starts[at] > 400 or not is_name(name) or key(operations[at][1]) == key(name):
            continue
        by = match["by"] if "by" in match.re.groupindex else _whose(text, match.start())
        by = re.sub(r"^[Tt]he ", "", by or "")
        of, main, kind = operations[at]
        yield Named(of, main, kind, "", "named with its aliases", (Alias(name, by),))


_TOGETHER = Expression(
    r"[^.!?\n]{0,140}?(?:(?:\band|\bet|\bund|\by|\bi|\bи|;) (?:(?:that|which|whom|que|qui|das|die|den|is|was|by|as|"
    r"który|которую)\b)?"
    r"|\b(?:она|elle|ella|sie)\b)[^.!?\n]{0,60}$"
)


def told_together(text: str, named: list[Named]) -> Iterator[Named]:
    """Names that one sentence gives an operation, one after the other: "which we call X and A tracks as Y"."""
    # Of two rules for one naming, the one that says how it is named.
    told = sorted((n for n in named if n.kind in INFLUENCE), key=lambda n: n.reason.startswith("named by “"))
    operations = sorted({n.start: (n.start, n.name, n.kind, n.reason) for n in told}.values())
    for (start, name, kind, _), (later, other, _, reason) in pairwise(operations):
        end = start + len(name)
        if reason.startswith("named by “") and end < later < end + 210 and key(other) != key(name):
            said = reason.removeprefix("named by “").rstrip("”")
            at = text.rfind(said, end, later)
            between = text[end:later]
            relative = re.search(r"\b(?:that|which|whom|que|das|die|den|она|elle|ella|sie)\b", between)
            if at >= 0 and relative and _TOGETHER.fullmatch(between) and ";" not in between[:-90]:
                by = next(
                    (a.by for n in named if n.start == later and n.name == other for a in n.aliases if a.name == other),
                    "",
                )
                yield Named(start, name, kind, "", "named with its aliases", (Alias(other, by),))


def _whose(text: str, at: int) -> str:
    """Who uses a name that stands "under the name", if the words before say it: "analysts at X wrote of it"."""
    before = text[max(0, at - 110) : at]
    near = re.split(r"[.!?;,\n]", before)[-1]
    match = _AT_WHOSE.search(near)
    return (match["by"] or match["own"] or "") if match else ""
