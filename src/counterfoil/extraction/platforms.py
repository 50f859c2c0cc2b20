"""Online platforms by name; names that are common words need words around them that say so."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import PhraseIndex
from counterfoil.extraction.reading import Reading
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction, PlatformMention

Mention = tuple[int, int, str]  #: start, end, platform

_EAST_ASIAN = Expression("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ARABIC = Expression("[\u0620-\u064a]")

_THING = (
    r"(?:accounts?|posts?|posted|posting|users?|followers?|channels?|pages?|groups?|profiles?|personas?|"
    r"videos?|"
    r"messages?|messaging|chats?|servers?|app|platform|hashtags?|tweets?|feeds?|threads?|blogs?|articles?|"
    r"handles?)"
)
_ON = Expression(
    r"\b(?:on|On|via|Via|across|to join|joined|joining|taking to|took to|platforms?|app|apps|messenger|"
    r"network|site|auf|bei|über|sur|dans|en|во?|на|у)(?: called| named)?,? [\"“«„]?(?: |\u00a0)?$"
)
_FIRM_AFTER = Expression(
    r",? (?:Inc|Corp|LLC|Ltd|GmbH|Corporation|Technologies|Holdings)\b|"
    r"['’]s? (?:chief|CEO|CFO|head of|spokes\w+|lawyers?|parent|owners?|founders?|co-founder|shares|stock|headquarters|"
    r"investors?|employees|management|policy (?:team|chief|director)|trust and safety|legal|general counsel)\b| "
    r"(?:spokes(?:man|woman|person|people)|executives?|shareholders|employees|CEO|founder|co-founder|engineers?)\b"
)
_FIRM_BEFORE = Expression(
    r"\b(?:spokes(?:man|woman|person|people)|CEO|founder|co-founder|head|chief executive|owners?|shares|employees|"
    r"lawyers?|executives?|headquarters|acquisition|parent company|porte-parole|portavoz|Sprecher(?:in)?|пресс-служб\w|"
    r"представител\w{1,2}|основател\w{1,2}|засновник\w{0,2}) (?:for|of|at|from|de|von|d['’])? ?$|"
    r"\b(?:sued|acquired|bought|worked (?:at|for)|works (?:at|for)|invested in) $"
)
#: In other languages, what stands directly before a common word that is a platform.
_FOREIGN_THING = Expression(
    r"(?:\b(?:comptes?|chaînes?|plateforme|réseau(?: social)?|messagerie|application|cuentas?|perfil(?:es)?|plataforma|"
    r"red(?: social)?|aplicación|Plattform|Kurznachrichtendienst|Messenger(?:dienst)?|Netzwerk|Dienst|"
    r"App|Account|Kanal)|"
    r"\b(?:аккаунт\w{0,3}|акаунт\w{0,3}|соцсет\w{1,3}|соцмереж\w{1,2}|мессенджер\w{0,2}|месенджер\w{0,2}|платформ\w{1,2}|"
    r"канал\w{0,3}))"
    r" (?:de |du |sur |en |auf |von |в |у |на |de l['’]application )?[«„\"“]? ?$"
)
_MOVED = Expression(
    r"\b(?:spread|moved|migrated?|jumped|leapt|cross-?posted|carried|exported|linked|leaked|switched)\b"
    r"[^.\n]{0,50} (?:from|to|onto|into) $"
)
_FOREIGN_COMPOUND = Expression(
    r"-(?:Kont[oe]n?|Nutzer\w{0,5}|Accounts?|Kan(?:al|äle)n?|Profil\w{0,2}|Beitr\w{2,4}|"
    r"аккаунт\w{0,3}|акаунт\w{0,3}|канал\w{0,3})\b"
)
_OWNER = Expression(r"\b(?:Meta|Musk|Elon Musk|Google|Twitter)['’]s $")
_AFTER_THING = Expression(rf"['’]?s? (?:[a-z]{{3,12}} )?{_THING}\b")
_NOW_OR_FORMERLY = Expression(
    r",? \(?(?:formerly|previously|then|ex-?)(?: known as| called)? Twitter|/Twitter\b|, the (?:platform|"
    r"site|network) formerly"
)
_TWITTER_BEFORE = Expression(
    r"Twitter(?:/|,? \(?(?:now|which became|which is now|rebranded as|since renamed)(?: called|"
    r" known as)? )$"
)
_SOCIAL = Expression(
    r"\b(?:accounts?|posts?|posted|posting|reposts?|reposted|tweet\w{0,3}|users?|followers?|hashtags?|"
    r"social|platforms?|videos?|"
    r"shared|sharing|viral|views|influencers?|bots?|channels?|online|handles?|profiles?|content|"
    r"messag\w{2,6}|amplif\w{2,8}|spread\w{0,3}|"
    r"comptes?|publi\w{2,9}|diffus\w{1,6}|vidéos?|abonnés|cuentas?|mensaj\w{1,4}|redes|seguidores|Kont[oe]n?|"
    r"Beitr\w{2,4}|Nutzer\w{0,5}|geteilt|verbreite\w{0,3}|аккаунт\w{0,3}|акаунт\w{0,3}|пост\w{0,3}|допис\w{0,2}|"
    r"публик\w{2,5}|публік\w{2,5}|канал\w{0,3}|подпис\w{2,6}|соцсет\w{1,3})\b"
)
_NOT_AFTER_ON = Expression(
    r"(?:based|depend\w{0,3}|rel(?:y|ies|ied|ying)|focus\w{0,3}|effects?|impact|vary\w{0,3}|turn\w{0,2}|"
    r"insist\w{0,3}|line) on $"
)
_NOT_BEFORE = Expression(
    r"[-+=]|['’]?s? (?:axis|rays?|chromosome|factor|percent|number|of the|between|among|within)\b|\d|"
    r" [A-Z][a-z]|\.\w"
)
_RARE_WORDS = frozenset({"Parler", "Gab", "Rumble", "Discord", "Koo", "Clubhouse"})
_LIST_LINK = Expression(r"(?:,|,? (?:and|or|&|und|et|y)|/|;)(?: on)? ?$")
_LIST_NEXT = Expression(r"(?:,|,? (?:and|or|&|und|et|y)|/|;)(?: on)? ?")


def find(reading: Reading, found: Extraction) -> tuple[PlatformMention, ...]:
    """The platforms that the text names, each with every mention, in order of first mention.

    "Twitter" and "X" are one platform, called as the text calls it (X, where it uses both names). A name that
    stands for the company only ("a spokesperson for Telegram") is no platform.
    """
    mentions = sorted({*_distinct(reading.text)})
    mentions = _with_common(reading, mentions)
    spans: dict[str, list[Span]] = {}
    for start, end, name in mentions:
        spans.setdefault(name, []).append(reading.span(start, end))
    companies = {*spans} - {name for start, end, name in mentions if not _is_company(reading.text, start, end)}
    for name, span in _hosts(found):
        spans.setdefault(name, []).append(span)
    if "X" in spans and "Twitter" in spans:
        spans["X"] += spans.pop("Twitter")
        companies -= {"X"}
    techniques = _data().techniques
    items = [
        PlatformMention(name, tuple(sorted(set(places))), techniques[name])
        for name, places in spans.items()
        if name not in companies
    ]
    return tuple(sorted(items, key=lambda item: item.spans[0]))


class _Data(NamedTuple):
    """The packaged list: written name -> platform, for sure and for common words; by host; DISARM's technique."""

    distinct: dict[str, str]
    common: dict[str, str]
    hosts: dict[str, str]
    techniques: dict[str, str]


