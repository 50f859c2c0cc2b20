"""What kind of target a phrase names, which words of it are the name, and which state it belongs to."""

import re
from dataclasses import dataclass
from functools import lru_cache

from counterfoil.extraction.english_tokens import tokens
from counterfoil.extraction.english_words import classes
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.noun_phrases import NounPhrase
from counterfoil.extraction.operating import WORDS
from counterfoil.extraction.organisations import known
from counterfoil.extraction.states import gazetteer

Range = tuple[int, int]

_LEADING = Expression(
    r"^(?:(?:the|an?|some|several|many|two|three|four|five|six|seven|its|their|his|her|all|other|various|numerous|"
    r"both|"
    r"these|those|this|that|our|most|dozens of|hundreds of|thousands of|(?!(?:19|20)\d\d )\d[\d,.]*) )+",
    re.IGNORECASE,
)
_MONTH = Expression(r" (?:" + "|".join(sorted(classes()["dates"])) + r")\b")
_ORGANISATION_KINDS = (
    ("party", "Party Bloc Bündnis Partei Parti Partido Democrats Republicans Greens Socialists"),
    (
        "outlet",
        "News Times Post Daily Gazette Herald Tribune Journal Courier Chronicle Telegraph Radio TV Television Press",
    ),
    ("company", "Inc Inc. Ltd Ltd. LLC GmbH Corp Corp. Bank Airlines Energy Holding Holdings Industries Motors"),
    ("event", "Olympics Games Summit Conference Election Elections Referendum Cup Festival Forum Eurovision Census"),
)


_FAITHS = frozenset(
    "Muslims Jews Christians Uyghurs Kurds Roma Tatars Catholics Hindus Sikhs Buddhists Tamils Copts Alawites "
    "Druze".split()
)
#: An attack on them is one on whose they are.
_STAFF = frozenset("staff employees officials executives staffers reporters".split())


