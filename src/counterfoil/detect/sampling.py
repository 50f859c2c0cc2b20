"""Which posts show a group best: a few, spread over its signals, over what is shared and over its accounts."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from counterfoil.detect.duck import Duck
from counterfoil.detect.evidence import time_sql

SAMPLES = 24  #: posts of a group at most
TOGETHER = 4  #: posts on one thing, so that it is seen to be shared
OBJECTS = 12  #: things of a signal that are drawn from, the widest shared first
ACCOUNTS = 40  #: accounts on one thing that are drawn from, the earliest first
LONGEST = 2000  #: letters of a post's text


@dataclass(frozen=True, slots=True)
class Shot:
    """An act that shows a group: one account's on one thing.

    Args:
        place: of the thing among those of its signal, the widest shared first.
        moment: microseconds.
    """

    cluster: int
    signal: str
    place: int
    account: int
    message: int
    moment: int


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it stands in the data, and what it shares; `moment` is ISO 8601, or "" where there is no time."""

    account: int
    key: str
    account_key: str
    platform: str
    moment: str
    text: str
    shared: str
    signal: str


def draw(shots: Iterable[Shot], most: int = SAMPLES) -> list[Shot]:
    """The sample of one group: signals take turns, things the widest shared first, accounts the least seen first.

    A post that shows two signals is taken once, unless a signal has no other to show.
    """
    things: dict[str, dict[int, list[Shot]]] = defaultdict(lambda: defaultdict(list))
    for shot in shots:
        things[shot.signal][shot.place].append(shot)
    waiting = {signal: [things[signal][place] for place in sorted(things[signal])] for signal in sorted(things)}
    first = {signal: of[0] for signal, of in waiting.items()}
    seen: Counter[int] = Counter()
    taken: list[Shot] = []
    posts: set[int] = set()
    while any(waiting.values()) and most - len(taken) > 1:
        for signal, of in waiting.items():
            group = _fresh(of, posts) or first[signal]
            for one in sorted(group, key=lambda one: (seen[one.account], one.moment))[
                : min(TOGETHER, most - len(taken))
            ]:
                taken.append(one)
                posts.add(one.message)
                seen[one.account] += 1
            first[signal] = []  # shown at least once
            if most - len(taken) < 2:
                break
    return sorted(taken, key=lambda one: (one.moment, one.signal, one.place, one.message))


def _fresh(waiting: list[list[Shot]], posts: set[int]) -> list[Shot]:
    """The next thing of a signal of which two posts were not taken yet; [] if there is none."""
    while waiting:
        group = [one for one in waiting.pop(0) if one.message not in posts]
        if len(group) > 1:
            return group
    return []


def samples(engine: Duck, clusters: int, most: int = SAMPLES) -> dict[int, list[Post]]:
    """Samples of the first groups, at most so many each, in the order of time."""
    shots: dict[int, list[Shot]] = defaultdict(list)
    for row in engine.rows(_shots_sql(clusters)):
        shots[row[0]].append(Shot(*row))
    chosen = [shot for cluster in sorted(shots) for shot in draw(shots[cluster], most)]
    return posts_of(engine, chosen)


def posts_of_accounts(engine: Duck, clusters: int, accounts: int, most: int) -> dict[int, list[Post]]:
    """For each of the first accounts of the first groups some posts of it that show the group, by their engine id."""
    rows = engine.rows(
        "SELECT cluster, signal, 0, account, message, moment FROM ("
        "SELECT a.cluster AS cluster, a.signal AS signal, a.account AS account, message, a.moment AS moment, "
        "row_number() OVER (PARTITION BY a.account, a.signal ORDER BY a.moment, post_key) AS turn, "
        "row_number() OVER (PARTITION BY a.account, message ORDER BY a.signal, object) AS again "
        "FROM shown AS a JOIN looked USING (signal) JOIN behind AS p ON p.post = message "
        f"WHERE of_posts AND a.cluster <= {clusters:d} AND a.account IN (SELECT account FROM ("
        "SELECT account, row_number() OVER (PARTITION BY cluster ORDER BY ties DESC, place) AS nth FROM members "
        "JOIN (SELECT account, count(*) AS ties FROM (SELECT low AS account, high AS other FROM reported UNION "
        "SELECT high, low FROM reported) GROUP BY account) USING (account)) "
        f"WHERE nth <= {accounts:d})) WHERE again = 1 AND turn <= {most:d} ORDER BY cluster, account, turn, signal"
    )
    by_account: dict[int, list[Shot]] = defaultdict(list)
    for row in rows:
        if len(by_account[row[3]]) < most:
            by_account[row[3]].append(Shot(*row))
    found = posts_of(engine, [shot for shots in by_account.values() for shot in shots])
    posts: dict[int, list[Post]] = defaultdict(list)
    for of in found.values():
        for post in of:
            posts[post.account].append(post)
    return posts


