"""Accounts that changed their handle within an hour of each other."""

from counterfoil.detect.trace import HOUR, Trace

TRACE = Trace(
    name="renamed_together",
    label="changed their handle at the same time",
    columns=("handle",),
    sql="SELECT account, 'renamed' AS object, account AS message, moment FROM (SELECT account, handle, "
    "min(moment) AS moment, row_number() OVER (PARTITION BY account ORDER BY min(moment), handle) AS place "
    "FROM namings WHERE handle IS NOT NULL GROUP BY account, handle) AS names WHERE place = 2",
    techniques=("T0128.005", "T0150.004"),
    of_accounts=True,
    minimum=1,
    window=HOUR,
    caution="The time is when the new name was first seen, which follows the collection's rhythm.",
)
