"""Accounts that mention the same account."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_mention",
    label="mention the same account",
    columns=("mentions",),
    sql="SELECT account, lower(mentioned) AS object, message, moment FROM (SELECT account, "
    "unnest(mentions) AS mentioned, post AS message, moment FROM posts "
    "WHERE repost_of IS NULL AND mentions IS NOT NULL) AS mentioning",
    several=True,
    techniques=("T0048", "T0049.005"),
    minimum=3,
    caution="Who is in the news is mentioned by many at once.",
)
