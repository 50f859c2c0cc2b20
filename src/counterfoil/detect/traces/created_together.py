"""Accounts that were made within a minute of each other."""

from counterfoil.detect.creation_bursts import judge_creations
from counterfoil.detect.trace import MINUTE, Trace

TRACE = Trace(
    name="created_together",
    label="were created at the same time",
    columns=("created",),
    sql="SELECT account, 'created' AS object, account AS message, created AS moment FROM accounts "
    "WHERE created IS NOT NULL",
    techniques=("T0150.008", "T0150.001"),
    of_accounts=True,
    minimum=1,
    judge=judge_creations,
    null="For being created together, chance means: the accounts of the data were made at the pace of those days.",
    window=MINUTE,
    caution="Millions of accounts are made each day; dates without a time of day bring all of a day together.",
)