@lru_cache(maxsize=1)
def _data() -> _Data:
    source = files("counterfoil.extraction") / "gazetteer" / "platforms.json"
    rows: list[dict[str, Any]] = json.loads(source.read_text(encoding="utf-8"))

    def written(key: str) -> dict[str, str]:
        return {name: row["name"] for row in rows for name in row.get(key, ())}

    techniques = {row["name"]: row["technique"] for row in rows}
    return _Data(written("names"), written("common"), written("hosts"), techniques)


@lru_cache(maxsize=1)
def _distinct_rules() -> tuple[dict[str, str], PhraseIndex, Expression]:
    """Surface -> platform, the index of words, and a pattern for scripts without word boundaries."""
    by_surface = _data().distinct
    joined = [s for s in by_surface if _EAST_ASIAN.search(s)]
    arabic = [s for s in by_surface if _ARABIC.search(s)]
    words = [s for s in by_surface if s not in joined and s not in arabic]
    # Arabic writes "on", "and", "for" in front of the word without a blank.
    pattern = rf"(?<!\w)[وبلفك]{{0,2}}(?P<arabic>{'|'.join(arabic)})(?!\w)|(?P<joined>{'|'.join(joined)})"
    return by_surface, PhraseIndex(words), Expression(pattern)


@lru_cache(maxsize=1)
def _common_rules() -> tuple[dict[str, str], PhraseIndex]:
    return _data().common, PhraseIndex(_data().common)


def _is_company(text: str, start: int, end: int) -> bool:
    """Whether the name stands for the firm: its spokespeople, its owners, its legal form."""
    return _FIRM_AFTER.match(text, end) is not None or _FIRM_BEFORE.search(text, max(0, start - 60), start) is not None


def _distinct(text: str) -> Iterator[Mention]:
    by_surface, words, others = _distinct_rules()
    for start, end, surface in words.find(text):
        if not _is_other_name(text, start, end, surface):
            yield start, end, by_surface[surface]
    unspaced = _EAST_ASIAN.search(text) or _ARABIC.search(text)
    for match in others.finditer(text) if unspaced else ():
        group = match.lastgroup or ""
        yield match.start(group), match.end(group), by_surface[match.group(group)]


