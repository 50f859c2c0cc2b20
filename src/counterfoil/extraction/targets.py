"""Targets: people with a title whom a sentence says an operation acts against."""

import re

from counterfoil.extraction.phrases import PhraseIndex
from counterfoil.extraction.reading import Reading
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction, Target

_TITLES = (
    r"(?:(?:[Ff]ormer |then-|[Vv]ice |[Dd]eputy |U\.S\. |US |[Ii]nterim |Republican |Democratic ){0,2}"
    r"(?:[Pp]resident|[Ss]enator|Sen\.|[Rr]epresentative|Rep\.|[Cc]ongress(?:wo)?man|[Gg]overnor|Gov\.|"
    r"[Pp]rime [Mm]inister|"
    r"[Ff]oreign [Mm]inister|[Dd]efen[cs]e [Mm]inister|[Ff]irst [Ll]ady|[Cc]hancellor|[Mm]inister|[Mm]ayor|"
    r"[Pp]residential candidate|[Cc]andidate|[Cc]ommissioner|[Aa]mbassador|[Gg]eneral|Lawmaker|lawmaker|"
    r"MP|MEP))"
)
_PERSON = r"[A-ZÀ-Þ][\w’'\-]{1,25}(?: (?:[A-Z]\.|de|van|von|der|al-)?\s?[A-ZÀ-Þ][\w’'\-]{1,25}){0,3}"
_VERBS = (
    r"(?:target|accus|denigrat|smear|discredit|attack|critici[sz]|impersonat|undermin|disparag|mock|defam|"
    r"vilif(?:y|i)|ridicul|slander|malign|harass|intimidat)"
)
_ACTIVE = re.compile(
    rf"\b{_VERBS}(?:e?d|ing|"
    rf"e?s)? (?:the )?(?:campaign of )?(?P<role>{_TITLES}) (?P<name>{_PERSON})"
)
_PASSIVE = re.compile(
    rf"\b(?P<role>{_TITLES}) (?P<name>{_PERSON}) (?:was|were|has been|had been) (?:also |repeatedly )?"
    rf"(?:the target of|{_VERBS}e?d)"
)


def find(reading: Reading, found: Extraction) -> tuple[Target, ...]:
    """The targets of the text, in text order; a person named twice is one target."""
    roles: dict[str, tuple[str, str]] = {}
    spans: dict[str, list[Span]] = {}
    hits = sorted(
        (match for pattern in (_ACTIVE, _PASSIVE) for match in pattern.finditer(reading.text)),
        key=lambda match: match.start("role"),
    )
    for match in hits:
        written = re.sub(r"['’]s?$", "", match["name"])
        end = match.start("name") + len(written)
        name = next((known for known in roles if known.split()[-1] == written.split()[-1]), written)
        if len(written) > len(name):  # "Senator Rubio", and later in full
            roles[written], spans[written] = roles.pop(name), spans.pop(name)
            name = written
        roles.setdefault(name, (match["role"], _actor(reading, match.start(), found)))
        spans.setdefault(name, []).append(reading.span(match.start("role"), end))
    return tuple(Target(name, roles[name][0], tuple(spans[name]), roles[name][1]) for name in roles)


def _actor(reading: Reading, offset: int, found: Extraction) -> str:
    """The one influence actor that the sentence names before the verb, if it is only one."""
    start, _ = reading.sentence(offset)
    by_name = {
        name: actor.name
        for actor in found.actors
        if actor.kind in ("actor", "network")
        for name in (actor.name, *(alias.name for alias in actor.aliases))
    }
    named = {by_name[name] for _, _, name in PhraseIndex(by_name).find(reading.text[start:offset])}
    return named.pop() if len(named) == 1 else ""
