"""Accounts whose handles are one stem with numbers."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="handle_pattern",
    label="have handles of one pattern",
    columns=("handle",),
    # A stem of six letters and more and two digits or more, their number counting: mary_smith01, mary_smith02.
    sql="SELECT account, regexp_replace(lower(handle), '[0-9]', '#', 'g') AS object, account AS message, 0 AS moment "
    "FROM accounts WHERE length(regexp_replace(handle, '[^\\pL]', '', 'g')) >= 6 "
    "AND regexp_matches(handle, '[0-9][0-9]')",
    techniques=("T0150.008", "T0146.007"),
    of_accounts=True,
    minimum=1,
    caution="Platforms propose handles of a first name and numbers: common names meet by chance.",
)
