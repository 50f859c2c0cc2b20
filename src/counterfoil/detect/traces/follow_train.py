"""Accounts that follow the same accounts in the same order."""

from counterfoil.detect.trace import DAY, Trace

TRACE = Trace(
    name="follow_train",
    label="follow the same accounts in the same order",
    columns=("follows",),
    sql="SELECT account, first || ' ' || second || ' ' || follows AS object, message, moment FROM (SELECT account, "
    "follows, post AS message, moment, lag(follows, 2) OVER (PARTITION BY account ORDER BY moment, post) AS first, "
    "lag(follows) OVER (PARTITION BY account ORDER BY moment, post) AS second FROM posts "
    "WHERE follows IS NOT NULL) AS follows_of WHERE first IS NOT NULL",
    techniques=("T0092.002",),
    window=DAY,
    caution="Lists that a platform or a newcomers' guide suggests are followed in their order.",
)
