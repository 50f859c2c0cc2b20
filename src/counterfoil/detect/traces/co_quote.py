"""Accounts that quote the same post."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_quote",
    label="quote the same post",
    columns=("quote_of",),
    sql="SELECT account, quote_of AS object, post AS message, moment FROM posts "
    "WHERE quote_of IS NOT NULL AND repost_of IS NULL",
    techniques=("T0118", "T0049"),
    caution="A post that many saw at once is quoted by many at once.",
)
