"""Accounts that post links to the same page."""

from counterfoil.detect.links import links_sql
from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_link",
    label="post a link to the same page",
    columns=("urls",),
    sql=f"SELECT account, page AS object, message, moment FROM ({links_sql()}) AS links",
    several=True,
    techniques=("T0049", "T0118", "T0119"),
    caution="News that many read is linked by many; share buttons and feeds post links at once.",
)
