"""Small tables as a search leaves them in its engine: who was tied to whom, and what they posted."""

from dataclasses import dataclass

from counterfoil.detect.definition import SECOND
from counterfoil.detect.duck import Duck
from counterfoil.detect.gathering import prepare
from counterfoil.detect.networks import Looked
from counterfoil.detect.trace import Trace

WINDOW = 60 * SECOND
#: what is shared stands in `repost_of`, in `quote_of`, in the description
TEXT = Trace(
    "co_repost",
    "repost the same post",
    ("repost_of",),
    "SELECT account, repost_of AS object, post AS message, moment FROM posts",
    techniques=("T0049.003",),
    caution="Fans repost, too.",
)
QUOTE = Trace(
    "co_quote",
    "quote the same post",
    ("quote_of",),
    "SELECT account, quote_of AS object, post AS message, moment FROM posts",
)
BIO = Trace(
    "copied_bio",
    "describe themselves alike",
    ("bio",),
    "SELECT account, bio AS object, account AS message, 0 AS moment FROM accounts",
    of_accounts=True,
)


def looked(named: bool = False) -> list[Looked]:
    return [Looked(TEXT, WINDOW, True), Looked(QUOTE, WINDOW, True), Looked(BIO, 0, False, named)]


@dataclass(frozen=True)
class Act:
    """A post: by whom, at which second, of what; in which column."""

    account: str
    second: float
    shared: str
    column: str = "repost_of"
    text: str = "words"


class Tables:
    """The tables, filled by hand. Accounts are called by their keys."""

    def __init__(self, engine: Duck, bios: dict[str, str] | None = None) -> None:
        self.engine = engine
        self.ids: dict[str, int] = {}
        self.bios = bios or {}
        prepare(engine)
        engine.connection.execute(
            "CREATE OR REPLACE TEMP TABLE accounts (account BIGINT, account_key VARCHAR, handle VARCHAR, name VARCHAR, "
            "bio VARCHAR, platform VARCHAR)"
        )
        engine.connection.execute(
            "CREATE OR REPLACE TEMP TABLE posts (post BIGINT, post_key VARCHAR, account BIGINT, moment BIGINT, "
            "text VARCHAR, repost_of VARCHAR, quote_of VARCHAR, platform VARCHAR)"
        )

    def account(self, key: str) -> int:
        """Its id, made so that ids are in another order than keys."""
        if key not in self.ids:
            self.ids[key] = 10_000_019 * (len(self.ids) + 7) % 99_991
            self.engine.connection.execute(
                "INSERT INTO accounts VALUES (?, ?, NULL, ?, ?, NULL)",
                [self.ids[key], key, f"Name {key}", self.bios.get(key)],
            )
        return self.ids[key]

    def tie(self, one: str, other: str, signal: str = "co_repost", log_p: float | None = -30.0) -> None:
        """A significant pair, both ways, as a directed definition gives it; no log_p: it was not tested."""
        tested = log_p is not None
        for source, target in ((one, other), (other, one)):
            self.engine.connection.execute(
                "INSERT INTO found VALUES (?, ?, ?, 3, 0, 0, ?, ?, ?, ?, true)",
                [
                    signal,
                    self.account(source),
                    self.account(target),
                    *([3, 0.5, log_p, 0.001] if tested else [None] * 4),
                ],
            )

    def clique(self, keys: list[str], log_p: float = -30.0) -> None:
        for place, one in enumerate(keys):
            for other in keys[:place]:
                self.tie(one, other, log_p=log_p)

    def post(self, acts: list[Act]) -> None:
        """Posts, and the acts that stand for them; posts are called p0, p1, … in the order given."""
        for place, act in enumerate(acts):
            account, moment = self.account(act.account), round(act.second * SECOND)
            values = {"repost_of": None, "quote_of": None, act.column: act.shared}
            self.engine.connection.execute(
                "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                [place, f"p{place}", account, moment, act.text, values["repost_of"], values["quote_of"]],
            )
            signal = "co_repost" if act.column == "repost_of" else "co_quote"
            self.engine.connection.execute(
                "INSERT INTO acts SELECT ?, ?, ?, ?, CAST(hash(?) >> 1 AS BIGINT)",
                [signal, place, account, moment, act.shared],
            )

    def bio_acts(self) -> None:
        """Acts of the signal that tells of accounts."""
        self.engine.connection.execute(
            "INSERT INTO acts SELECT 'copied_bio', account, account, 0, CAST(hash(bio) >> 1 AS BIGINT) FROM accounts "
            "WHERE bio IS NOT NULL"
        )

    def members(self) -> dict[int, set[str]]:
        """The groups that were made."""
        found: dict[int, set[str]] = {}
        for cluster, key in self.engine.rows("SELECT cluster, account_key FROM members JOIN accounts USING (account)"):
            found.setdefault(cluster, set()).add(key)
        return found
