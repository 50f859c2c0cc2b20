"""Accounts that answer the same post."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_reply",
    label="answer the same post",
    columns=("reply_to",),
    sql="SELECT account, reply_to AS object, post AS message, moment FROM posts "
    "WHERE reply_to IS NOT NULL AND repost_of IS NULL",
    techniques=("T0116.001", "T0049.005", "T0048"),
    caution="A post that many saw at once is answered by many at once.",
)
