"""Accounts that post links to the same site."""

from counterfoil.detect.links import domains_sql
from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_domain",
    label="post links to the same site",
    columns=("urls",),
    sql=f"SELECT account, domain AS object, message, moment FROM ({domains_sql()}) AS domains",
    several=True,
    techniques=("T0049.007", "T0118"),
    minimum=3,
    caution="Large sites are linked by everybody: look at the small ones.",
)