def _shots_sql(clusters: int) -> str:
    """Acts that may be drawn: on the things that most accounts share, each account's first."""
    return (
        "WITH firsts AS (SELECT cluster, signal, object, account, min(moment) AS moment, "
        "arg_min(message, (moment, message)) AS message FROM shown "
        f"WHERE cluster <= {clusters:d} GROUP BY cluster, signal, object, account), "
        "things AS (SELECT cluster, signal, object, row_number() OVER (PARTITION BY cluster, signal "
        "ORDER BY count(*) DESC, min(moment), min(label), object) AS place FROM firsts "
        "LEFT JOIN labels USING (signal, object) GROUP BY cluster, signal, object) "
        "SELECT cluster, signal, place, account, message, moment FROM ("
        "SELECT f.*, t.place AS place, m.place AS by_key, row_number() OVER (PARTITION BY f.cluster, f.signal, "
        "f.object ORDER BY f.moment, m.place) AS turn FROM firsts AS f JOIN things AS t ON t.cluster = f.cluster "
        "AND t.signal = f.signal AND t.object = f.object JOIN members AS m ON m.account = f.account "
        f"WHERE t.place <= {OBJECTS}) WHERE turn <= {ACCOUNTS} ORDER BY cluster, signal, place, moment, by_key"
    )


def posts_of(engine: Duck, shots: list[Shot]) -> dict[int, list[Post]]:
    """The posts of some acts, by group, in the order of time. Of what tells of accounts: the account, and what is
    shared instead of a text."""
    if not shots:
        return {}
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE drawn AS SELECT unnest(?::INTEGER[]) AS cluster, unnest(?::VARCHAR[]) AS signal, "
        "unnest(?::BIGINT[]) AS account, unnest(?::BIGINT[]) AS message, unnest(?::BIGINT[]) AS moment",
        [
            [one.cluster for one in shots],
            [one.signal for one in shots],
            [one.account for one in shots],
            [one.message for one in shots],
            [one.moment for one in shots],
        ],
    )
    rows = engine.rows(
        "SELECT d.cluster, d.account, CASE WHEN of_posts THEN p.post_key ELSE a.account_key END AS own_key, "
        "a.account_key, coalesce(p.platform, a.platform, ''), "
        f"CASE WHEN of_posts OR d.moment <> 0 THEN {time_sql('d.moment')} ELSE '' END, "
        f"left(coalesce(CASE WHEN of_posts THEN p.text ELSE named.label END, ''), {LONGEST}), "
        "coalesce(named.label, ''), d.signal FROM drawn AS d JOIN looked USING (signal) "
        "JOIN accounts AS a ON a.account = d.account "
        "LEFT JOIN behind AS p ON of_posts AND p.post = d.message "
        "LEFT JOIN (SELECT cluster, signal, account, message, min(label) AS label FROM shown "
        "JOIN labels USING (signal, object) GROUP BY cluster, signal, account, message) AS named "
        "ON named.cluster = d.cluster AND named.signal = d.signal AND named.account = d.account "
        "AND named.message = d.message ORDER BY d.cluster, d.moment, own_key, a.account_key, d.signal"
    )
    engine.connection.execute("DROP TABLE drawn")
    found: dict[int, list[Post]] = defaultdict(list)
    for cluster, *values in rows:
        found[cluster].append(Post(*values))
    return found
