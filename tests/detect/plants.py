"""An invented roster, copies of it in many ways, and accounts that are no copies though they are alike."""

import random
from dataclasses import dataclass

from counterfoil.detect.impersonation_roster import Account, Known

FIRST = (
    "Mira Tomas Elin Jorun Pavel Sanna Oskar Lidia Henrik Ulla Marek Dagny Ivo Petra Rasmus Nadia Viggo Hanne".split()
)
LAST = (
    "Solvang Brenner Okafor Lindqvist Petrov Marchetti Duval Novotny Haraldsen Costa Ferreira Bielski Tamm Ozols "
    "Kovacs Anders Wexford Quillon Marlowe Stenmark Vasarhelyi Rutherglen Dimitrova Castellane"
).split()
PLACES = "Harbour Lagoon Northfield Eastmere Valley Summit Riverside Castleton Westbrook Moorgate".split()
PAPERS = "Gazette Herald Courier Observer Tribune Messenger Post".split()
OFFICES = "Fisheries Transport Finance Health Justice".split()
TOPICS = (
    "water schools harbours ferries budgets parks trains housing music football baking chess sailing gardens films "
    "coffee hiking poetry robots dogs cats history maps bridges winter markets rivers design jazz running"
).split()
CYRILLIC = str.maketrans("aceopxyAEOCPT", "асеорхуАЕОСРТ")
DAY = 86_400_000_000
YEAR = 365 * DAY


@dataclass
class World:
    """A roster, accounts, and which of them are copies: key -> name of the original."""

    roster: list[Known]
    accounts: list[Account]
    copies: dict[str, str]


def bio(chance: random.Random) -> str:
    return "Here for " + ", ".join(chance.sample(TOPICS, 6)) + "."


def digest(chance: random.Random) -> str:
    return f"{chance.getrandbits(64):016x}"


def roster_of(chance: random.Random, people: int) -> list[Known]:
    names = chance.sample([f"{first} {last}" for first in FIRST for last in LAST], people)
    found = [_known(one, "candidate", chance) for one in names]
    papers = chance.sample([f"{place} {paper}" for place in PLACES for paper in PAPERS], people // 4)
    found += [_known(one, "media", chance) for one in papers]
    return found + [_known(f"Ministry of {one}", "ministry", chance) for one in OFFICES]


def _known(name: str, kind: str, chance: random.Random) -> Known:
    handle = name.lower().replace(" ", chance.choice(["", "_"]))
    made = chance.randrange(30 * YEAR, 45 * YEAR)
    return Known(name, handles=(handle,), pictures=(digest(chance),), bio=bio(chance), kind=kind, created=made)


def _near(picture: str, chance: random.Random) -> str:
    bits = int(picture, 16)
    for place in chance.sample(range(64), 4):
        bits ^= 1 << place
    return f"{bits:016x}"


def _swap(text: str, chance: random.Random) -> str:
    at = chance.choice([place for place in range(1, len(text) - 2) if text[place] != text[place + 1]])
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def copy_of(known: Known, key: str, way: int, chance: random.Random) -> Account:
    """A copy made in one of ten ways, later than its original."""
    name, handle, made = known.name, known.handles[0], 46 * YEAR + chance.randrange(YEAR)
    own, picture, text = f"user{key}", digest(chance), bio(chance)
    ways = (
        (name.translate(CYRILLIC), own, text, picture),
        (name, handle.replace("l", "I").replace("o", "0") + "_", known.bio, picture),
        (name + chance.choice([" Official", " HQ", " News"]), handle + "_official", text, picture),
        (name, own, known.bio, _near(known.pictures[0], chance)),
        (name, _swap(handle, chance), text, picture),
        (name, handle + chance.choice(["2024", "_team", "_real"]), text, known.pictures[0]),
        (_swap(name, chance), own, known.bio, picture),
        (name + " ✔", own, text, known.pictures[0]),
        ("\u200b".join(name), handle + "_", text, picture),
        (name.upper(), "real_" + handle, text, picture),
    )
    shown, taken, about, face = ways[way]
    return Account(key, taken, shown, about, face, "x", made, chance.randrange(200))


def no_copy_of(known: Known, key: str, way: int, chance: random.Random) -> Account:
    """An account that is alike but no copy: namesakes, admirers, parodies, critics, relatives."""
    first, _, last = known.name.partition(" ")
    own, made = f"user{key}", chance.randrange(35 * YEAR, 47 * YEAR)
    ways = (
        (known.name, own, bio(chance)),
        (known.name, known.handles[0] + str(chance.randrange(30, 99)), bio(chance)),
        (f"{known.name} Fans", known.handles[0] + "fans", "Fan account. " + bio(chance)),
        (f"{known.name} (parody)", "not" + known.handles[0], "Parody. " + bio(chance)),
        (f"Voters against {known.name}", own, bio(chance)),
        (f"{chance.choice(FIRST)} {last}", own, bio(chance)),
        (f"{first} {chance.choice(LAST)}", first.lower() + "_" + own, f"I write about {known.name}. " + bio(chance)),
    )
    shown, handle, about = ways[way]
    return Account(key, handle, shown, about, digest(chance), "x", made, chance.randrange(3000))


def world(seed: int, others: int = 3000, people: int = 60) -> World:
    """A roster, its own accounts, three copies of each, four that are alike, and others of the same stock of names."""
    chance = random.Random(seed)
    roster = roster_of(chance, people)
    accounts: list[Account] = []
    copies: dict[str, str] = {}
    for one in roster:
        key = str(len(accounts))
        accounts.append(
            Account(key, one.handles[0], one.name, one.bio, one.pictures[0], "x", one.created, chance.randrange(10**5))
        )
        for way in chance.sample(range(10), 3):
            key = str(len(accounts))
            accounts.append(copy_of(one, key, way, chance))
            copies[key] = one.name
        for way in chance.sample(range(7), 4):
            accounts.append(no_copy_of(one, str(len(accounts)), way, chance))
    taken = {one.name for one in roster}
    for _ in range(others):
        key = str(len(accounts))
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        handle = name.lower().replace(" ", "") + str(chance.randrange(10, 9999)) if name not in taken else f"user{key}"
        accounts.append(
            Account(key, handle, name, bio(chance), digest(chance), "x", chance.randrange(30 * YEAR, 47 * YEAR))
        )
    chance.shuffle(accounts)
    return World(roster, accounts, copies)
