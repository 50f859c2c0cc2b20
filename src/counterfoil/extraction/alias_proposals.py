"""Aliases across reports, proposed and never forced: an analyst decides whether two actors are one."""

from collections.abc import Iterable, Iterator

from counterfoil.extraction.known_actors import known_actor
from counterfoil.extraction.naming import key
from counterfoil.model.casefile import AliasProposal
from counterfoil.model.extraction import Actor

_LONG_ENOUGH = 7  #: letters of a name in which one wrong letter is more likely than another name


def proposals(actors: Iterable[Actor]) -> tuple[AliasProposal, ...]:
    """Pairs of actors, from one report or from many, that may be one; sorted, each pair once.

    Three grounds, the strongest first: a report calls one by a name of the other; the packaged list has both
    names for one actor; the names differ by one letter, accents, blanks or hyphens ("spelling drift").
    Names that mean the same actor already (the same name, however often it comes) are not proposed.
    """
    operations = [actor for actor in actors if actor.kind != "state"]
    found: dict[tuple[str, str], AliasProposal] = {}
    for proposal in (*_shared(operations), *_listed(operations), *_drift(operations)):
        if proposal.name != proposal.alias:
            pair = (min(proposal.name, proposal.alias), max(proposal.name, proposal.alias))
            found.setdefault(pair, proposal)
    return tuple(sorted(found.values()))


def _shared(actors: list[Actor]) -> Iterator[AliasProposal]:
    """Actors of which one report gives an alias that another one uses too."""
    first: dict[str, Actor] = {}
    for actor in actors:
        for name, by in ((actor.name, ""), *((alias.name, alias.by) for alias in actor.aliases)):
            other = first.setdefault(name, actor)
            if other.name != actor.name:
                yield AliasProposal(other.name, actor.name, f"both are called {name}", by)


def _listed(actors: list[Actor]) -> Iterator[AliasProposal]:
    """Actors whose names the packaged list gives to one actor."""
    first: dict[str, str] = {}
    for name in dict.fromkeys(actor.name for actor in actors):
        row = known_actor(name)
        if row is None:
            continue
        other = first.setdefault(row.name, name)
        if other != name:
            users = " and ".join(row.users(name))
            yield AliasProposal(other, name, f"listed as names of one actor ({row.source})", users)


def _drift(actors: list[Actor]) -> Iterator[AliasProposal]:
    """Names that are one spelling apart; names that differ in a number are different names."""
    first: dict[str, str] = {}
    for name in dict.fromkeys(actor.name for actor in actors):
        letters = key(name)
        if any(map(str.isdigit, letters)):
            continues = [letters]
        else:
            # Two words are one letter apart exactly if leaving out a letter of each, or of one, makes them alike.
            shorter = [letters[:at] + letters[at + 1 :] for at in range(len(letters))]
            continues = [letters, *(shorter if len(letters) >= _LONG_ENOUGH else [])]
        for form in continues:
            other = first.setdefault(form, name)
            if other != name and _one_letter_apart(key(other), letters):
                yield AliasProposal(other, name, "spelled almost alike")


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether at most one letter is left out, added or exchanged, or two neighbours are swapped."""
    if one == other:
        return True
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    swapped = len(left) > 1 and left[1::-1] == right[:2] and left[2:] == right[2:]
    return left[1:] == right[1:] or left == right[1:] or left[1:] == right or swapped
