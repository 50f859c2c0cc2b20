"""Accounts with the same profile picture, by its hash or address."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="shared_picture",
    label="have the same profile picture",
    columns=("picture",),
    sql="SELECT account, picture AS object, account AS message, 0 AS moment FROM accounts "
    "WHERE picture IS NOT NULL AND NOT regexp_matches(lower(picture), 'default_profile|default_avatar|/missing\\.')",
    techniques=("T0145.001", "T0144.002"),
    of_accounts=True,
    minimum=1,
    caution="Logos, campaign badges, flags and a platform's own placeholders are many accounts' picture.",
)
