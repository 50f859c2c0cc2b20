"""Accounts that post the same hashtags in the same order."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="hashtag_sequence",
    label="post the same hashtags in the same order",
    columns=("hashtags",),
    sql="SELECT account, lower(array_to_string(hashtags, ' ')) AS object, post AS message, moment FROM posts "
    "WHERE array_length(hashtags) >= 3 AND repost_of IS NULL",
    techniques=("T0049.002", "T0015", "T0084.001"),
    caution="Events have a fixed set of hashtags, and apps put them in by themselves.",
)