#: Groups that are somebody without another word, where it is certain that they are acted against.
_BARE = frozenset("newsrooms fact-checkers refugees migrants dissidents expatriates".split())
#: Groups that may be anybody, however certain it is that they are meant.
_ANYBODY = frozenset(
    "people users residents members groups companies businesses organisations organizations firms readers audience "
    "audiences staff employees officials leaders institutions bodies media population populations communities "
    "community "
    "citizens consumers reporters critics opponents supporters viewers volunteers speakers observers defenders men "
    "women "
    "executives parents children families believers campaigners authorities outlets".split()
)
_AGES = frozenset("young younger old older elderly middle-aged working-class unemployed teenage adolescent".split())
_VOTES = frozenset(
    "municipal presidential parliamentary legislative local regional general snap early federal state mayoral european "
    "national provincial gubernatorial senate congressional council midterm primary second-round run-off "
    "constitutional "
    "forthcoming upcoming coming".split()
)
_OF_PERSONS = frozenset("voice face likeness family wife husband daughter son children".split())
_COLLECTIVE = frozenset(
    "community diaspora minority population electorate audience youth people women men children clergy roma "
    "media".split()
)
#: Adjectives that tell one group from others; "private companies" and "young people" are nobody in particular.
_TELLING = frozenset(
    "conservative liberal progressive opposition exiled pro-democracy evangelical religious ethnic female first-time "
    "undecided independent investigative electoral gay transgender republican democratic far-right left-wing "
    "right-wing "
    "rural black indigenous separatist dissident pro-independence pro-european pro-western anti-war "
    "anti-corruption".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """`text[start:end]` is the target's name; `role` the range of words that say who it is."""

    start: int
    end: int
    kind: str
    role: Range | None = None
    country: str = ""


def as_target(text: str, phrase: NounPhrase, firm: bool, direct: bool = False) -> Named | None:
    """The target that a phrase names, None if it is nobody in particular.

    `firm`: the words around say for certain that whoever it is is a target, so that groups without a name count;
    `direct`: in so many words ("targeted", "aimed at"), so that groups count that nothing but their noun tells.
    """
    head = phrase.head
    country = state_of(text[phrase.start : phrase.end])
    if phrase.name is not None and not phrase.inner:
        return _bearer(text, phrase, country)
    start = _without_leading(text, phrase)
    if head in WORDS["election"] or head in WORDS["event"]:
        specific = phrase.name is not None or _modifiers(text, start, phrase.end, head)
        specific = specific or (
            head in WORDS["election"] and (phrase.start < start or is_one_vote(text[start : phrase.end]))
        )
        month = _MONTH.match(text, phrase.end) if text[phrase.end - 1].isdigit() else None
        end = month.end() if month else phrase.end
        return Named(start, end, "event", None, country) if firm and specific else None
    if head in ("state", "government") and country and phrase.end - start > len(head):
        return Named(start, phrase.end, "state" if head == "state" else "institution", None, country)
    if head in _BARE and firm and phrase.end - start == len(head):
        return Named(start, phrase.end, "community", None, "")
    if head in _STAFF and phrase.name is not None:
        return _bearer(text, phrase, country)
    if head in WORDS["community"]:
        told_apart = phrase.name is not None or _modifiers(text, start, phrase.end, head)
        if not firm or not (told_apart or (direct and head not in _ANYBODY)):
            return None
        if not head.endswith("s") and head not in _COLLECTIVE:
            return None
        kind = "electorate" if head in ("voters", "voter", "electorate") else "community"
        return Named(start, phrase.end, kind, None, country)
    if head in WORDS["institution"] and phrase.end - start > len(head) + 2 and (phrase.name or country):
        return Named(start, phrase.end, "institution", None, country)
    owned = "s’ " in text[start : phrase.end] or "s' " in text[start : phrase.end]  # "the teachers' union"
    if head in WORDS["institution"] and (owned or _modifiers(text, start, phrase.end, head) > 1):
        return Named(start, phrase.end, "institution", None, country)
    if phrase.name is not None and _stands_for_owner(head):
        return _bearer(text, phrase, country)
    return None


def _stands_for_owner(head: str) -> bool:
    """Whether an attack on it is one on whose it is: "Moore's support of Israel", "the website of Le Monde"."""
    return head in WORDS["qualities"] or head in WORDS["media"] or head in ("chair", "chairwoman", "chairman")


def _bearer(text: str, phrase: NounPhrase, country: str) -> Named | None:
    assert phrase.name is not None
    start, end = phrase.name
    name = text[start:end]
    if len(name) < 2 or not any(letter.isalpha() for letter in name) or name in classes()["dates"]:
        return None
    kind = kind_of(name, phrase.head if not phrase.inner else "", text[slice(*phrase.role)] if phrase.role else "")
    role = phrase.role if not phrase.inner else None
    if kind == "other" and phrase.inner and phrase.head in _OF_PERSONS:
        kind = "person"
    return Named(start, end, kind, role, country) if kind else None


@lru_cache(maxsize=4096)
def kind_of(name: str, head: str, role: str) -> str:
    """The kind of target of a name with what is said of it; empty if it is nobody's that can be told."""
    states = gazetteer().names
    if name in states or name.removeprefix("the ") in states:
        return "state"
    if name in gazetteer().adjectives or name.removesuffix("s") in gazetteer().adjectives:
        return ""  # a whole people is hardly ever meant: "to divide Americans"
    words = name.split()
    if words[-1] in _FAITHS:
        return "community"
    if is_person(name):
        return "person"
    for kind, ends in _ORGANISATION_KINDS:
        if words[-1] in ends.split() or (words[0] in ends.split() and words[1:2] in (["of"], ["for"])):
            return kind
    by_role = _kind_of_role(head, role)
    if by_role:
        return by_role
    published = known().get(name, "")
    if published:
        return {"agency": "institution", "actor": ""}.get(published, published)
    if set(words) & classes()["organisations"] or name.isupper():
        return "institution"
    return "institution" if role else "other"


def _kind_of_role(head: str, role: str) -> str:
    last = [word.strip(",").lower() for word in role.split()]
    heads = [head, *(word for word in last)]
    for kind in ("party", "outlet", "company", "institution"):
        if any(word in WORDS[kind] for word in heads[:1]) or (
            heads[0] not in classes()["titles"] and _in_role(kind, last)
        ):
            return kind
    if head.removesuffix("s") in classes()["titles"] or any(word in classes()["titles"] for word in last):
        return "person"
    return ""


def _in_role(kind: str, words: list[str]) -> bool:
    return any(word in WORDS[kind] for word in words) and not any(word in classes()["titles"] for word in words)


def is_one_vote(words: str) -> bool:
    """Whether words name one vote or kind of votes: "municipal elections", "the 2024 election"."""
    return any(word in _VOTES or word[:4].isdigit() for word in words.lower().split())


def _without_leading(text: str, phrase: NounPhrase) -> int:
    leading = _LEADING.match(text[phrase.start : phrase.end])
    return phrase.start + (leading.end() if leading else 0)


def _modifiers(text: str, start: int, end: int, head: str) -> int:
    """How many words there are besides the head."""
    words = [token for token in tokens(text, start, end) if token.lower != head]
    return sum(1 for token in words if token.kind in "GCNnEO" or token.lower in _TELLING | _AGES)


def state_of(words: str) -> str:
    """The one state that the words name, as a noun or an adjective; empty if none or several."""
    data = gazetteer()
    codes: set[str] = set()
    for _, _, name in data.words.within(words):
        codes.add(data.names[name][0].partition("-")[0])
    for token in re.findall(r"[A-Z][\w.]{1,20}(?:-[A-Z]\w+)?", words):
        if token in data.adjectives:
            codes.add(data.adjectives[token])
    return codes.pop() if len(codes) == 1 else ""
