"""Accounts that post the same text, as coordination-network-toolkit compares texts: for comparison with its figures."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_tweet",
    label="post the same text (as coordination-network-toolkit has it)",
    columns=("text",),
    # In lower case, words that begin with @ dropped, white space made one; what is then empty is no text.
    sql="SELECT account, trim(CASE WHEN contains(same, '  ') OR contains(same, chr(10)) OR contains(same, chr(9)) "
    "OR contains(same, chr(13)) THEN regexp_replace(same, '\\s+', ' ', 'g') ELSE same END) AS object, message, moment "
    "FROM (SELECT account, post AS message, moment, CASE WHEN contains(same, '@') "
    "THEN regexp_replace(same, '@[^\\s]*', '', 'g') ELSE same END AS same FROM (SELECT account, post, moment, "
    "lower(text) AS same FROM posts WHERE repost_of IS NULL AND text IS NOT NULL) AS lowered) AS unnamed",
    techniques=("T0084.001", "T0084.002"),
)
