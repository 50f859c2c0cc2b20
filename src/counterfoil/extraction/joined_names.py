"""Two names that a text says are one actor's: "X, also known as Y", « X, que Z suit sous le nom de Y », "X/Y".

Between the names stand nothing but the words with which aliases are given, in seven languages, and perhaps
the name of who uses the second one. Anything else between them, and they stay two.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE, ORGANISATIONS, Named, key
from counterfoil.extraction.not_names import is_name
from counterfoil.extraction.phrases import PhraseIndex
from counterfoil.model.extraction import Alias

_MARK = (
    "known tracked tracks track called calls call dubbed dubs named names name nicknamed referred refers designated "
    "alias aka "
    "a.k.a. formerly previously moniker "
    "connu connue connus suivi suivie suit appelle appelé appelée baptisé baptisée nommé nommée désigné désignée nom "
    "dit dite "
    "dénommé dénommée surnommé surnommée désigne "
    "bekannt genannt nennt nennen führt bezeichnet Namen Bezeichnung alias früher ehemals "
    "conocida conocido llama llamada llamado denomina denominada denominado nombre rastrea bautizada apodada "
    "известна известная известный известен называет называют отслеживает названием именем же прежде ранее "
    "відома відомий відоме називає називають відстежує відстежують назвою ж раніше "
    "znana znany znane nazywa nazywana nazwą śledzi dawniej"
).split()
_GLUE = (
    "also now later since and or by as to it is was are has been which that whom who the in under other others some "
    "sometimes "
    "researchers analysts experts publicly elsewhere better otherwise company firm vendors vendor "
    "également aussi sous le la de que qui est par autres chercheurs comme parfois société l’entreprise et ou "
    "auch als die das den der unter dem und oder bei von wird Forscher Firma "
    "también como que la el los bajo es por otros investigadores o y empresa "
    "также как она он оно они которую который которое под и или компания исследователи её в "
    "також як вона він воно яку який яке під і та або компанія дослідники "
    "też również jako którą który pod i lub przez badacze firma"
).split()
_MARKS, _ALLOWED = frozenset(_MARK), frozenset(_MARK) | frozenset(_GLUE)
_TOKEN = Expression(r"[^\s,()\"“”«»„:–—/]+")
_SLASH = Expression(r"[”»\"“]? ?/ ?[“«\"„]?")
_FAR = 110
#: Whose the second name is, behind it.
_USER_BEHIND = Expression(
    r"[”»\"“]? (?:by|par|von|por|przez|"
    r"in) (?:the )?(?P<by>[A-ZÀ-Þ][\w.\-]{1,30}(?: [A-ZÀ-Þ][\w.\-]{1,30}){0,3})(?P<taxonomy>['’]s? (?:taxonomy|"
    r"naming|terms))?"
)
_TAXONOMY = Expression(
    r"[”»\"“]?(?:,? | in )(?:in )?(?P<by>[A-Z][\w]{1,30}(?: [A-Z]\w+)?)['’]s? (?:taxonomy|naming\w*|terminology|"
    r"nomenclature)"
)
_DASH_BEFORE = Expression(r" [–—] $|, $| \($")
_NAME = r"[“\"«„]?(?P<name>(?:[A-Z]|\d(?=[A-Za-z]))[\w’'\-]{1,30}(?: (?:[A-Z][\w’'\-]{1,30}|\d{1,4})){0,3})[”\"»“]?"
_OTHERS_NAME = Expression(
    r" is (?P<by>[A-Z][\w]{1,30}(?: [A-Z]\w+){0,2})['’]s? (?:own )?name for (?:the |"
    r"an? )?(?:[a-z][\w\-]{1,20} ){0,4}[“\"]?$"
)
_AND_BY = Expression(
    rf"[”\"»]? by (?:the )?(?P<first>[A-Z][\w]{{1,30}}(?: [A-Z]\w+){{0,2}}),? (?:and|"
    rf"or) (?:as )?{_NAME} by (?:the )?(?P<by>[A-Z][\w]{{1,30}}(?: [A-Z]\w+){{0,2}})"
)
_NEXT_SENTENCE = Expression(
    r"(?:[.!?][”\"]? |; |\n)(?:[^.!?\n]{0,40}, )?(?:(?:The )?(?P<by>[A-ZÀ-Þ][\w]{1,30}(?: [A-ZÀ-Þ]\w+){0,3})|"
    r"[Rr]esearchers|[Oo]thers) "
    r"(?:also |has |now )?(?:tracks|calls|refers to|track|call|refer to|knows|dubs|dubbed) (?:it|them)(?: as)? [“\"«]?$"
)
_ORGANISATION_ALIASES = Expression(
    r"[”\"]?,? \((?P<inside>(?:also known as|a\.?k\.?a\.?|f\.?k\.?a\.?|formerly(?: known as)?|alias|"
    r"also called)[ ,:][^()\n]{2,300})\)",
    re.IGNORECASE,
)
_EACH_ALIAS = Expression(
    r"(?:;|,|^| and | or )\s*(?:also known as|a\.?k\.?a\.?|f\.?k\.?a\.?|formerly(?: known as)?|alias|"
    r"also called)?,?\s*[“\"«]?(?P<name>[^;,“”\"«»]{2,60})[”\"»]?",
    re.IGNORECASE,
)


def joined_names(text: str, named: list[Named]) -> Iterator[Named]:
    """Namings that join the names of one actor."""
    operations = {naming.name: naming.kind for naming in named if naming.kind in INFLUENCE}
    mentions = list(PhraseIndex(operations).find(text))
    for (start, end, name), (later, after, other) in pairwise(mentions):
        if later - end > _FAR + 40 or key(name) == key(other):
            continue
        told, by = _told(text, (start, end, later, after))
        if told:
            yield Named(start, name, operations[name], "", "named with its aliases", (Alias(other, by),))
    for start, end, name in mentions:
        two = _AND_BY.match(text, end, end + 150)
        if two and is_name(two["name"]):
            both = (Alias(two["name"], two["by"]), Alias(name, two["first"]))
            yield Named(start, name, operations[name], "", "named with its aliases", both)
    for naming in named:
        bracket = (
            _ORGANISATION_ALIASES.match(text, naming.start + len(naming.name)) if naming.kind in ORGANISATIONS else None
        )
        if bracket:
            found = (match["name"].strip(" .") for match in _EACH_ALIAS.finditer(bracket["inside"]))
            aliases = tuple(
                Alias(name) for name in found if len(name) > 1 and name[0].isupper() and name != naming.name
            )
            yield Named(naming.start, naming.name, naming.kind, naming.state, naming.reason, aliases)


def _told(text: str, place: tuple[int, int, int, int]) -> tuple[bool, str]:
    """Whether the words between two names make the second an alias, and whose."""
    _, end, later, after = place
    between = text[end:later]
    behind = _USER_BEHIND.match(text, after, after + 60)
    by = behind["by"] if behind else ""
    if _SLASH.fullmatch(between):
        return True, ""
    other = _OTHERS_NAME.fullmatch(between)
    if other:
        return True, ""
    following = _NEXT_SENTENCE.search(between)
    if following and between.count(". ") < 2:
        return True, following["by"] or ""
    taxonomy = _TAXONOMY.match(text, after, after + 60)
    if taxonomy and _DASH_BEFORE.search(between) and len(between) < 6:
        return True, taxonomy["by"]
    if len(between) > _FAR or re.search(r"[.!?;\n](?!k\.a|a\.)(?=\s)", between.replace("a.k.a.", "aka")):
        return False, ""
    tokens = _TOKEN.findall(between)
    marked = [token for token in tokens if token in _MARKS or token.lower() in _MARKS]
    unknown = [token for token in tokens if token.lower() not in _ALLOWED and token not in _ALLOWED]
    proper = all(token[0].isupper() or token[0].isdigit() for token in unknown)
    if marked and proper and len(unknown) <= 4:
        return True, " ".join(unknown) or by
    return False, ""
