"""Accounts that share the same object, in data that only says so (CooRTweet's layout)."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_share",
    label="share the same object",
    columns=("shared",),
    sql="SELECT account, unnest(shared) AS object, post AS message, moment FROM posts WHERE shared IS NOT NULL",
    several=True,
    techniques=("T0049", "T0118"),
    caution="What is popular is shared by many at once.",
)
