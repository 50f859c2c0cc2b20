"""A data set of posts with planted coordinated groups, made on the spot and independent of the detection.

The crowd is heavy-tailed in every way that makes detection hard: a few accounts post most, a few objects are shared
by most, spreading is bursty (log-normal delays, most of it within hours), accounts keep to their interests and to
their waking hours. Into it groups are planted that act together within seconds: half of what a group pushes is what
the crowd shares too, half only its own. Members also post like everyone else.

    python benchmarks/detect_data.py OUT --posts 1000000 [--groups 40] [--shuffled] [--format parquet|csv]

writes OUT/posts.parquet (or .csv) and OUT/truth.parquet (account, group).
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAYS = 14
START = 1_700_000_000  #: seconds since 1970


@dataclass(frozen=True)
class Recipe:
    """How much of what."""

    posts: int = 1_000_000
    groups: int = 40
    acts: int = 24  #: things that each group pushes
    spread: int = 20  #: seconds within which a group acts
    part: float = 0.8  #: share of a group's members that take part in each act
    communities: int = 40  #: circles of interest
    seed: int = 1
    letters: int = 0  #: that each text is longer, the same texts by the same letters
    shuffled: bool = False  #: deal the accounts to the posts anew: nothing is coordinated any more

    @property
    def accounts(self) -> int:
        return max(self.posts // 20, 50)


def _draw(number: int, recipe: Recipe) -> str:
    """A number in [0, 1) for row `i`, another for each `number`."""
    return f"(hash(i * 64 + {number} + {recipe.seed} * 7919::BIGINT) / 18446744073709551616.0)"


def _normal(number: int, recipe: Recipe) -> str:
    return f"(sqrt(-2 * ln({_draw(number, recipe)} + 1e-12)) * cos(2 * pi() * {_draw(number + 1, recipe)}))"


def _organic(recipe: Recipe) -> str:
    """One row a post: account, kind, object number and time."""
    objects = max(recipe.posts // 10, 20)
    circles = recipe.communities
    drawn = f"""
        SELECT i, floor({recipe.accounts} * pow({_draw(1, recipe)}, 2.2))::BIGINT AS account,
            {_draw(2, recipe)} AS what,
            floor({objects} * pow({_draw(3, recipe)}, 2.6))::BIGINT AS any_object,
            {_draw(4, recipe)} < 0.7 AS own_circle,
            exp(8.2 + 1.8 * {_normal(5, recipe)}) AS delay, {_draw(7, recipe)} AS when_drawn,
            {_draw(8, recipe)} AS same_text
        FROM range({recipe.posts}) AS rows(i)
    """
    kept = f"""
        SELECT *, CASE WHEN own_circle THEN any_object - any_object % {circles} + hash(account) % {circles}
            ELSE any_object END AS number,
            CASE WHEN what < 0.5 THEN 'repost' WHEN what < 0.7 THEN 'link' WHEN what < 0.82 THEN 'reply'
            ELSE 'plain' END AS kind FROM ({drawn})
    """
    born = f"((hash(number * 8 + length(kind) + {recipe.seed}) / 18446744073709551616.0) * {DAYS * 86400})"
    waking = "(hash(account + 77) % 86400)"
    second = f"CASE WHEN kind = 'plain' THEN when_drawn * {DAYS * 86400} ELSE {born} + least(delay, 400000) END"
    # Sleep: what falls into an account's night waits until it wakes, some minutes more or less.
    return f"""
        SELECT i AS post, account, kind, number, same_text, (CASE WHEN (second::BIGINT + {waking}) % 86400 < 25200
            THEN second + (25200 - (second::BIGINT + {waking}) % 86400) + 3600 * when_drawn ELSE second END)::BIGINT
            AS second, NULL::BIGINT AS team
        FROM (SELECT *, {second} AS second FROM ({kept}))
    """


def _planted(recipe: Recipe) -> str:
    """One row an act of a member of a group. Members are ordinary accounts of the middle of the crowd."""
    objects = max(recipe.posts // 10, 20)
    first = recipe.accounts // 3
    chance = f"(hash(team * 100003 + act * 211 + member + {recipe.seed} * 31) / 18446744073709551616.0)"
    jitter = f"(hash(team * 100019 + act * 223 + member + {recipe.seed} * 37) % {recipe.spread + 1})"
    start = f"(hash(team * 1009 + act * 13 + {recipe.seed}) % {DAYS * 86400})"
    kind = "['repost', 'link', 'reply', 'copy'][1 + team % 4]"
    return f"""
        SELECT {recipe.posts} + row_number() OVER (ORDER BY team, act, member) AS post,
            {first} + team * 20 + member AS account, {kind} AS kind,
            CASE WHEN act % 2 = 0 THEN (hash(team * 7 + act) % ({objects} // 20))::BIGINT
            ELSE {objects} + team * {recipe.acts} + act END AS number, 1.0 AS same_text,
            ({start} + {jitter})::BIGINT AS second, team
        FROM (SELECT team, act, member FROM range({recipe.groups}) AS teams(team), range({recipe.acts}) AS acts(act),
            range(20) AS members(member)) WHERE member < 5 + team % 16 AND {chance} < {recipe.part}
    """


def write(connection: "DuckDBPyConnection", recipe: Recipe, out: Path, kind: str = "parquet") -> None:
    """Write posts and the truth into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    made = f"({_organic(recipe)} UNION ALL {_planted(recipe)})"
    if recipe.shuffled:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE made AS FROM {made}")
        made = "made"
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE made AS WITH slots AS (SELECT * EXCLUDE (account), row_number() OVER "
            f"(ORDER BY hash(post + {recipe.seed})) AS place FROM made), names AS (SELECT account, row_number() OVER "
            f"(ORDER BY hash(post * 3 + {recipe.seed} + 5)) AS place FROM made) "
            "SELECT slots.* EXCLUDE (place), account FROM slots JOIN names USING (place)"
        )
    options = "FORMAT parquet" if kind == "parquet" else "FORMAT csv, HEADER"
    listed = "[{}]" if kind == "parquet" else "{}"
    link = "'https://site' || (number % 997) || '.example/story/' || number"
    nothing = "[]::VARCHAR[]" if kind == "parquet" else "NULL"
    longer = f" || ' ' || left(repeat(md5(text), {recipe.letters // 32 + 1}), {recipe.letters})" * bool(recipe.letters)
    connection.execute(
        f"""COPY (SELECT * REPLACE (text{longer} AS text) FROM (SELECT
        'p' || post AS post_id, 'u' || account AS account,
        strftime(make_timestamp(({START} + second) * 1000000::BIGINT), '%Y-%m-%dT%H:%M:%SZ') AS "time",
        CASE kind WHEN 'copy' THEN 'The same words about matter number ' || number || ' for all to read'
            WHEN 'plain' THEN CASE WHEN same_text < 0.02 THEN 'good morning to number ' || (number % 50)
                ELSE 'a thought of ' || account || ' numbered ' || post || ' about ' || number END
            WHEN 'repost' THEN 'what was posted as ' || number ELSE 'on ' || number || ' says ' || post END AS text,
        CASE kind WHEN 'link' THEN {listed.format(link)} ELSE {nothing} END AS urls,
        CASE kind WHEN 'repost' THEN 'r' || number END AS repost_of,
        CASE kind WHEN 'reply' THEN 's' || number END AS reply_to
        FROM {made})) TO '{out / f"posts.{kind}"}' ({options})"""
    )
    connection.execute(
        f"COPY (SELECT DISTINCT 'u' || account AS account, team AS \"group\" FROM ({_planted(recipe)}) "
        f"WHERE {not recipe.shuffled}) TO '{out / 'truth.parquet'}' (FORMAT parquet)"
    )
    connection.execute("DROP TABLE IF EXISTS made")


def main() -> None:
    """Make a data set from the command line."""
    import duckdb

    parser = argparse.ArgumentParser(description="Posts with planted coordinated groups.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--groups", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--letters", type=int, default=0)
    parser.add_argument("--shuffled", action="store_true")
    parser.add_argument("--format", choices=["parquet", "csv"], default="parquet")
    asked = parser.parse_args()
    recipe = Recipe(
        posts=asked.posts, groups=asked.groups, seed=asked.seed, letters=asked.letters, shuffled=asked.shuffled
    )
    with duckdb.connect() as connection:
        write(connection, recipe, asked.out, asked.format)


if __name__ == "__main__":
    main()
