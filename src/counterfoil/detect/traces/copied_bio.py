"""Accounts that describe themselves in the same words."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="copied_bio",
    label="describe themselves in the same words",
    columns=("bio",),
    sql="SELECT account, same AS object, account AS message, 0 AS moment FROM (SELECT account, "
    "trim(regexp_replace(lower(bio), '\\s+', ' ', 'g')) AS same FROM accounts WHERE length(bio) >= 20) AS bios "
    "WHERE length(same) >= 20",
    techniques=("T0144.002", "T0143.002"),
    of_accounts=True,
    minimum=1,
    caution="Mottoes, verses and names of employers stand in many descriptions; one person may have two accounts.",
)
