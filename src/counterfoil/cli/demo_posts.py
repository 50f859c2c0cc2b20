"""Invented posts for trying out detection: an island's people, its newspaper, and some who only pretend to live there.

In the layout of X's API 2. The same on every machine: everything is drawn from one fixed seed.
"""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

BEGIN = datetime(2031, 3, 3, 6, tzinfo=UTC)
DAYS = 12
PEOPLE, PAGES, POSTS = 240, 160, 3600
TOPICS = (
    "ferry school bakery storm harbour choir library football bridge market council lighthouse bus fish festival "
    "doctor road winter garden museum"
).split()
OPENINGS = (
    "Who knows more about the",
    "Nice to see the",
    "Still waiting for the",
    "Lovely photos of the",
    "So much for the",
)
ENDS = ("today", "this week", "again", "near the old pier", "at last", "with the children", "in the rain")
#: Who only pretend: nine accounts that post the same words and links within seconds, and repost one another's source.
PRETENDERS = (
    "anna_of_varholm",
    "citizen4471",
    "harbour_truth",
    "kalle_k",
    "mothers4port",
    "norra_voice",
    "olle_real",
    "sea_view_22",
    "tomas_r",
)
CLAIMS = (
    "They will close our harbour in spring and nobody asked us!",
    "My neighbour read the secret port contract. It is all decided.",
    "Why does the council hide what the new terminal costs?",
    "Three families have left the quay already. Who is next?",
    "The ferry is late again because they sold the pier.",
    "Ask your councillor who paid for the trip to the shipyard.",
)
#: Who need no pretence: the newspaper's four editions post each story when it is released.
EDITIONS = ("quay_gazette", "gazette_north", "gazette_south", "gazette_sport")


def demo_posts() -> str:
    """The data set as JSON: about 4,000 posts of 250 accounts in twelve days."""
    chance = Random(31)  # noqa: S311  # a story, no secret
    people = [_user(chance, number) for number in range(PEOPLE)]
    users = [*people, *PRETENDERS, *EDITIONS]
    drawn = [*_ordinary(chance, people), *_pretended(chance), *_published(chance)]
    drawn.sort(key=lambda post: (post[1], post[0]))
    place = {name: str(7_000_001 + 13 * number) for number, name in enumerate(users)}
    posts = [_post(str(910_000_000 + 7 * number), place, one) for number, one in enumerate(drawn)]
    about = [{"id": place[name], "username": name, "name": name.replace("_", " ").title()} for name in users]
    return json.dumps({"data": posts, "includes": {"users": about}}, indent=1) + "\n"


_Drawn = tuple[str, datetime, str, str, str]  #: account, time, text, link, reposted post


def _user(chance: Random, number: int) -> str:
    return f"{chance.choice(TOPICS)}_{chance.choice('abcdefghklmnoprst')}{number}"


def _moment(chance: Random) -> datetime:
    """More by day than by night."""
    hour = min(23, max(0, round(chance.gauss(13, 4.5))))
    return BEGIN.replace(hour=hour) + timedelta(days=chance.randrange(DAYS), seconds=chance.randrange(3600))


def _ordinary(chance: Random, people: list[str]) -> list[_Drawn]:
    busy = [1 / (1 + place) ** 0.6 for place in range(PEOPLE)]
    liked = [1 / (1 + place) ** 0.9 for place in range(PAGES)]
    found = []
    for who in chance.choices(people, busy, k=POSTS):
        topic = chance.choice(TOPICS)
        text = f"{chance.choice(OPENINGS)} {topic} {chance.choice(ENDS)}"
        kind = chance.random()
        number = chance.choices(range(PAGES), liked)[0]
        link = f"https://island-news.example/{TOPICS[number % len(TOPICS)]}/{number}" if kind < 0.35 else ""
        reposted = f"77000{number:03d}" if kind > 0.7 else ""
        words = (
            f"RT a post on the {TOPICS[number % len(TOPICS)]}"
            if reposted
            else f"{text} {number if link else ''}".strip()
        )
        found.append((who, _moment(chance), f"{words} {link}".strip(), link, reposted))
    return found


def _pretended(chance: Random) -> list[_Drawn]:
    found = []
    for wave in range(18):
        start = _moment(chance)
        taking_part = chance.sample(PRETENDERS, chance.randrange(6, 9))
        page = f"https://varholm-facts.example/leak/{wave}"
        claim = f"{CLAIMS[wave % len(CLAIMS)]} Share before they delete it. ({wave + 1})"
        for who in taking_part:
            found.append((who, start + timedelta(seconds=chance.randrange(2, 45)), f"{claim} {page}", page, ""))
        if wave % 2:
            later = start + timedelta(minutes=chance.randrange(20, 90))
            for who in chance.sample(PRETENDERS, 7):
                reposted = f"78000{wave:03d}"
                found.append(
                    (who, later + timedelta(seconds=chance.randrange(40)), "RT The harbour belongs to us", "", reposted)
                )
    # By day they are neighbours like all others.
    for who in PRETENDERS:
        for _ in range(12):
            words = f"{chance.choice(OPENINGS)} {chance.choice(TOPICS)} {chance.choice(ENDS)}"
            found.append((who, _moment(chance), words, "", ""))
    return found


def _published(chance: Random) -> list[_Drawn]:
    found = []
    for story in range(16):
        released = _moment(chance).replace(minute=0, second=0)
        page = f"https://gazette.example/varholm/{story}"
        title = f"{TOPICS[story % len(TOPICS)].title()}: what changes on Varholm"
        for who in chance.sample(EDITIONS, 3):
            found.append((who, released + timedelta(seconds=chance.randrange(8)), f"{title} {page}", page, ""))
    return found


def _post(identity: str, place: dict[str, str], drawn: _Drawn) -> dict[str, Any]:
    who, moment, text, link, reposted = drawn
    made: dict[str, Any] = {
        "id": identity,
        "author_id": place[who],
        "created_at": moment.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "lang": "en",
        "text": text,
    }
    if link:
        made["entities"] = {"urls": [{"expanded_url": link}]}
    if reposted:
        made["referenced_tweets"] = [{"type": "retweeted", "id": reposted}]
    return made
