"""People who are named and are no target: authors, journalists, spokespeople, officials, with role and body."""

from collections import Counter

from counterfoil.extraction.english_words import classes
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_given, is_person
from counterfoil.extraction.named_people import named_people
from counterfoil.extraction.naming import by_name
from counterfoil.extraction.noun_phrases import NounPhrase, phrases_in
from counterfoil.extraction.placed import Placed
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.same_person import Persons
from counterfoil.extraction.states import gazetteer
from counterfoil.extraction.target_kinds import kind_of
from counterfoil.model.extraction import Extraction, Person

_ORGANISATIONS = ("agency", "company", "outlet", "state")
_WORK_FOR = Expression(
    r",? (?:who (?:leads?|heads?|runs?|studies|covers|works|directs|researches)[^.;\n]{0,60}? (?:at|for|of)|of|at|"
    r"from|for|with) "
    r"(?:the )?$"
)
_FELLOW = Expression(r" and [A-ZÀ-Þ][\w’'\-]{1,25}(?: [A-ZÀ-Þ][\w’'\-]{1,25}){1,2}")
#: "its analyst N", "the company's deputy director, N"
_THEIRS = Expression(
    r"(?:[Ii]ts|[Tt]heir|[Tt]he (?:company|firm|party|commission|agency|institute|outlet|newspaper|group|"
    r"organi[sz]ation|"
    r"ministry|council|foundation|ngo|body|broadcaster|centre|center|platform)[’']s) "
)
_LINK_TO_BODY = Expression(
    r",? (?:who (?:leads?|heads?|runs?|studies|covers|works|directs|researches|teaches|lectures)[^.;\n]{0,50}? "
    r"(?:at|for|of)|"
    r"of|at|from|reported[^.;\n]{0,40} for|wrote[^.;\n]{0,40} (?:for|in)) (?:the )?|, (?:\d\d, )?who (?:teaches|"
    r"studies|leads|heads|works)[^.;\n]{0,60}? "
    r"(?:at|for) (?:the )?"
)
#: First words of bodies that are ordinary words as well.
_COMMON = frozenset(
    "Institute Ministry University Department Office Center Centre Council Radio National International Federal "
    "Australian Platform Alliance Foundation Digital Global Public United Central Supreme Press House State".split()
)
_RANK = Expression(r"(?:Acting )?(?:Deputy |Assistant )?(?:Under|Deputy|Assistant|Acting) $")
_AT_BODY = Expression(r" (?:at|with|from) ")
_NEAR = 400  #: letters before "its analyst" in which the body is named
_CLAUSE = 110  #: letters behind a name in which the body may stand that somebody works for


def find(reading: Reading, found: Extraction) -> tuple[Person, ...]:
    """The people of the text who are neither targets nor actors, in text order; one named twice is one."""
    text = reading.text
    taken = {_last(target.name) for target in found.targets if target.kind == "person"}
    actors = {actor.name for actor in found.actors}
    bodies = Placed(text, _bodies(found))
    persons = Persons()
    for phrase in named_people(reading):
        assert phrase.name is not None
        name = text[slice(*phrase.name)]
        if name in actors or _last(name) in taken:
            continue
        role = text[_with_rank(text, phrase.role[0]) : phrase.role[1]] if phrase.role else ""
        role = _AT_BODY.split(role, maxsplit=1)[0]
        person = persons.named(name, role)
        person.role = person.role or role
        person.of = person.of or _body(text, phrase, bodies)
        person.spans.append(reading.span(*phrase.name))
    return tuple(Person(item.name, item.role, tuple(item.spans), item.of) for item in persons.all)


def _bodies(found: Extraction) -> dict[str, str]:
    """Each name of a body, and its first word if nobody else has it ("Corrib" of "Corrib Analytics"), -> the body."""
    names = {name: actor.name for name, actor in by_name(found.actors, _ORGANISATIONS).items()}
    firsts = Counter(name.split(" ")[0] for name in set(names.values()))
    for full in set(names.values()):
        first, _, rest = full.partition(" ")
        plain = first.isalpha() and first.istitle() and len(first) > 4 and not is_given(first)
        ordinary = first in _COMMON or first.lower() in classes()["adjectives"]
        ordinary = ordinary or first in gazetteer().adjectives or first in gazetteer().names
        if rest and firsts[first] == 1 and plain and not ordinary:
            names.setdefault(first, full)
    return names


def _body(text: str, phrase: NounPhrase, bodies: Placed) -> str:
    """Whom somebody belongs to: a body named in the role, behind "of", "at", "who leads … at", or meant by "its"."""
    inside = bodies.first(phrase.start, phrase.end)
    if inside:
        return inside[2]
    assert phrase.name is not None
    behind = bodies.first(phrase.end, min(len(text), phrase.end + _CLAUSE))
    fellow = _FELLOW.match(text, phrase.end)
    if behind and fellow and fellow.end() <= behind[0]:  # "Ada Berg and Olof Holm at Reuters"
        return behind[2] if _WORK_FOR.fullmatch(text[fellow.end() : behind[0]]) else ""
    if behind and _WORK_FOR.fullmatch(text[phrase.end : behind[0]]):
        return behind[2]
    named = _unknown_body(text, phrase)
    if named:
        return named
    theirs = _THEIRS.match(text[phrase.start : phrase.end])
    meant = bodies.last(max(0, phrase.start - _NEAR), phrase.start) if theirs else None
    return meant[2] if meant else ""


def _unknown_body(text: str, phrase: NounPhrase) -> str:
    """A body that is no actor of the report, named in the role or behind "of", "at": "the University of Bergen"."""
    ranges = [phrase.role] if phrase.role else []
    link = _LINK_TO_BODY.match(text, phrase.end, phrase.end + _CLAUSE)
    if link:
        ranges.append((link.end(), link.end() + _CLAUSE))
    for start, end in ranges:
        for inner in phrases_in(text, start, min(len(text), end))[:3]:
            if inner.name is None or inner.name == phrase.name or (link and inner.start > link.end() + 5):
                continue
            name = text[slice(*inner.name)]
            if kind_of(name, "", "") in ("institution", "outlet", "company", "party") and not is_person(name):
                return name
    return ""


def _with_rank(text: str, start: int) -> int:
    """Where a role begins with words before it that are prepositions elsewhere: "Acting Under Secretary"."""
    rank = _RANK.search(text, max(0, start - 24), start)
    return rank.start() if rank else start


def _last(name: str) -> str:
    return name.rsplit(" ", 1)[-1]