def _is_other_name(text: str, start: int, end: int, surface: str) -> bool:
    """Newspapers and telegrams, @handles, and "VK" as a person's initials."""
    before = text[max(0, start - 12) : start]
    if before.endswith(("@", "#", ".")) or text[end : end + 1] == "@":
        return True
    if surface == "Telegram":
        paper = re.match(
            r" (?:& |and )?Gazette|(?: from| of) the (?:king|queen|"
            r"ambassador)",
            text[end : end + 24],
        )
        return paper is not None or re.search(r"(?:Zimmermann|Long|Kentish|Ems) $", before) is not None
    return surface == "VK" and re.match(r" [A-Z][a-z]+\b", text[end : end + 12]) is not None


def _with_common(reading: Reading, sure: list[Mention]) -> list[Mention]:
    """The sure mentions and those of common words that their surroundings make platforms.

    A list vouches for its members ("Facebook, Threads and Medium"), in both directions.
    """
    by_surface, words = _common_rules()
    open_ones = [
        (start, end, by_surface[surface])
        for start, end, surface in words.find(reading.text)
        if not _NOT_BEFORE.match(reading.text, end)
        or _NOW_OR_FORMERLY.match(reading.text, end)
        or _FOREIGN_COMPOUND.match(reading.text, end)
    ]
    accepted = {m for m in open_ones if _is_said(reading, m, bool(sure))}
    ends = {end for _, end, _ in [*sure, *accepted]}
    starts = {start for start, _, _ in [*sure, *accepted]}
    # "Parler" or "Gab" may be a word, "Parler and Gab" may not.
    rare = ({m[0] for m in open_ones if m[2] in _RARE_WORDS}, {m[1] for m in open_ones if m[2] in _RARE_WORDS})
    for ordered in (open_ones, reversed(open_ones)):
        for mention in ordered:
            if mention not in accepted and (
                _is_listed(reading.text, mention, starts, ends) or _is_listed(reading.text, mention, *rare)
            ):
                accepted.add(mention)
                starts.add(mention[0])
                ends.add(mention[1])
    return sorted([*sure, *accepted])


def _is_said(reading: Reading, mention: Mention, others_named: bool) -> bool:
    start, end, name = mention
    text = reading.text
    before = text[max(0, start - 40) : start]
    if name == "X" and (_NOW_OR_FORMERLY.match(text, end) or _TWITTER_BEFORE.search(before)):
        return True
    if _follows_name(before):
        return False
    if _OWNER.search(before) or _FOREIGN_THING.search(before) or _FOREIGN_COMPOUND.match(text, end):
        return True
    if _MOVED.search(text, max(0, start - 90), start):
        return True
    surroundings = text[max(0, start - 120) : start] + " " + text[end : end + 120]
    social = _SOCIAL.search(surroundings) is not None
    if _ON.search(before) and not _NOT_AFTER_ON.search(before) and (social or others_named):
        return True
    first, _ = reading.sentence(start)
    opens = start - first < 3 and not text[first:start].strip(' \n“"(')
    if name in ("LINE", "Session", "Max", "Minds", "Locals", "Vine", "Steam") or (opens and name != "X"):
        return (
            re.match(
                r" (?:app|accounts?|messenger|messaging|servers?|posts|"
                r"users)\b",
                text[end : end + 12],
            )
            is not None
        )
    if name == "Medium" and re.match(r" (?:confidence|post production)", text[end : end + 20]):
        return False
    return _AFTER_THING.match(text, end) is not None


def _follows_name(before: str) -> bool:
    """Whether a capitalised word stands directly before: "Malcolm X", "Generation X", "Windows Messenger"."""
    word = re.search(r"([A-Z]\w{0,20}) $", before)
    if word is None:
        return False
    return word.group(1) not in {"On", "The", "Via", "An", "Across", "Its", "Their", "Russian", "Chinese", "Iranian"}


def _is_listed(text: str, mention: Mention, starts: set[int], ends: set[int]) -> bool:
    start, end, _ = mention
    link = _LIST_LINK.search(text, max(0, start - 10), start)
    if link and link.start() in ends:
        return True
    following = _LIST_NEXT.match(text, end)
    return following is not None and following.end() in starts


def _hosts(found: Extraction) -> Iterator[tuple[str, Span]]:
    """Platforms that are called by their address, written as a name ("OK.ru")."""
    by_host = _data().hosts
    for item in found.observables:
        if item.type == "domain-name" and item.value in by_host:
            for span in item.spans:
                if span.quote.lower() == item.value:
                    yield by_host[item.value], span


@lru_cache(maxsize=1)
def platform_names() -> frozenset[str]:
    """Every name under which a platform is looked for."""
    return frozenset({*_distinct_rules()[0], *_common_rules()[0]})
