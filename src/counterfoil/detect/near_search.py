"""Which texts of a data set are near: within a window exactly, of all time as groups; and what that cost."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterfoil.detect.near_sets import BUDGET, Places, Search, Sets, near_labels, near_pairs, sets_of
from counterfoil.detect.near_text import Nearness, tokens
from counterfoil.detect.plan import Step
from counterfoil.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from counterfoil.detect.duck import Duck

MOST = 150_000_000  #: tokens of all distinct texts: up to 50 bytes each are needed at times


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search for near texts looked at.

    Args:
        texts: distinct sets of tokens.
        pairs: of texts that were compared.
        crowded: boxes of texts so alike that not every two of them were compared.
    """

    texts: int
    pairs: int
    crowded: int = 0

    @property
    def exact(self) -> bool:
        """Whether no near pair can be missing."""
        return not self.crowded

    def told(self) -> str:
        """The same in words."""
        words = f"{self.texts:,} different texts, {self.pairs:,} pairs compared"
        if self.exact:
            return words + ": none that is near is missing."
        return words + (
            f"; {self.crowded:,} boxes of like texts were too large to compare every two: those that differ most in "
            "their rarest words may be missing."
        )


def near_in_window(engine: "Duck", nearness: Nearness, texts: str = "texts", budget: int = BUDGET) -> Looked:
    """Make `near_docs` (low, high): the pairs of docs that are near and stand in two posts within the window.

    (Some of them stand a little further apart, up to twice the window.) `wordings` and `posted` stay, too.

    Raises:
        UsageError: there is no window, or the texts are too many.
    """
    import numpy as np

    if nearness.window is None:
        raise UsageError("Posts are paired within a window.", "Give one, or look for groups of all time.")
    sets = _sets(engine, nearness, texts)
    rows = engine.connection.execute(
        f"SELECT DISTINCT CAST(floor(moment / {max(nearness.window, 1)}.0) AS BIGINT) AS bin, doc FROM posted"
    ).fetchnumpy()
    at, doc = _whole(rows["bin"]), _whole(rows["doc"])
    order = np.lexsort((doc, at))
    low, high, done = near_pairs(sets, nearness.per_cent, Places(doc[order], at[order], 1), budget)
    table(engine, "near_docs", low=low, high=high)
    return _looked(sets, done)


def near_groups(engine: "Duck", nearness: Nearness, texts: str = "texts", budget: int = BUDGET) -> Looked:
    """Make `near_groups` (doc, team): docs that near pairs of all time join, with the least doc of their group.

    Every doc is in it, alone or not. `wordings` and `posted` stay, too.

    Raises:
        UsageError: the texts are too many.
    """
    import numpy as np

    sets = _sets(engine, nearness, texts)
    labels, done = near_labels(sets, nearness.per_cent, budget)
    table(engine, "near_groups", doc=np.arange(len(labels)), team=labels)
    return _looked(sets, done)


def _sets(engine: "Duck", nearness: Nearness, texts: str) -> Sets:
    """Read the texts' tokens, and make `posted`."""
    engine.run(tokens(texts), keep=["wordings"])
    many = int(engine.rows("SELECT count(*) FROM said")[0][0])
    if many > MOST:
        raise UsageError(
            f"The texts have {many:,} words, more than {MOST:,}.", "Look at a shorter time, or at fewer accounts."
        )
    keys = _whole(engine.connection.execute("SELECT key FROM said").fetchnumpy()["key"])
    engine.connection.execute("DROP TABLE said")
    sets, wordings, docs = sets_of(keys, nearness.least_tokens)
    table(engine, "doc_of", wording=wordings, doc=docs)
    engine.run(
        [
            Step(
                "posted",
                f"SELECT t.message, t.account, t.moment, d.doc FROM {texts} AS t JOIN wordings AS w "
                "ON t.text = w.text JOIN doc_of AS d ON d.wording = w.wording",
            )
        ]
    )
    return sets


def table(engine: "Duck", name: str, **columns: "NDArray[np.int64]") -> None:
    """Make a table of columns."""
    engine.connection.register("given", columns)
    engine.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {', '.join(columns)} FROM given")
    engine.connection.unregister("given")


def _whole(column: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """A column that can be changed in place, none of it missing."""
    import numpy as np

    return np.array(np.ma.getdata(column), dtype=np.int64)


def _looked(sets: Sets, done: Search) -> Looked:
    return Looked(len(sets.sizes), done.looked, done.uncovered)
