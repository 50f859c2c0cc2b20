"""Attributions in their clearest wordings: who is said to act for whom, by whom, how strongly."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from counterfoil.extraction.naming import INFLUENCE, ORGANISATIONS, by_name
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.placed import Mention, Placed
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.speakers import Speakers
from counterfoil.extraction.state_ties import tying_word
from counterfoil.extraction.states import gazetteer
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Attribution, Extraction

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
#: Who attributes: "Meta", "The observatory", "Researchers at the Tidewater Observatory".
_BY = (
    r"(?P<by>[Tt]he (?:[\w\-]{2,20} ){0,2}[a-z]{3,20}|"
    r"[A-Z][\w’'\-]{1,30}(?:(?: (?:at|of|from))?(?: the)? [A-Z][\w’'\-]{1,30}){0,4}|[Ww]e)(?: \([A-Z]{2,10}\))?"
)
_HAVE = r"(?:has |have |had )?(?:(?:also|publicly|formally|officially|previously|later|since|now) ){0,2}"
_ATTRIBUTES = r"(?P<verb>attribut(?:es?|ed)|link(?:s|ed)|tie[sd])"
_WORD = r"[\w’'\-]{1,24}"
#: Behind these words stands something else than what is attributed ("posts about X").
_NOT_OF_IT = (
    r"(?!(?:about|of|from|by|with|on|against|and|or|that|who|which|to|for|between|in|as|not|no|exposing|targeting|"
    r"mentioning|imitating|copying)\b)"
)
_THE = r"(?:(?:the|this|that|these|those|its|an?) )?"
_NAMING = (
    r"(?:tracks?|tracked|calls?|called|dubs|dubbed|names?|named|labels?|labell?ed|known|refers|referred|identifies|"
    r"identified|codenamed|a\.k\.a\.|aka)(?: to)?(?: it| them| this)?(?: as)?(?: the)? "
)
#: What is attributed, up to the name: "the network", "the network, which it tracks as", "an operation dubbed".
_OBJECT = (
    rf"{_THE}(?:(?:{_NOT_OF_IT}{_WORD} ){{0,5}}?|"
    rf"{_WORD}(?: {_WORD}){{0,7}}?(?:, | \(| [–—] | )(?:(?:which|that|whom) )?(?:{_WORD} ){{0,4}}?{_NAMING})[“\"«]?"
)
_ACTIVE = re.compile(rf"(?<![\w\-]){_BY} {_HAVE}{_ATTRIBUTES} {_OBJECT}$")
_ACTIVE_VERB = re.compile(r"attribut|link|tie")
_TO = re.compile(r"[”\"»]?(?: \([^()\n]{1,80}\))?(?:\)|,| [–—])?[”\"»]? (?:to|with) (?:the )?")
#: "X, which the agency attributes to Y"
_RELATIVE = re.compile(rf"[”\"»]?(?: \([^()\n]{{1,80}}\))?,? (?:which|that) {_BY} {_HAVE}{_ATTRIBUTES} to (?:the )?")
_PRONOUNS = frozenset("It They He She This That These Those Who Which Some Many Others One".split())
_NOBODY = frozenset("Nobody None Neither No Nothing Never Few If Should Once When Unless Had Whoever Whether".split())
_ASSESSED = re.compile(
    r"\b(?P<by>[A-Z][\w’'\-]{1,30}(?: [A-Z][\w’'\-]{1,30}){0,3}|[Ww]e) (?:has |have )?assess(?:es|ed)?"
    r"(?: with (?:high|moderate|medium|low) confidence)? that (?:the )?$"
)
#: What may stand between "to" and who is behind it: "the Berlin-based public relations consultancy".
_DESCRIBED = re.compile(
    r"(?:[\w’'\-]{1,24} ){0,2}|(?:[\w’'\-]{1,24} ){0,7}?(?:firm|company|consultancy|agency|start-?up) "
)
_PHRASE_END = re.compile(r"[.;:,()\n]")
_ADJECTIVE = re.compile(r"[A-Z][\w\-]{2,20}")
_DENIAL = re.compile(
    r"\b(?P<by>(?P<whose>[A-Z][\w’'\-]{2,20}) (?:[Ee]mbassy|[Gg]overnment|[Ff]oreign [Mm]inistry|officials)"
    r"(?: spokes\w{3,7}| in [A-Z][a-z]{2,15})?) (?:has |have |had )?(?:repeatedly |also |strongly )?"
    r"(?:denied|denies|deny|rejected|rejects)\b"
)


_DENIES = ("denied", "denies", "deny", "rejected", "rejects")


def find(reading: Reading, found: Extraction) -> tuple[Attribution, ...]:
    """The attributions of the text, in text order."""
    names = {name: actor.name for name, actor in by_name(found.actors, INFLUENCE).items()}
    actors = Placed(reading.text, names).mentions
    spans: dict[tuple[str, str, str, str], set[Span]] = {}
    for item in (*_ties(reading, actors), *_verbs(reading, found, actors), *_denials(reading)):
        spans.setdefault((item.actor, item.to, item.by, item.strength), set()).update(item.spans)
    items = [Attribution(*claim, tuple(sorted(places))) for claim, places in spans.items()]
    return tuple(sorted(items, key=lambda item: (item.spans[0], item.actor, item.to)))


def _ties(reading: Reading, actors: list[Mention]) -> Iterator[Attribution]:
    """ "China-linked influence actor X", "Chinese influence actor X"."""
    for start, end, actor in actors:
        code, at = tying_word(reading.text, start)
        if code:
            strength = "linked" if _LINKED.search(reading.text[at:start]) else "asserted"
            yield Attribution(actor, gazetteer().main_names[code], "", strength, (reading.span(at, end),))


def _verbs(reading: Reading, found: Extraction, actors: list[Mention]) -> Iterator[Attribution]:
    """ "X is attributed to Y", "Z attributes X to Y", "Z assesses that X is run by Y"."""
    text = reading.text
    # Those for whom others act.
    names = {name: actor.name for name, actor in by_name(found.actors, ("state", *ORGANISATIONS)).items()}
    principals = Placed(text, names)
    speakers = Speakers(reading, found)
    verbs = [match.start() for match in _ACTIVE_VERB.finditer(text)]
    for start, end, actor in actors:
        # Most mentions have no such verb before them.
        first = max(start - 200, reading.sentence(start)[0])
        active = bisect_left(verbs, first) < bisect_left(verbs, start)
        claim = _claim(text, (first, start, end), active)
        to = _principal_at(text, claim.to, principals) if claim else None
        if claim is None or to is None or to[0] == actor:
            continue
        by = "" if claim.by in _PRONOUNS else speakers.fullest(claim.by)
        yield Attribution(actor, to[0], by, claim.strength, (reading.span(claim.start, to[1]),))


class _Claim(NamedTuple):
    """A wording that attributes, less the one it attributes to, whose name is to follow at `to`."""

    start: int
    to: int
    by: str
    strength: str


def _claim(text: str, place: tuple[int, int, int], verb_before: bool) -> _Claim | None:
    """The attribution in which a name stands, if it stands in one.

    `place` is where to begin to read, where the name starts and where it ends.
    """
    first, start, end = place
    active = _ACTIVE.search(text, first, start) if verb_before else None
    to = _TO.match(text, end) if active else None
    if active and to:
        doubtful = active["by"].split()[0] in _NOBODY
        return None if doubtful else _Claim(active.start(), to.end(), active["by"], _active_strength(active))
    relative = _RELATIVE.match(text, end)
    if relative:
        return _Claim(start, relative.end(), relative["by"], _active_strength(relative))
    passive = _PASSIVE.match(text, end)
    if passive is None:
        return None
    assessed = _ASSESSED.search(text, max(first, start - 120), start)
    if assessed:
        return _Claim(assessed.start(), passive.end(), assessed["by"], "assessed")
    return _Claim(start, passive.end(), passive["by"] or "", _strength(passive))


def _active_strength(match: re.Match[str]) -> str:
    return "asserted" if match["verb"].startswith("attribut") else "linked"


def _strength(link: re.Match[str]) -> str:
    hedge = link["hedge"] or ""
    if hedge in ("reportedly", "allegedly"):
        return "alleged"
    if hedge and hedge != "publicly":
        return "assessed"
    loose = link["verb"].startswith(("linked", "tied", "connected", "affiliated", "associated"))
    return "linked" if loose else "asserted"


def _principal_at(text: str, start: int, principals: Placed) -> tuple[str, int] | None:
    """Who is named right at an offset, after a short description at most, and where it ends."""
    stop = min(len(text), start + 120)
    ends = _PHRASE_END.search(text, start, stop)
    stop = ends.start() if ends else stop
    mention = principals.first(start, stop)
    if mention and _DESCRIBED.fullmatch(text[start : mention[0]].rstrip('“"«')):
        return mention[2], mention[1]
    word = _ADJECTIVE.match(text, start, stop)
    code = gazetteer().adjectives.get(word.group()) if word else None
    if word and code:
        return gazetteer().main_names[code], word.end()
    return None


def _denials(reading: Reading) -> Iterator[Attribution]:
    data = gazetteer()
    for match in matches_with(reading.text, _DENIAL, _DENIES, 130):
        whose = re.sub(r"['’]s$", "", match["whose"])
        code = data.adjectives.get(whose) or data.names.get(whose, ("", ""))[0]
        if code in data.main_names:
            start, end = reading.sentence(match.start())
            span = reading.span(max(start, match.start()), max(end, match.end()))
            yield Attribution("", data.main_names[code], match["by"], "denied", (span,))
