"""Accounts that are awake at exactly the same hours of the day."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="activity_hours",
    label="are active at exactly the same hours",
    columns=(),
    # The hours (UTC) that have more than their share of an account's posts, of accounts with sixty posts and more.
    sql="SELECT account, concat_ws(' ', CAST(sum(busy) AS VARCHAR), CAST(sum(busy * mask) AS VARCHAR)) AS object, "
    "account AS message, 0 AS moment FROM (SELECT account, CAST(power(2, hour) AS BIGINT) AS mask, "
    "CASE WHEN count(*) * 24 > sum(count(*)) OVER (PARTITION BY account) THEN 1 ELSE 0 END AS busy, "
    "sum(count(*)) OVER (PARTITION BY account) AS total FROM (SELECT account, "
    "moment // 3600000000 % 24 AS hour FROM posts) AS hours GROUP BY account, hour) AS profile "
    "WHERE total >= 60 GROUP BY account HAVING sum(busy) BETWEEN 4 AND 14",
    techniques=("T0146.007",),
    of_accounts=True,
    minimum=1,
    caution="Neighbours and office workers keep the same hours: weak unless other signals agree.",
)
