"""Accounts that, after a silence, begin to post in bursts at the same time."""

from counterfoil.detect.trace import MINUTE, Trace

POSTS = 3  #: of a burst
LENGTH = MINUTE  #: of its first posts
SILENCE = 10 * MINUTE  #: before it

TRACE = Trace(
    name="synchronous_burst",
    label="begin bursts of posts at the same time",
    columns=(),
    sql="SELECT account, 'burst' AS object, message, moment FROM (SELECT account, post AS message, moment, "
    "lag(moment) OVER (PARTITION BY account ORDER BY moment, post) AS earlier, "
    f"lead(moment, {POSTS - 1}) OVER (PARTITION BY account ORDER BY moment, post) AS last FROM posts) AS acts "
    f"WHERE (earlier IS NULL OR moment - earlier >= {SILENCE}) AND last - moment <= {LENGTH}",
    techniques=("T0049.003", "T0146.007", "T0049.004"),
    caution="Live events make many post at once: see whether the times repeat on quiet days.",
)
