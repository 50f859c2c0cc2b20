"""Attributions in their clearest wordings: who is said to act for whom, by whom, how strongly."""

import re
from collections.abc import Iterator

from counterfoil.extraction.phrases import PhraseIndex
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.state_ties import tying_word
from counterfoil.extraction.states import gazetteer
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Attribution, Extraction

_LINKED = re.compile(
    r"-(?:linked|affiliated|aligned|nexus|associated|connected|tied|origin|"
    r"based)\b",
    re.IGNORECASE,
)
_LINK_VERB = (
    r"(?:linked to|tied to|connected to|affiliated with|run by|operated by|controlled by|directed by|"
    r"sponsored by|"
    r"backed by|funded by|associated with|conducted by|orchestrated by|part of|attributed to)"
)
_IS = r"(?: \([^()\n]{1,80}\))?(?:,? (?:which|that))? (?:is|was|has been|are|were|have been)"
_PASSIVE = re.compile(
    rf"{_IS} (?:(?P<hedge>likely|probably|reportedly|allegedly|believed to be|thought to be|publicly|"
    rf"almost certainly) )?"
    rf"(?P<verb>{_LINK_VERB}|attributed by (?:the )?(?P<by>[A-Z][\w’' ]{{1,40}}?) to) (?:the )?"
)
_ACTIVE = re.compile(
    r"\b(?P<by>[A-Z][\w’'\-]{1,30}(?: [A-Z][\w’'\-]{1,30}){0,3}) (?:has |have |had )?(?:also |publicly |"
    r"formally )?"
    r"(?:attribut(?:es?|ed)|link(?:s|ed)|tie[sd]) (?:the )?$"
)
_ACTIVE_VERB = re.compile(r"(?:attribut\w{1,3}|link\w{1,2}|tie[sd]) (?:the )?$")
_TO = re.compile(r"(?: \([^()\n]{1,80}\))? (?:to|with) (?:the )?")
_ASSESSED = re.compile(
    r"\b(?P<by>[A-Z][\w’'\-]{1,30}(?: [A-Z][\w’'\-]{1,30}){0,3}|[Ww]e) (?:has |have )?assess(?:es|ed)?"
    r"(?: with (?:high|moderate|medium|low) confidence)? that (?:the )?$"
)
_DENIAL = re.compile(
    r"\b(?P<by>(?P<whose>[A-Z][\w’'\-]{2,20}) (?:[Ee]mbassy|[Gg]overnment|[Ff]oreign [Mm]inistry|officials)"
    r"(?: spokes\w{3,7}| in [A-Z][a-z]{2,15})?) (?:has |have |had )?(?:repeatedly |also |strongly )?"
    r"(?:denied|denies|deny|rejected|rejects)\b"
)


def find(reading: Reading, found: Extraction) -> tuple[Attribution, ...]:
    """The attributions of the text, in text order."""
    spans: dict[tuple[str, str, str, str], set[Span]] = {}
    for item in (*_ties(reading, found), *_verbs(reading, found), *_denials(reading)):
        spans.setdefault((item.actor, item.to, item.by, item.strength), set()).update(item.spans)
    items = [Attribution(*claim, tuple(sorted(places))) for claim, places in spans.items()]
    return tuple(sorted(items, key=lambda item: (item.spans[0], item.actor, item.to)))


def _influence_actors(found: Extraction) -> list[Actor]:
    return [actor for actor in found.actors if actor.kind in ("actor", "network")]


def _names(actors: list[Actor]) -> dict[str, Actor]:
    return {name: actor for actor in actors for name in (actor.name, *(alias.name for alias in actor.aliases))}


def _ties(reading: Reading, found: Extraction) -> Iterator[Attribution]:
    """ "China-linked influence actor X", "Chinese influence actor X"."""
    by_name = _names(_influence_actors(found))
    for start, end, name in PhraseIndex(by_name).find(reading.text):
        code, at = tying_word(reading.text, start)
        if code:
            strength = "linked" if _LINKED.search(reading.text[at:start]) else "asserted"
            span = reading.span(at, end)
            yield Attribution(by_name[name].name, gazetteer().main_names[code], "", strength, (span,))


def _verbs(reading: Reading, found: Extraction) -> Iterator[Attribution]:
    """ "X is attributed to Y", "Z attributes X to Y", "Z assesses that X is run by Y"."""
    text = reading.text
    by_name = _names(_influence_actors(found))
    principals = _principals(found)
    for start, end, name in PhraseIndex(by_name).find(text):
        before = text[max(0, start - 120) : start]
        # The cheap test first: most mentions have no such verb before them.
        active = _ACTIVE.search(before) if _ACTIVE_VERB.search(before) else None
        link = _TO.match(text, end) if active else _PASSIVE.match(text, end)
        if link is None:
            continue
        to = _principal_at(text, link.end(), principals)
        if to is None:
            continue
        assessed = _ASSESSED.search(before) if "assess" in before else None
        speaker = active or assessed or link
        by = speaker["by"] or ""
        strength = "assessed" if assessed else _strength(link, active is not None)
        first = start - len(before) + speaker.start() if speaker is not link else start
        yield Attribution(by_name[name].name, to[0], by, strength, (reading.span(first, to[1]),))


def _strength(link: re.Match[str], active: bool) -> str:
    if active:
        return "asserted"
    hedge = link["hedge"] or ""
    if hedge in ("reportedly", "allegedly"):
        return "alleged"
    if hedge and hedge != "publicly":
        return "assessed"
    loose = link["verb"].startswith(("linked", "tied", "connected", "affiliated", "associated"))
    return "linked" if loose else "asserted"


def _principals(found: Extraction) -> dict[str, str]:
    """Names of those for whom others act -> the name to store."""
    kinds = ("state", "agency", "company", "outlet")
    return {
        name: actor.name
        for actor in found.actors
        if actor.kind in kinds
        for name in (actor.name, *(alias.name for alias in actor.aliases))
    }


def _principal_at(text: str, start: int, principals: dict[str, str]) -> tuple[str, int] | None:
    """Who is named right at an offset, after an adjective or possessive at most, and where it ends."""
    stop = min(len(text), start + 80)
    sentence = re.compile(r"[.;:,()\n]").search(text, start, stop)
    window = text[start : sentence.start() if sentence else stop]
    for first, last, name in PhraseIndex(principals).find(window):
        if first < 25:
            return principals[name], start + last
        break
    word = re.match(r"[A-Z][\w\-]{2,20}", window)
    code = gazetteer().adjectives.get(word.group()) if word else None
    if word and code:
        return gazetteer().main_names[code], start + word.end()
    return None


def _denials(reading: Reading) -> Iterator[Attribution]:
    data = gazetteer()
    for match in _DENIAL.finditer(reading.text):
        whose = re.sub(r"['’]s$", "", match["whose"])
        code = data.adjectives.get(whose) or data.names.get(whose, ("", ""))[0]
        if code in data.main_names:
            start, end = reading.sentence(match.start())
            span = reading.span(max(start, match.start()), max(end, match.end()))
            yield Attribution("", data.main_names[code], match["by"], "denied", (span,))
