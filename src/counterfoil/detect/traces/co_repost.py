"""Accounts that repost the same post."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_repost",
    label="repost the same post",
    columns=("repost_of",),
    sql="SELECT account, repost_of AS object, post AS message, moment FROM posts WHERE repost_of IS NOT NULL",
    techniques=("T0049.003", "T0118", "T0049"),
    caution="Fans, party members and newsrooms repost the same posts; so does who reads the same channel.",
)
