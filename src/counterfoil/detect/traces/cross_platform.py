"""Accounts of different platforms that post the same text."""

from counterfoil.detect.same_texts import texts_sql
from counterfoil.detect.trace import DAY, Trace

TRACE = Trace(
    name="cross_platform",
    label="post the same text on several platforms",
    columns=("text", "platform"),
    # Only texts that are on two platforms at least; their posts on one platform count as well.
    sql=f"WITH texts AS ({texts_sql()}) SELECT account, texts.same AS object, message, moment FROM texts JOIN "
    "(SELECT same FROM texts GROUP BY same HAVING count(DISTINCT platform) >= 2) AS crossing "
    "ON crossing.same = texts.same",
    techniques=("T0119.002", "T0119", "T0084.001"),
    minimum=1,
    window=DAY,
    caution="People and newsrooms post the same on all their accounts: see whether they say so.",
)
